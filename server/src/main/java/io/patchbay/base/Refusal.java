package io.patchbay.base;

import java.util.List;

/**
 * A request that is refused because of what it asks. The edge turns it into an RFC 9457 problem
 * document; the message is shown to the caller and must hold no secret.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient List<Problem> problems;

  public Refusal(ErrorCode code, String message) {
    this(code, message, List.of());
  }

  public Refusal(ErrorCode code, String message, List<Problem> problems) {
    super(message, null, false, false);
    this.code = code;
    this.problems = List.copyOf(problems);
  }

  public ErrorCode code() {
    return code;
  }

  /** All problems of authored content at once; empty for other refusals. */
  public List<Problem> problems() {
    return problems;
  }
}
