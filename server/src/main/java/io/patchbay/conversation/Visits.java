package io.patchbay.conversation;

import io.patchbay.base.Json;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.Connection;
import io.patchbay.bot.EntityType;
import io.patchbay.bot.EntityUse;
import io.patchbay.bot.Node;
import io.patchbay.bot.Say;
import io.patchbay.hsl.HslElement;
import io.patchbay.hsl.ReplyTooLarge;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.integration.Invocations;
import io.patchbay.integration.Invoked;
import io.patchbay.integration.Payload;
import io.patchbay.integration.SayRenderer;
import io.patchbay.integration.Variables;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What happens at a node: ask for what is missing, else run its integration, else say its text. */
final class Visits {
  private final Invocations invocations;
  private final BotStore bots;
  private final SayRenderer renderer;
  private final ZoneId zone;

  Visits(Invocations invocations, BotStore bots, SayRenderer renderer, ZoneId zone) {
    this.invocations = invocations;
    this.bots = bots;
    this.renderer = renderer;
    this.zone = zone;
  }

  /** Where a visit leads. */
  sealed interface Step {
    /** On to another node in the same turn. */
    record Next(Node node, boolean byRule) implements Step {}

    /** The turn ends here with what was said. */
    record Done() implements Step {}

    /**
     * Something is said that leads nowhere, and then what was open is still asked.
     *
     * @param says what
     * @param place of it in the definition
     * @param offers utterances that can be tapped, where nothing is asked
     */
    record Aside(List<Say> says, String place, List<String> offers) implements Step {}

    /**
     * The turn ends in a bot break.
     *
     * @param reason a failure reason of an integration, or one of the words below
     */
    record Broke(String reason, String message) implements Step {
      static final String NO_ANSWER = "no_answer";
      static final String REPLY_TOO_LARGE = "reply_too_large";
      static final String MESSAGE_TOO_COSTLY = "message_too_costly";

      static Broke noAnswer(String message) {
        return new Broke(NO_ANSWER, message);
      }
    }
  }

  /**
   * @param byRule whether a rule over an output chose the node, so that the output's status decides
   *     whether an end node completes (contract K19)
   */
  Step visit(Turn turn, Node node, boolean byRule) {
    turn.node = Optional.of(node.name());
    turn.answeredAt = turn.node;
    try {
      return at(turn, node, byRule);
    } catch (ReplyTooLarge e) {
      return new Step.Broke(
          Step.Broke.REPLY_TOO_LARGE, "node " + node.name() + ": " + e.sentence());
    }
  }

  /** The conversation stays where it stands. */
  Step aside(Turn turn, Step.Aside aside) {
    try {
      List<HslElement> said = render(turn, aside.says(), aside.place());
      Optional<EntityUse> open = turn.open();
      turn.bubbles.addAll(
          open.isEmpty() ? Suggestions.offer(aside.offers(), said, turn.room) : said);
      return open.isPresent() ? ask(turn, open.get(), false) : new Step.Done();
    } catch (ReplyTooLarge e) {
      return new Step.Broke(Step.Broke.REPLY_TOO_LARGE, aside.place() + ": " + e.sentence());
    }
  }

  private Step at(Turn turn, Node node, boolean byRule) {
    Optional<EntityUse> missing = turn.missing(node);
    if (missing.isPresent()) {
      boolean again = turn.asked.equals(Optional.of(missing.get().entity())) && !turn.foundValue;
      return ask(turn, missing.get(), again);
    }
    turn.asked = Optional.empty();
    return node.integration().isPresent() ? invoke(turn, node) : say(turn, node, byRule);
  }

  private Step ask(Turn turn, EntityUse missing, boolean again) {
    EntityType type = turn.live.bot().entities().get(missing.entity());
    List<Say> reprompt = type == null ? List.of() : type.reprompt();
    boolean useReprompt = !reprompt.isEmpty() && (again || missing.ask().isEmpty());
    turn.asked = Optional.of(missing.entity());
    turn.bubbles.addAll(
        useReprompt
            ? render(turn, reprompt, "entities." + missing.entity() + ".reprompt")
            : render(turn, missing.ask(), "entities." + missing.entity() + ".ask"));
    return new Step.Done();
  }

