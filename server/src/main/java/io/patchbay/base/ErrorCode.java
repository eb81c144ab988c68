package io.patchbay.base;

import java.util.Locale;

/** The stable {@code code} of every refusal of the HTTP API, with its status. */
public enum ErrorCode {
  MALFORMED_JSON(400, "The body is not well-formed"),
  INVALID_REQUEST(400, "The request is not valid"),
  UNKNOWN_ENVIRONMENT(400, "There is no such environment"),
  UNAUTHENTICATED(401, "Sign in or send a token"),
  FORBIDDEN(403, "This is not allowed"),
  NOT_FOUND(404, "There is nothing at this address"),
  UNKNOWN_BOT(404, "There is no such bot"),
  UNKNOWN_NODE(404, "There is no such node"),
  UNKNOWN_VERSION(404, "There is no such version"),
  UNKNOWN_SAMPLE(404, "There is no such sample input"),
  UNKNOWN_VARIABLE(404, "There is no such variable"),
  UNKNOWN_INVOCATION(404, "There is no such invocation"),
  METHOD_NOT_ALLOWED(405, "This method is not allowed here"),
  REQUEST_TIMEOUT(408, "The request took too long to arrive"),
  NOT_DEPLOYED(409, "Nothing is deployed in this environment"),
  MESSAGE_ID_REUSED(409, "This message id was used for another message"),
  STALE(412, "Somebody changed this in the meantime"),
  TOO_LARGE(413, "This is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "This content type is not understood here"),
  INVALID_CONTENT(422, "The content is not valid"),
  TOO_MANY_REQUESTS(429, "Too many requests"),
  INTERNAL(500, "Something failed on our side"),
  UNAVAILABLE(503, "The server cannot do this now"),
  STORAGE_FULL(507, "There is no room to keep this");

  private final int status;
  private final String title;

  ErrorCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The code on the wire: the name in lower case. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
