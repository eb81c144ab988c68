package io.patchbay.conversation;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import io.patchbay.base.Refusal;
import io.patchbay.bot.BotStore;
import io.patchbay.integration.DetailsUpdate;
import io.patchbay.integration.Payload;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A conversation as seen and changed from outside a turn. Shares its locks with the turns, so that
 * neither undoes the other.
 */
public final class Conversations {
  /** Newest lines of a transcript that are shown. */
  static final int TRANSCRIPT_LINES = 500;

  private final BotStore bots;
  private final ConversationStore store;
  private final UserLocks users;
  private final DetailsUpdate.Limits limits;
  private final Clock clock;

  Conversations(
      BotStore bots,
      ConversationStore store,
      UserLocks users,
      DetailsUpdate.Limits limits,
      Clock clock) {
    this.bots = bots;
    this.store = store;
    this.users = users;
    this.limits = limits;
    this.clock = clock;
  }

  /** State, collected entities, details and transcript; that of a new conversation if unknown. */
  public ObjectNode read(ConversationStore.Key key) {
    known(key);
    Instant now = clock.instant();
    ConversationStore.Saved saved =
        store.conversation(key).map(s -> withContext(s, now)).orElseGet(() -> unknown(now));
    ConversationStore.User user = user(key, now);
    ObjectNode shown = Json.object();
    shown.put("conversation_no", saved.number());
    shown.put("state", saved.state());
    shown.put("node", saved.node().orElse(null));
    ObjectNode entities = shown.putObject("entities");
    saved.entities().forEach(entities::set);
    shown.set("conversation_details", Openings.unexpired(saved.details(), now).value());
    shown.set("user_details", user.details().value());
    shown.set("user", Payload.user(user.profile()));
    shown.set("transcript", transcript(key));
    return shown;
  }

  /** As the next message would find it: an expired selection is gone. */
  private static ConversationStore.Saved withContext(ConversationStore.Saved saved, Instant now) {
    return saved.lastMessageAt().plus(Openings.CONTEXT_EXPIRY).isAfter(now)
        ? saved
        : new ConversationStore.Saved(
            saved.number(),
            saved.state(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            saved.details(),
            saved.lastMessageAt());
  }

  private ArrayNode transcript(ConversationStore.Key key) {
    ArrayNode lines = Json.array();
    for (ConversationStore.TranscriptLine line : store.transcript(key, TRANSCRIPT_LINES)) {
      lines
          .addObject()
          .put("turn_id", line.turnId())
          .put("conversation_no", line.conversationNo())
          .put("sender", line.sender())
          .put("time", line.time().toString())
          .set("body", line.body());
    }
    return lines;
  }

  /** Ends the conversation: the next message opens the next number with nothing kept. */
  public void restart(ConversationStore.Key key) {
    known(key);
    try (UserLocks.Held _ = users.hold(key)) {
      Instant now = clock.instant();
      store
          .conversation(key)
          .ifPresent(saved ->
              store.put(
                  key,
                  new ConversationStore.Saved(
                      saved.number(),
                      Turn.State.COMPLETE,
                      Optional.empty(),
                      Optional.empty(),
                      Map.of(),
                      Openings.noDetails(),
                      saved.lastMessageAt()),
                  user(key, now)));
    }
  }

  /**
   * Replaces the details that are given (contract D3) and answers as {@link #read}.
   *
   * @throws Refusal where they are over their limits; nothing is changed then
   */
  public ObjectNode patch(
      ConversationStore.Key key,
      Optional<ObjectNode> conversationDetails,
      Optional<ObjectNode> userDetails) {
    known(key);
    limits.check(conversationDetails, userDetails);
    try (UserLocks.Held _ = users.hold(key)) {
      Instant now = clock.instant();
      ConversationStore.Saved saved = opened(store.conversation(key), now);
      ConversationStore.User user = user(key, now);
      store.put(
          key,
          conversationDetails.map(d -> withDetails(saved, written(d, now))).orElse(saved),
          new ConversationStore.User(
              user.profile(), userDetails.map(d -> written(d, now)).orElse(user.details())));
    }
    return read(key);
  }

  /** A finished conversation takes no more details: they belong to the next one. */
  private static ConversationStore.Saved opened(
      Optional<ConversationStore.Saved> kept, Instant now) {
    return kept.map(saved ->
            saved.state().equals(Turn.State.COMPLETE)
                ? fresh(saved.number() + 1, now)
                : withDetails(saved, Openings.unexpired(saved.details(), now)))
        .orElseGet(() -> unknown(now));
  }

  private static ConversationStore.Details written(ObjectNode value, Instant now) {
    return new ConversationStore.Details(value, Optional.of(now));
  }

  private static ConversationStore.Saved withDetails(
      ConversationStore.Saved saved, ConversationStore.Details details) {
    return new ConversationStore.Saved(
        saved.number(),
        saved.state(),
        saved.node(),
        saved.asked(),
        saved.entities(),
        details,
        saved.lastMessageAt());
  }

  private static ConversationStore.Saved unknown(Instant now) {
    return fresh(1, now);
  }

  private static ConversationStore.Saved fresh(int number, Instant now) {
    return new ConversationStore.Saved(
        number,
        Turn.State.BOT,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Openings.noDetails(),
        now);
  }

  private ConversationStore.User user(ConversationStore.Key key, Instant now) {
    return store
        .user(key)
        .map(u -> new ConversationStore.User(u.profile(), Openings.unexpiredUser(u.details(), now)))
        .orElseGet(() ->
            new ConversationStore.User(
                Users.unknown(key.authId(), "en"),
                new ConversationStore.Details(Payload.defaultUserDetails(), Optional.empty())));
  }

  private void known(ConversationStore.Key key) {
    if (!bots.exists(key.bot())) {
      throw new Refusal(ErrorCode.UNKNOWN_BOT, "There is no bot " + key.bot());
    }
  }
}