  private Step say(Turn turn, Node node, boolean byRule) {
    Optional<Node> next = node.end() ? Optional.empty() : alwaysNext(turn, node);
    if (node.botSays().isEmpty() && next.isEmpty()) {
      return Step.Broke.noAnswer("node " + node.name() + " has nothing to say");
    }
    turn.bubbles.addAll(render(turn, node.botSays(), "bot_says"));
    settle(turn, node, !byRule || isTrue(turn.output.get("status")));
    return next.<Step>map(n -> new Step.Next(n, false)).orElseGet(Step.Done::new);
  }

  private static Optional<Node> alwaysNext(Turn turn, Node node) {
    return node.connections().stream()
        .filter(c -> c.trigger() instanceof Connection.Trigger.Always)
        .flatMap(c -> turn.live.bot().activeNode(c.to()).stream())
        .findFirst();
  }

  private Step invoke(Turn turn, Node node) {
    var integration = node.integration().orElseThrow();
    turn.bubbles.addAll(render(turn, integration.responseBefore(), "response_before"));
    Invoked invoked = invocations.invoke(request(turn, node));
    turn.keep(invoked);
    return switch (invoked.outcome()) {
      case Invoked.Outcome.Failed(var failure) ->
          new Step.Broke(failure.reason().wire(), failure.message());
      case Invoked.Outcome.Succeeded succeeded -> {
        turn.output = succeeded.output();
        turn.apply(succeeded.details());
        Step step = reply(turn, node, succeeded);
        turn.bubblesAfter.addAll(render(turn, integration.responseAfter(), "response_after"));
        yield step;
      }
    };
  }

  private Step reply(Turn turn, Node node, Invoked.Outcome.Succeeded succeeded) {
    return switch (succeeded.next()) {
      case Invoked.Next.Chosen(String to) ->
          turn.live
              .bot()
              .activeNode(to)
              .<Step>map(target -> {
                turn.log.entered(target, "rule");
                return new Step.Next(target, true);
              })
              .orElseGet(
                  () -> Step.Broke.noAnswer("the rule leads to " + to + ", which is switched off"));
      case Invoked.Next.Responds(var response) -> {
        response.warnings().forEach(turn.log::warning);
        turn.room.begin("response");
        response.elements().forEach(turn.room::add);
        yield said(turn, node, response.elements());
      }
      case Invoked.Next.OwnSays _ -> said(turn, node, render(turn, node.botSays(), "bot_says"));
    };
  }

  private static Step said(Turn turn, Node node, List<HslElement> bubbles) {
    turn.bubbles.addAll(bubbles);
    settle(turn, node, isTrue(turn.output.get("status")));
    return new Step.Done();
  }

  /** An end node completes when the status is true; without it the conversation stays (E1). */
  private static void settle(Turn turn, Node node, boolean status) {
    if (node.contextClear()) {
      turn.forget();
    }
    if (node.end() && status) {
      turn.complete();
    }
  }

  private static boolean isTrue(JsonNode status) {
    return status != null
        && ((status.isBoolean() && status.booleanValue())
            || (status.isString() && status.asString().equals("true")));
  }

  private Invocations.Request request(Turn turn, Node node) {
    LiveBot live = turn.live;
    ConversationStore.Key key = turn.message.key();
    return new Invocations.Request(
        live.bot(),
        node,
        Optional.of(live.version()),
        key.environment(),
        InvocationRecord.Origin.CHAT,
        Optional.of(
            new InvocationRecord.MessageRef(
                turn.id, key.authId(), turn.number, turn.message.messageId(), turn.messageHash)),
        Optional.ofNullable(live.code().get(node.name())),
        Variables.of(live.bot(), bots.variables(key.bot()), key.environment()),
        payload(turn, node),
        Math.toIntExact(
            turn.invocations.stream().filter(i -> i.node().equals(node.name())).count()));
  }

  private static ObjectNode payload(Turn turn, Node node) {
    ObjectNode collected = Json.object();
    turn.entities.forEach((name, values) -> collected.set(name, Answers.items(values)));
    return Payload.of(
        node.name(),
        turn.profile,
        turn.number,
        turn.details.value(),
        turn.userDetails.value(),
        Payload.entities(turn.live.bot().entities().keySet(), collected));
  }

  /**
   * @param place of what is said in its node
   */
  List<HslElement> render(Turn turn, List<Say> says, String place) {
    return renderer.render(
        says,
        place,
        new SayRenderer.Scope(
            turn.profile.languageCode(),
            turn.live.bot().language(),
            turn.output,
            Tags.of(turn, zone),
            turn.room));
  }
}
