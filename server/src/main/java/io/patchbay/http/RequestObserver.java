package io.patchbay.http;

import io.patchbay.integration.Following;
import java.time.Duration;
import java.util.Optional;

/** Hears of every request: when it arrives, and once it was answered. */
@FunctionalInterface
public interface RequestObserver {
  RequestObserver NONE = (_, _, _, _) -> {};

  /**
   * Called by the thread that answered; must be quick and must not throw.
   *
   * @param method of the route; {@code other} where there was no route
   * @param route its pattern, such as {@code /api/v1/bots/{bot}}; {@code none} where there was none
   * @param took until the answer was made, before it is sent
   */
  void answered(String method, String route, int status, Duration took);

  /** What becomes of connections. */
  enum Connection {
    OPENED,
    CLOSED,
    /** There was no room for it, or none for its request. */
    REFUSED,
    /** It took too long to say what it wants. */
    HEAD_LATE,
    /** It took too long to read its answer. */
    ANSWER_LATE
  }

  /** Called by threads that all connections share; must be quick and must not throw. */
  default void connection(Connection event) {}

  /**
   * As {@link #answered}, before anything of the request is checked.
   *
   * @param traceparent W3C trace context as the client sent it
   * @return closed once the request is answered
   */
  default Following arrives(Optional<String> traceparent) {
    return Following.NONE;
  }
}
