package io.patchbay.http;

import io.patchbay.conversation.ChatMessage;
import io.patchbay.conversation.ConversationStore;
import io.patchbay.conversation.Conversations;
import io.patchbay.conversation.TurnAnswer;
import io.patchbay.conversation.TurnHandler;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What the chat routes need of the room behind them. */
public interface ChatRoom {
  /** As {@link TurnHandler#handle}. */
  TurnAnswer handle(ChatMessage message);

  /** As {@link Conversations#read}. */
  ObjectNode read(ConversationStore.Key key);

  /** As {@link Conversations#restart}. */
  void restart(ConversationStore.Key key);

  /** As {@link Conversations#patch}. */
  ObjectNode patch(
      ConversationStore.Key key,
      Optional<ObjectNode> conversationDetails,
      Optional<ObjectNode> userDetails);

  static ChatRoom of(TurnHandler turns, Conversations conversations) {
    return new ChatRoom() {
      @Override
      public TurnAnswer handle(ChatMessage message) {
        return turns.handle(message);
      }

      @Override
      public ObjectNode read(ConversationStore.Key key) {
        return conversations.read(key);
      }

      @Override
      public void restart(ConversationStore.Key key) {
        conversations.restart(key);
      }

      @Override
      public ObjectNode patch(
          ConversationStore.Key key,
          Optional<ObjectNode> conversationDetails,
          Optional<ObjectNode> userDetails) {
        return conversations.patch(key, conversationDetails, userDetails);
      }
    };
  }
}
