package io.patchbay.http;

import java.time.Duration;

/** Hears of every request that was answered. */
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
}
