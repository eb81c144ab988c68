package io.patchbay.hsl;

/** A reply would be larger than {@link ReplyRoom#MOST} bytes; whoever made it room answers else. */
public final class ReplyTooLarge extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String place;

  ReplyTooLarge(String place) {
    super(place, null, false, false);
    this.place = place;
  }

  /** The bubble that was too much, such as {@code bot_says[2]}, as a sentence. */
  public String sentence() {
    return "with %s the reply has more than %d bytes".formatted(place, ReplyRoom.MOST);
  }
}
