package io.patchbay.integration.webhook;

import io.patchbay.integration.SecretMask;

/** How a text begins, for people. */
final class Excerpt {
  private static final int LENGTH = 200;

  private Excerpt() {}

  /**
   * The first {@value #LENGTH} characters in one line, without secrets.
   *
   * @param cut whether more may have followed, so that the end may hold the beginning of a secret
   */
  static String of(String text, SecretMask mask, boolean cut) {
    String head = text.substring(0, Math.min(text.length(), 20 * LENGTH));
    String shown =
        mask.mask(head, cut || head.length() < text.length())
            .replaceAll("[\\p{Cntrl}\\s\ufffd]+", " ")
            .strip();
    if (shown.length() <= LENGTH) {
      return shown;
    }
    int end = Character.isHighSurrogate(shown.charAt(LENGTH - 1)) ? LENGTH - 1 : LENGTH;
    return shown.substring(0, end) + "...";
  }
}
