package io.patchbay.intent;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;

/**
 * The terms of a normalised text: words by Unicode's rules where a script has spaces between them,
 * characters and pairs of characters where it has not.
 */
final class Terms {
  /** Terms of a message that count. */
  private static final int MOST = 200;

  /** Of a script without spaces, whose characters count alone and in pairs. */
  private static final int MOST_UNSPACED = 2 * MOST;

  private static final String NOT = "not";
  private static final Set<String> ENDINGS = Set.of("s", "m", "d", "ll", "re", "ve");

  /** Letters before the apostrophe in {@code l'heure} and {@code qu'il}. */
  private static final int LONGEST_ELISION = 2;

  private static final Set<String> UNSPACED =
      Set.of("<IDEOGRAPHIC>", "<HIRAGANA>", "<SOUTHEAST_ASIAN>");

  private final Set<String> terms = new LinkedHashSet<>();
  private final StringBuilder run = new StringBuilder();
  private int runEnd = -1;

  private Terms() {}

  /** Each term once. */
  static List<String> of(String normal) {
    var terms = new Terms();
    try (var tokenizer = new StandardTokenizer()) {
      tokenizer.setReader(new StringReader(normal));
      var text = tokenizer.getAttribute(CharTermAttribute.class);
      var type = tokenizer.getAttribute(TypeAttribute.class);
      var offset = tokenizer.getAttribute(OffsetAttribute.class);
      tokenizer.reset();
      while (tokenizer.incrementToken() && terms.terms.size() < MOST) {
        if (UNSPACED.contains(type.type())) {
          terms.extendRun(text.toString(), offset.startOffset(), offset.endOffset());
        } else {
          terms.endRun();
          terms.word(text.toString());
        }
      }
      terms.endRun();
      tokenizer.end();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
    return List.copyOf(terms.terms);
  }

  /**
   * English contractions come apart, so that {@code don't} denies and {@code where's} asks, and so
   * do French and Italian ones, so that {@code l'heure} is {@code heure}.
   */
  private void word(String word) {
    int apostrophe = word.indexOf('\'');
    if (word.equals("cannot")) {
      terms.add("can");
      terms.add(NOT);
    } else if (word.endsWith("n't")) {
      terms.add(word.substring(0, apostrophe - 1));
      terms.add(NOT);
    } else if (apostrophe > 0 && ENDINGS.contains(word.substring(apostrophe + 1))) {
      terms.add(word.substring(0, apostrophe));
    } else if (apostrophe > 0 && apostrophe <= LONGEST_ELISION) {
      terms.add(word.substring(apostrophe + 1));
    } else {
      terms.add(word);
    }
  }

  private void extendRun(String text, int start, int end) {
    if (start != runEnd) {
      endRun();
    }
    run.append(text);
    runEnd = end;
  }

  private void endRun() {
    int[] units = run.codePoints().toArray();
    int previous = -1;
    int at = 0;
    while (at < units.length && terms.size() < MOST_UNSPACED) {
      int end = at + 1;
      while (end < units.length && isMark(units[end])) {
        end++;
      }
      terms.add(new String(units, at, end - at));
      if (previous >= 0) {
        terms.add(new String(units, previous, end - previous));
      }
      previous = at;
      at = end;
    }
    run.setLength(0);
    runEnd = -1;
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }
}
