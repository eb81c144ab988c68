package io.patchbay.entity;

import io.patchbay.entity.DictionaryTokens.Token;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Words of a dictionary and their variants, whole words only, in any case. The longest variant
 * wins; the value is the word as authored. Where two words share a variant, the first has it.
 */
final class DictionaryRecogniser implements Recogniser {
  /** A prefix of variants, token by token. */
  private static final class Prefix {
    // Most are the end of a variant and lead nowhere.
    private Map<String, Prefix> next = Map.of();
    private @Nullable String word;

    Prefix step(String key) {
      if (next.isEmpty()) {
        next = new HashMap<>(2);
      }
      return next.computeIfAbsent(key, _ -> new Prefix());
    }
  }

  private record Hit(int tokens, String word) {}

  private final Prefix root = new Prefix();

  /**
   * @param values word to its variants; the word itself is one of them
   */
  DictionaryRecogniser(Map<String, List<String>> values) {
    // Every word before any variant, so that no variant hides another word's own name.
    values.keySet().forEach(word -> add(word, word));
    values.forEach((word, variants) -> variants.forEach(variant -> add(variant, word)));
  }

  private void add(String variant, String word) {
    Prefix at = root;
    for (Token token : DictionaryTokens.of(variant)) {
      at = at.step(token.key());
    }
    if (at != root && at.word == null) {
      at.word = word;
    }
  }

  @Override
  public void find(SearchedText message, Taker taker) {
    List<Token> tokens = message.tokens();
    int at = 0;
    while (at < tokens.size() && !message.steps().exhausted()) {
      Hit hit = longestAt(tokens, at, message.steps());
      if (hit.tokens() > 0) {
        int last = at + hit.tokens() - 1;
        taker.offer(tokens.get(at).start(), tokens.get(last).end(), hit.word());
      }
      at += Math.max(1, hit.tokens());
    }
  }

  @Override
  public long stepsPerCharacter() {
    return 5;
  }

  private Hit longestAt(List<Token> tokens, int from, Steps steps) {
    Hit longest = new Hit(0, "");
    Prefix prefix = root;
    for (int at = from; at < tokens.size(); at++) {
      steps.spend(1);
      Prefix next = prefix.next.get(tokens.get(at).key());
      if (next == null) {
        break;
      }
      prefix = next;
      if (prefix.word != null) {
        longest = new Hit(at - from + 1, prefix.word);
      }
    }
    return longest;
  }
}
