package io.patchbay.base;

/**
 * What was asked cannot be done now, for a reason outside the request. The edge answers with the
 * code and the advice; the message is for the operator's log.
 */
public abstract class Unavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  protected Unavailable(String message) {
    super(message);
  }

  protected Unavailable(String message, Throwable cause) {
    super(message, cause);
  }

  public abstract ErrorCode code();

  /** Whether anything of it was kept, and what to do; shown to the caller. */
  public abstract String advice();
}
