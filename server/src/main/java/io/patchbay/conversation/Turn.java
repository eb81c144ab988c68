package io.patchbay.conversation;

import io.patchbay.base.Json;
import io.patchbay.bot.EntityUse;
import io.patchbay.bot.Node;
import io.patchbay.entity.EntitySearch;
import io.patchbay.entity.EntityValue;
import io.patchbay.hsl.HslElement;
import io.patchbay.hsl.ReplyRoom;
import io.patchbay.integration.DetailsUpdate;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.integration.Invoked;
import io.patchbay.integration.UserProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A turn while it happens: the conversation as it was opened, and what the turn has changed of it.
 * Used by one thread.
 */
final class Turn {
  final String id;
  final LiveBot live;
  final ChatMessage message;
  final String text;
  final String messageHash;
  final Instant now;
  final MessageLog log = new MessageLog();

  /** The message's text, as far as it was searched for entities. */
  final EntitySearch search;

  int number;
  String state = State.BOT;
  Optional<String> node = Optional.empty();

  /** The node that the answer names: the last one visited, kept when the selection is forgotten. */
  Optional<String> answeredAt = Optional.empty();

  /** The entity that was asked for last and is still missing. */
  Optional<String> asked = Optional.empty();

  /** Whether the message held any entity value, so that a missing one is asked, not reprompted. */
  boolean foundValue;

  /** What this message held, for the message log. */
  final Map<String, List<EntityValue>> detected = new LinkedHashMap<>();

  final Map<String, List<EntityValue>> entities = new LinkedHashMap<>();
  ConversationStore.Details details = Openings.noDetails();
  UserProfile profile;
  ConversationStore.Details userDetails = Openings.noDetails();

  /** Output of the integration that ran last in this turn; empty before one did. */
  ObjectNode output = Json.object();

  /** What is left of the reply's size. */
  ReplyRoom room = new ReplyRoom();

  final List<HslElement> bubbles = new ArrayList<>();
  final List<HslElement> bubblesAfter = new ArrayList<>();
  final List<InvocationRecord> invocations = new ArrayList<>();

  Turn(
      String id,
      LiveBot live,
      ChatMessage message,
      String text,
      String messageHash,
      Instant now,
      UserProfile profile) {
    this.id = id;
    this.live = live;
    this.message = message;
    this.text = text;
    this.search = live.collector().search(text);
    this.messageHash = messageHash;
    this.now = now;
    this.profile = profile;
  }

  /** The node where the conversation stands, if the deployed bot still has it. */
  Optional<Node> standing() {
    return node.flatMap(live.bot()::activeNode);
  }

  /** The first required entity of the node that has no value. */
  Optional<EntityUse> missing(Node at) {
    return at.entities().stream()
        .filter(EntityUse::required)
        .filter(use -> !entities.containsKey(use.entity()))
        .findFirst();
  }

  /** What the user was asked for and has not said. */
  Optional<EntityUse> open() {
    return asked.flatMap(_ -> standing()).flatMap(this::missing);
  }

  void keep(Invoked invoked) {
    invocations.add(invoked.record());
  }

  void apply(DetailsUpdate update) {
    update
        .conversation()
        .ifPresent(d -> details = new ConversationStore.Details(d, Optional.of(now)));
    update.user().ifPresent(d -> userDetails = new ConversationStore.Details(d, Optional.of(now)));
  }

  /** Nothing that was said in this turn is sent. */
  void unsay() {
    bubbles.clear();
    bubblesAfter.clear();
    room = new ReplyRoom();
  }

  /** Ends the conversation: the answer still carries its number. */
  void complete() {
    state = State.COMPLETE;
    forget();
    details = Openings.noDetails();
  }

  /** Forgets entities and selection, as a context-clear node does. */
  void forget() {
    entities.clear();
    node = Optional.empty();
    asked = Optional.empty();
  }

  /** {@code state} on the wire. */
  static final class State {
    static final String BOT = "bot";
    static final String PENDING = "pending";
    static final String COMPLETE = "complete";

    private State() {}
  }
}
