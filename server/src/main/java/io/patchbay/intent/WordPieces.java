package io.patchbay.intent;

import io.patchbay.base.Json;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Cuts a text into the pieces that a model of the BERT family knows, without upper case. */
final class WordPieces {
  /** Pieces that a text may have, the two at its ends included; what is beyond does not count. */
  static final int MOST = 64;

  private static final int LONGEST_WORD = 100;
  private static final String CONTINUED = "##";

  private final Map<String, Integer> ids = new HashMap<>();
  private final int begin;
  private final int end;
  private final int unknown;

  /**
   * @param tokenizer in the form of the tokenizers library: {@code model.vocab} has an id for each
   *     piece
   */
  WordPieces(JsonNode tokenizer) {
    tokenizer
        .path("model")
        .path("vocab")
        .properties()
        .forEach(piece -> ids.put(piece.getKey(), piece.getValue().asInt()));
    begin = ids.getOrDefault("[CLS]", 0);
    end = ids.getOrDefault("[SEP]", 0);
    unknown = ids.getOrDefault("[UNK]", 0);
  }

  static WordPieces read(byte[] tokenizer) {
    return new WordPieces(Json.MAPPER.readTree(tokenizer));
  }

  /** Whether a word is one piece. */
  boolean has(String word) {
    return ids.containsKey(word);
  }

  /** Ids of the pieces, with the marks of begin and end. */
  long[] of(String normal) {
    List<Integer> pieces = new ArrayList<>();
    pieces.add(begin);
    for (String word : words(normal)) {
      pieces.addAll(pieces(word));
      if (pieces.size() >= MOST) {
        break;
      }
    }
    List<Integer> kept = pieces.subList(0, Math.min(pieces.size(), MOST - 1));
    long[] all = new long[kept.size() + 1];
    for (int at = 0; at < kept.size(); at++) {
      all[at] = kept.get(at);
    }
    all[kept.size()] = end;
    return all;
  }

  /** Accents go; marks of punctuation and ideographs are words of their own. */
  private static List<String> words(String normal) {
    var spaced = new StringBuilder(normal.length());
    Normalizer.normalize(normal, Normalizer.Form.NFD)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(c -> {
          if (Character.isLetterOrDigit(c) && !Character.isIdeographic(c)) {
            spaced.appendCodePoint(c);
          } else {
            spaced.append(' ').appendCodePoint(c).append(' ');
          }
        });
    return List.of(spaced.toString().strip().split("\\s+", -1));
  }

  /** The longest known piece first, then the longest that goes on from there. */
  private List<Integer> pieces(String word) {
    if (word.isEmpty()) {
      return List.of();
    }
    List<Integer> pieces = new ArrayList<>();
    int start = 0;
    while (start < word.length() && word.length() <= LONGEST_WORD) {
      int to = word.length();
      Integer id = null;
      while (to > start && id == null) {
        String piece = word.substring(start, to);
        id = ids.get(start == 0 ? piece : CONTINUED + piece);
        to--;
      }
      if (id == null) {
        return List.of(unknown);
      }
      pieces.add(id);
      start = to + 1;
    }
    return pieces.isEmpty() ? List.of(unknown) : pieces;
  }
}
