package io.patchbay.executor;

/** Fixed bounds of a call. */
public final class Limits {
  /** Bytes of source. */
  public static final int MAX_SOURCE = 5 * 1024 * 1024;

  /** Bytes of the returned {@code body}. */
  public static final int MAX_RESULT = 1024 * 1024;

  /** Bytes of all log lines of a call together; what is beyond is dropped and said so. */
  public static final int MAX_LOG = 256 * 1024;

  private Limits() {}
}
