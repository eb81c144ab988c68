package io.patchbay.entity;

import java.util.regex.Pattern;

/**
 * Email addresses such as people write them: a local part of letters, digits and the usual signs,
 * and a domain of at least two labels. Quoted local parts, comments and address literals are left
 * out. The value is the address as written.
 */
final class EmailRecogniser implements Recogniser {
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_DOMAIN = 253;
  private static final String LOCAL_SIGNS = ".!#$%&'*+/=?^_`{|}~-";

  /** Only ever matched against at most {@value #LONGEST_DOMAIN} characters. */
  private static final Pattern DOMAIN =
      Pattern.compile(
          "(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?\\.)+"
              + "(?:xn--[A-Za-z0-9-]{2,59}|\\p{L}[\\p{L}\\p{M}]{1,62})");

  @Override
  public void find(SearchedText searched, Taker taker) {
    String message = searched.text();
    searched.steps().spend(stepsPerCharacter() * message.length());
    int at = message.indexOf('@');
    while (at >= 0) {
      int start = startOfLocal(message, at);
      int end = endOfDomain(message, at + 1);
      boolean free = end == message.length() || message.charAt(end) != '@';
      boolean address =
          free
              && start < at
              && !message.substring(start, at).contains("..")
              && message.charAt(at - 1) != '.'
              && DOMAIN.matcher(message).region(at + 1, end).matches();
      if (address) {
        taker.offer(start, end, message.substring(start, end));
      }
      at = message.indexOf('@', at + 1);
    }
  }

  @Override
  public long stepsPerCharacter() {
    return 5;
  }

  /** The first character of the local part; {@code at} where there is none that will do. */
  private static int startOfLocal(String message, int at) {
    int start = at;
    while (start > 0 && isLocal(message.codePointBefore(start))) {
      start -= Character.charCount(message.codePointBefore(start));
      if (at - start > LONGEST_LOCAL) {
        return at;
      }
    }
    if (start > 0 && message.charAt(start - 1) == '@') {
      return at;
    }
    while (start < at && ".'`*_/{|".indexOf(message.charAt(start)) >= 0) {
      start++;
    }
    return start;
  }

  private static boolean isLocal(int c) {
    return LOCAL_SIGNS.indexOf(c) >= 0 || Letters.inSpacedWord(c);
  }

  private static int endOfDomain(String message, int from) {
    int end = from;
    while (end < message.length() && isDomain(message.codePointAt(end))) {
      end += Character.charCount(message.codePointAt(end));
      if (end - from > LONGEST_DOMAIN) {
        return from;
      }
    }
    while (end > from && (message.charAt(end - 1) == '.' || message.charAt(end - 1) == '-')) {
      end--;
    }
    return end;
  }

  private static boolean isDomain(int c) {
    return c == '.' || c == '-' || Letters.inSpacedWord(c);
  }
}
