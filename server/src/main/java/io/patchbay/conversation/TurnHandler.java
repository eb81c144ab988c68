package io.patchbay.conversation;

/** One turn, from chat message to saved state. */
public final class TurnHandler {
  /**
   * @throws io.patchbay.base.Refusal unknown bot, nothing deployed, message id reused
   */
  public TurnAnswer handle(ChatMessage message) {
    throw new UnsupportedOperationException(message.toString());
  }
}
