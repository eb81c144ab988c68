package io.patchbay.conversation;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import io.patchbay.base.Refusal;
import io.patchbay.integration.InvocationRecord;
import java.util.Optional;

/** Answers a message id that was seen before, so that nothing runs twice. */
final class Repeats {
  private final ConversationStore store;

  Repeats(ConversationStore store) {
    this.store = store;
  }

  /** What a message id stands for. */
  sealed interface Seen {
    record Never() implements Seen {}

    /** The same message was answered. */
    record Answered(TurnAnswer answer) implements Seen {}

    /** The turn of the same message began to run an integration and never ended. */
    record Interrupted(InvocationRecord invocation) implements Seen {}
  }

  /**
   * @throws Refusal when the id was used for a message with another content
   */
  Seen look(ChatMessage message, String hash) {
    Optional<String> id = message.messageId();
    if (id.isEmpty()) {
      return new Seen.Never();
    }
    Optional<ConversationStore.AnsweredTurn> answered = store.answered(message.key(), id.get());
    if (answered.isPresent()) {
      sameContent(answered.get().messageHash(), hash, id.get());
      return new Seen.Answered(new TurnAnswer(answered.get().response(), Json.object()));
    }
    Optional<InvocationRecord> interrupted = store.interrupted(message.key(), id.get());
    interrupted
        .flatMap(InvocationRecord::message)
        .ifPresent(ref -> sameContent(ref.messageHash(), hash, id.get()));
    return interrupted.<Seen>map(Seen.Interrupted::new).orElseGet(Seen.Never::new);
  }

  private static void sameContent(String kept, String hash, String id) {
    if (!kept.equals(hash)) {
      throw new Refusal(
          ErrorCode.MESSAGE_ID_REUSED,
          "The message id " + id + " was used for another message; send this one under a new id");
    }
  }
}
