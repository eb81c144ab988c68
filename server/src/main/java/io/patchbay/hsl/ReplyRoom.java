package io.patchbay.hsl;

import io.patchbay.base.JsonSize;

/**
 * What is left of the size that a reply may have, all its bubbles together. A few variables, or a
 * list of many small items, make a large reply of a small output, so it is counted while it is
 * made. One for each reply; used by one thread at a time.
 */
public final class ReplyRoom {
  /** Bytes of all bubbles of a reply as compact JSON in UTF-8. */
  public static final int MOST = 1024 * 1024;

  private long left = MOST;
  private long drafted;
  private String place = "";

  /**
   * @param place of the bubble that is made next
   */
  public void begin(String place) {
    this.place = place;
    this.drafted = 0;
  }

  /**
   * Looks ahead while a bubble is made.
   *
   * @param characters that are about to be added to it
   * @throws ReplyTooLarge it would be too large
   */
  void draft(long characters) {
    drafted += characters;
    if (drafted > left) {
      throw new ReplyTooLarge(place);
    }
  }

  /** What a value would add; it is not walked through beyond what is left. */
  long most() {
    return left - drafted;
  }

  /**
   * Counts a bubble that is made.
   *
   * @throws ReplyTooLarge it is too large
   */
  public void add(HslElement bubble) {
    left -= 1 + JsonSize.of(bubble.json(), left);
    if (left < 0) {
      throw new ReplyTooLarge(place);
    }
  }
}
