package io.patchbay.executor.frame;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Says whether bytes are one JSON value by RFC 8259: UTF-8, no NaN or Infinity, no lone surrogates,
 * not nested too deeply. Builds nothing, and its stack does not grow with the nesting.
 */
public final class StrictJson {
  /** Arrays and objects inside of each other. */
  public static final int MAX_DEPTH = 200;

  /** Characters of a number: readers refuse longer ones, since converting them is quadratic. */
  public static final int MAX_NUMBER = 1000;

  private final CharBuffer in;
  private final boolean[] inObject = new boolean[MAX_DEPTH];
  private int depth;

  private StrictJson(CharBuffer in) {
    this.in = in;
  }

  /** What is wrong with it, for the builder; empty when nothing is. */
  public static Optional<String> problem(byte[] text) {
    try {
      CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      new StrictJson(chars).document();
      return Optional.empty();
    } catch (CharacterCodingException notUtf8) {
      return Optional.of("The result is not UTF-8 text");
    } catch (NotJson problem) {
      return Optional.of("The result is not strict JSON: " + problem.getMessage());
    }
  }

  private void document() throws NotJson {
    do {
      value();
      afterValue();
    } while (depth > 0);
    skipSpace();
    if (in.hasRemaining()) {
      throw new NotJson("something follows the value");
    }
  }

  /** Consumes a scalar or an empty container, or everything up to the first scalar inside. */
  private void value() throws NotJson {
    while (true) {
      skipSpace();
      char c = take();
      if (c != '{' && c != '[') {
        scalar(c);
        return;
      }
      open(c == '{');
      skipSpace();
      if (peek() == (c == '{' ? '}' : ']')) {
        return; // afterValue() closes it
      }
      if (c == '{') {
        key();
      }
    }
  }

  /** Consumes closing brackets, then the comma (and key) before the next value if there is one. */
  private void afterValue() throws NotJson {
    while (depth > 0) {
      skipSpace();
      boolean object = inObject[depth - 1];
      char c = take();
      if (c == ',') {
        if (object) {
          skipSpace();
          key();
        }
        return;
      }
      if (c != (object ? '}' : ']')) {
        throw new NotJson("a comma or a closing bracket is missing");
      }
      depth--;
    }
  }

  private void open(boolean object) throws NotJson {
    if (depth == MAX_DEPTH) {
      throw new NotJson("it is nested deeper than " + MAX_DEPTH + " levels");
    }
    inObject[depth++] = object;
  }

  private void key() throws NotJson {
    if (take() != '"') {
      throw new NotJson("a key is missing");
    }
    string();
    skipSpace();
    if (take() != ':') {
      throw new NotJson("a colon is missing");
    }
  }

  private void scalar(char first) throws NotJson {
    switch (first) {
      case '"' -> string();
      case 't' -> literal("rue");
      case 'f' -> literal("alse");
      case 'n' -> literal("ull");
      default -> number(first);
    }
  }

  private void literal(String rest) throws NotJson {
    for (int i = 0; i < rest.length(); i++) {
      if (take() != rest.charAt(i)) {
        throw new NotJson("an unknown word");
      }
    }
  }

  private void string() throws NotJson {
    char highSurrogate = 0;
    while (true) {
      char c = take();
      if (c == '"') {
        break;
      }
      if (c < ' ') {
        throw new NotJson("a control character in a string");
      }
      c = c == '\\' ? escaped() : c;
      if (Character.isLowSurrogate(c) != (highSurrogate != 0)) {
        throw loneSurrogate();
      }
      highSurrogate = Character.isHighSurrogate(c) ? c : 0;
    }
    if (highSurrogate != 0) {
      throw loneSurrogate();
    }
  }

  /** The escaped character where it matters (a surrogate), any harmless one otherwise. */
  private char escaped() throws NotJson {
    char c = take();
    if (c != 'u') {
      if ("\"\\/bfnrt".indexOf(c) < 0) {
        throw new NotJson("an unknown escape");
      }
      return ' ';
    }
    int value = 0;
    for (int i = 0; i < 4; i++) {
      char digit = take();
      int hex = digit < 128 ? Character.digit(digit, 16) : -1;
      if (hex < 0) {
        throw new NotJson("an unknown escape");
      }
      value = value << 4 | hex;
    }
    return (char) value;
  }

  private void number(char first) throws NotJson {
    int start = in.position();
    char c = first == '-' ? take() : first;
    if (c < '0' || c > '9') {
      throw new NotJson("a value is missing, or is none that JSON has");
    }
    if (c != '0') {
      digits(0);
    }
    if (peek() == '.') {
      take();
      digits(1);
    }
    if (peek() == 'e' || peek() == 'E') {
      take();
      if (peek() == '+' || peek() == '-') {
        take();
      }
      digits(1);
    }
    if (in.position() - start >= MAX_NUMBER) {
      throw new NotJson("a number of more than " + MAX_NUMBER + " digits");
    }
  }

  private void digits(int atLeast) throws NotJson {
    int count = 0;
    while (peek() >= '0' && peek() <= '9') {
      take();
      count++;
    }
    if (count < atLeast) {
      throw new NotJson("a number is cut");
    }
  }

  private void skipSpace() throws NotJson {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
      take();
    }
  }

  /** 0 at the end: NUL is legal nowhere, so it is never mistaken for text. */
  private char peek() {
    return in.hasRemaining() ? in.get(in.position()) : 0;
  }

  private char take() throws NotJson {
    if (!in.hasRemaining()) {
      throw new NotJson("it ends in the middle");
    }
    return in.get();
  }

  private static NotJson loneSurrogate() {
    return new NotJson("half of a surrogate pair");
  }

  private static final class NotJson extends Exception {
    private static final long serialVersionUID = 1;

    NotJson(String message) {
      super(message, null, false, false);
    }
  }
}
