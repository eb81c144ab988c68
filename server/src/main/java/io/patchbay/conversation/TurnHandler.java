package io.patchbay.conversation;

import io.patchbay.base.Elapsed;
import io.patchbay.base.Ids;
import io.patchbay.bot.Bot;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.Node;
import io.patchbay.bot.Say;
import io.patchbay.executor.work.Budget;
import io.patchbay.hsl.HslElement;
import io.patchbay.hsl.ReplyTooLarge;
import io.patchbay.integration.DetailsUpdate;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.Following;
import io.patchbay.integration.Invocations;
import io.patchbay.integration.SayRenderer;
import io.patchbay.intent.MatchingModel;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * One turn, from chat message to saved state. Read {@link #handle} first: it is how the product
 * works.
 */
public final class TurnHandler {
  /** Nodes that one message may pass; more is a circle, which ends in a bot break. */
  static final int MAX_NODES = 20;

  private final LiveBots bots;
  private final ConversationStore store;
  private final Openings openings;
  private final Repeats repeats;
  private final Visits visits;
  private final TurnObserver observer;
  private final Clock clock;
  private final UserLocks users = new UserLocks();
  private final Conversations conversations;

  /**
   * @param reader turns a stored definition, valid when it was stored, into a bot
   */
  public TurnHandler(
      BotStore bots,
      Function<ObjectNode, Bot> reader,
      ConversationStore store,
      Invocations invocations,
      TurnObserver observer,
      Environs environs) {
    this.bots = new LiveBots(bots, reader, environs.matchingModel());
    this.store = store;
    this.openings = new Openings(store, environs.ids(), environs.clock());
    this.repeats = new Repeats(store);
    this.visits =
        new Visits(
            invocations, bots, new SayRenderer(environs.random()), environs.clock().getZone());
    this.conversations =
        new Conversations(bots, store, users, DetailsUpdate.Limits.DEFAULT, environs.clock());
    this.observer = observer;
    this.clock = environs.clock();
  }

  /** The same conversations, for those who look from outside a turn. */
  public Conversations conversations() {
    return conversations;
  }

  /** Time, ids, chance and the model of messages, which come from outside. */
  public record Environs(
      Ids ids, Clock clock, RandomGenerator random, MatchingModel matchingModel) {}

  /**
   * Blocks until the turn is saved. Whatever an integration does ends in an answer.
   *
   * @throws io.patchbay.base.Refusal unknown bot, nothing deployed, message id reused
   */
  public TurnAnswer handle(ChatMessage message) {
    Instant received = clock.instant();
    LiveBot live = bots.live(message.key().bot(), message.key().environment());
    String hash = MessageText.hash(message);
    try (Following _ = observer.begins(message);
        UserLocks.Held _ = users.hold(message.key())) {
      return switch (repeats.look(message, hash)) {
        case Repeats.Seen.Answered(TurnAnswer answer) -> repeated(message, answer);
        case Repeats.Seen.Interrupted _ ->
            save(interrupted(openings.open(live, message, hash)), received);
        case Repeats.Seen.Never _ -> save(take(openings.open(live, message, hash)), received);
      };
    }
  }

  private TurnAnswer repeated(ChatMessage message, TurnAnswer answer) {
    observer.repeated(message.key().environment());
    return answer;
  }

  private Turn take(Turn turn) {
    Undo before = Undo.of(turn);
    Visits.Step step = Budget.spend(turn.live.steps(turn.text), () -> Matching.match(turn));
    for (int passed = 0; step instanceof Visits.Step.Next(Node node, boolean byRule); passed++) {
      step =
          passed < MAX_NODES
              ? visits.visit(turn, node, byRule)
              : Visits.Step.Broke.noAnswer("the connections run in a circle");
    }
    if (step instanceof Visits.Step.Aside aside) {
      step = visits.aside(turn, aside);
    }
    if (step instanceof Visits.Step.Broke broke) {
      before.restoreDetails(turn);
      botBreak(turn, broke);
    } else {
      turn.bubbles.addAll(turn.bubblesAfter);
    }
    return turn;
  }

  private Turn interrupted(Turn turn) {
    botBreak(
        turn,
        new Visits.Step.Broke(
            FailureReason.INTERRUPTED.wire(),
            "the server stopped while this message was handled; send it under a new id to run it"));
    return turn;
  }

  /** Says that something went wrong; with human assistance the conversation waits for people. */
  private void botBreak(Turn turn, Visits.Step.Broke broke) {
    Bot bot = turn.live.bot();
    if (broke.reason().equals(Visits.Step.Broke.REPLY_TOO_LARGE)) {
      turn.unsay();
    }
    turn.bubbles.addAll(sorry(turn, bot));
    turn.state = bot.humanAssistance() ? Turn.State.PENDING : Turn.State.BOT;
    turn.log.broke(broke.reason(), broke.message());
  }

  /** The bot's own words, unless there is no room for them. */
  private List<HslElement> sorry(Turn turn, Bot bot) {
    try {
      return visits.render(turn, List.of(new Say.Words(bot.phrases().botBreak())), "bot_break");
    } catch (ReplyTooLarge e) {
      turn.unsay();
      return List.of(HslElement.text(Bot.DEFAULT_BOT_BREAK));
    }
  }

  private TurnAnswer save(Turn turn, Instant received) {
    ObjectNode response = Answers.response(turn);
    store.commit(Answers.saved(turn, response));
    observer.ended(
        turn.message.key().environment(),
        turn.state,
        turn.log.breakReason(),
        Elapsed.between(received, clock.instant()));
    return new TurnAnswer(response, turn.log.json(turn));
  }

  /** The details as they were before the turn: a break discards what the turn wrote (K4). */
  private record Undo(ConversationStore.Details details, ConversationStore.Details userDetails) {
    static Undo of(Turn turn) {
      return new Undo(turn.details, turn.userDetails);
    }

    void restoreDetails(Turn turn) {
      turn.details = details;
      turn.userDetails = userDetails;
    }
  }
}
