package io.patchbay.entity;

import io.patchbay.entity.DictionaryTokens.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a message that is searched. Used by one thread. */
final class SearchedText {
  /** Characters of a message that are searched. */
  static final int LONGEST = 10_000;

  /** What it costs to cut a text into tokens, for each of its characters. */
  private static final int TOKEN_STEPS = 4;

  private final String text;
  private final Steps steps = new Steps();
  private @Nullable List<Token> tokens;

  SearchedText(String message) {
    this.text = beginning(message);
  }

  private static String beginning(String message) {
    if (message.length() <= LONGEST) {
      return message;
    }
    boolean splitsPair = Character.isHighSurrogate(message.charAt(LONGEST - 1));
    return message.substring(0, splitsPair ? LONGEST - 1 : LONGEST);
  }

  String text() {
    return text;
  }

  Steps steps() {
    return steps;
  }

  /** Cut once, however many dictionaries look through them. */
  List<Token> tokens() {
    if (tokens == null) {
      steps.spend((long) TOKEN_STEPS * text.length());
      tokens = DictionaryTokens.of(text);
    }
    return tokens;
  }
}
