package io.patchbay.executor.frame;

import java.io.Serial;

/** What came over the connection is not what the protocol allows. */
public final class FrameException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final Kind kind;

  FrameException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** What is wrong with it. */
  public enum Kind {
    /** Not a frame, too long, too many, or cut in the middle. */
    VIOLATION,
    /** A RESULT above its cap. */
    RESULT_TOO_LARGE,
    /** A RESULT that is not strict JSON. */
    BAD_RESULT,
    /** A frame that the server had no room for in time. */
    NO_ROOM
  }
}
