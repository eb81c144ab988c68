package io.patchbay.conversation;

import io.patchbay.bot.Environment;
import io.patchbay.integration.Following;
import java.time.Duration;
import java.util.Optional;

/**
 * Hears of every turn: when it begins, and once it was saved. Called by the thread that took the
 * turn; must be quick and must not throw.
 */
public interface TurnObserver {
  TurnObserver NONE =
      new TurnObserver() {
        @Override
        public void ended(
            Environment environment, String state, Optional<String> broke, Duration took) {}

        @Override
        public void repeated(Environment environment) {}
      };

  /** A message has come; what it returns is closed when its turn has ended, however it ends. */
  default Following begins(ChatMessage message) {
    return Following.NONE;
  }

  /**
   * @param state of the conversation, as on the wire
   * @param broke reason of a bot break, of a short closed list
   * @param took from the message to its answer, waiting for the user's turn included
   */
  void ended(Environment environment, String state, Optional<String> broke, Duration took);

  /** A message that had been answered before got the same answer. */
  void repeated(Environment environment);
}
