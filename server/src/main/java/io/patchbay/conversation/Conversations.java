package io.patchbay.conversation;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A conversation as seen and changed from outside a turn. */
public final class Conversations {
  /** State, collected entities, details and transcript; that of a new conversation if unknown. */
  public ObjectNode read(ConversationStore.Key key) {
    throw new UnsupportedOperationException(key.toString());
  }

  /** Ends the conversation: the next message opens the next number with nothing kept. */
  public void restart(ConversationStore.Key key) {
    throw new UnsupportedOperationException(key.toString());
  }

  /** Replaces the details that are given (contract D3) and answers as {@link #read}. */
  public ObjectNode patch(
      ConversationStore.Key key,
      Optional<ObjectNode> conversationDetails,
      Optional<ObjectNode> userDetails) {
    throw new UnsupportedOperationException(key + " " + conversationDetails + userDetails);
  }
}
