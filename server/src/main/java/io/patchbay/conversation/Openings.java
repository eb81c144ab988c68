package io.patchbay.conversation;

import io.patchbay.base.Ids;
import io.patchbay.base.Json;
import io.patchbay.entity.EntityValue;
import io.patchbay.integration.Payload;
import io.patchbay.integration.UserProfile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Opens the conversation that a message belongs to: what was kept, less what has expired. */
final class Openings {
  /** Details expire this long after their last write. */
  static final Duration DETAILS_EXPIRY = Duration.ofHours(3);

  /** Node and entities are forgotten this long after the user last spoke (contract D6, K8). */
  static final Duration CONTEXT_EXPIRY = Duration.ofHours(2);

  private final ConversationStore store;
  private final Ids ids;
  private final Clock clock;

  Openings(ConversationStore store, Ids ids, Clock clock) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
  }

  Turn open(LiveBot live, ChatMessage message, String messageHash) {
    Instant now = clock.instant();
    Optional<ConversationStore.User> user = store.user(message.key());
    UserProfile profile = Users.updated(user, message, live.bot().language());
    Turn turn =
        new Turn(
            ids.next("turn"), live, message, MessageText.of(message), messageHash, now, profile);
    turn.userDetails = Users.details(user, message.user(), now, turn.log::warning);
    resume(turn, store.conversation(message.key()));
    return turn;
  }

  private static void resume(Turn turn, Optional<ConversationStore.Saved> kept) {
    turn.number = kept.map(Openings::nextNumber).orElse(1);
    kept.filter(saved -> !saved.state().equals(Turn.State.COMPLETE))
        .ifPresent(saved -> {
          turn.details = unexpired(saved.details(), turn.now);
          if (saved.lastMessageAt().plus(CONTEXT_EXPIRY).isAfter(turn.now)) {
            turn.node = saved.node();
            turn.asked = saved.asked();
            saved.entities().forEach((name, items) -> turn.entities.put(name, values(items)));
          }
        });
  }

  private static int nextNumber(ConversationStore.Saved saved) {
    return saved.state().equals(Turn.State.COMPLETE) ? saved.number() + 1 : saved.number();
  }

  private static List<EntityValue> values(JsonNode items) {
    List<EntityValue> values = new ArrayList<>();
    items.forEach(item -> values.add(EntityValue.fromJson((ObjectNode) item)));
    return values;
  }

  /** The details, or their default once they have expired. */
  static ConversationStore.Details unexpired(ConversationStore.Details details, Instant now) {
    return isLive(details, now) ? notLater(details, now) : noDetails();
  }

  static ConversationStore.Details unexpiredUser(ConversationStore.Details details, Instant now) {
    return isLive(details, now)
        ? notLater(details, now)
        : new ConversationStore.Details(Payload.defaultUserDetails(), Optional.empty());
  }

  private static boolean isLive(ConversationStore.Details details, Instant now) {
    return details.writtenAt().map(at -> at.plus(DETAILS_EXPIRY).isAfter(now)).orElse(true);
  }

  /** What seems to be written later than now, since the clock was set back, expires from now. */
  private static ConversationStore.Details notLater(
      ConversationStore.Details details, Instant now) {
    return new ConversationStore.Details(
        details.value(), details.writtenAt().map(at -> at.isAfter(now) ? now : at));
  }

  static ConversationStore.Details noDetails() {
    return new ConversationStore.Details(Json.object(), Optional.empty());
  }
}
