package io.patchbay.store;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Refusal;
import io.patchbay.executor.work.Budget;

/**
 * What a unit of writes puts into the database, known before it waits for the writer. Nothing gets
 * as far as a statement that is too long for it.
 *
 * @param owner whose it is: the bot's name, or nothing
 * @param bytes of its texts in UTF-8
 */
record Load(String owner, long bytes) {
  /** Bytes that one text may have. */
  static final int MOST_OF_TEXT = 16 * 1024 * 1024;

  /** Bytes that all texts of a unit may have. */
  static final int MOST = 2 * MOST_OF_TEXT;

  /** Nobody's, of no size to speak of. */
  static final Load NONE = new Load("", 0);

  static Load of(String bot) {
    return new Load(bot, 0);
  }

  /**
   * The same with one more text.
   *
   * @param what it is, for people
   * @throws Refusal it is too long, or all together are
   */
  Load with(String what, String text) {
    long more = Budget.spendAnyway(text.length(), () -> bytes(text));
    if (more > MOST_OF_TEXT) {
      throw tooLong(what, more + " bytes", MOST_OF_TEXT);
    }
    if (bytes + more > MOST) {
      throw tooLong("what is to be kept at once", bytes + more + " bytes", MOST);
    }
    return new Load(owner, bytes + more);
  }

  /**
   * @param length in words
   */
  static Refusal tooLong(String what, String length, int most) {
    return new Refusal(
        ErrorCode.TOO_LARGE,
        "Too large to be kept: " + what + " has " + length + "; at most " + most + " are kept");
  }

  private static long bytes(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        // Two halves of a pair make four bytes.
        bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return bytes;
  }
}
