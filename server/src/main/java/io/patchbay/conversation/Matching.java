package io.patchbay.conversation;

import io.patchbay.bot.Connection;
import io.patchbay.bot.EntityUse;
import io.patchbay.bot.LocalText;
import io.patchbay.bot.Node;
import io.patchbay.bot.Say;
import io.patchbay.bot.SmallTalk;
import io.patchbay.entity.EntitySearch.Detected;
import io.patchbay.entity.EntityValue;
import io.patchbay.intent.Match;
import io.patchbay.intent.Phrasebook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the node that a message means and collects the entities that it holds (contract F5, F13,
 * F14, G8).
 *
 * <p>In a running conversation the first of these wins: an exact utterance of a connection; an
 * exact utterance of a start node; giving up what was begun; a connection whose entities this
 * message satisfies; a value for an entity that the node needs; other small talk; a similar
 * utterance of a connection, then of a start node; the question that is still open. Without a
 * conversation: start nodes by their utterances, small talk, and start nodes that a value in the
 * message leads back to. What was collected before leads nowhere by itself. While a question is
 * open, a start node that only says something is an answer aside: the question is asked again.
 * Where a message may mean one of some nodes, the user is asked which. A message that costs too
 * much to search for entities ends the turn in a bot break.
 */
final class Matching {
  private static final int MOST_OFFERED = 3;

  private final Turn turn;

  private Matching(Turn turn) {
    this.turn = turn;
  }

  /** Where the turn begins: at the node that was found, aside, or in a bot break. */
  static Visits.Step match(Turn turn) {
    var matching = new Matching(turn);
    return turn.standing()
        .map(matching::running)
        .orElseGet(matching::opening)
        .orElseGet(matching::notUnderstood);
  }

  private Optional<Visits.Step> opening() {
    turn.asked = Optional.empty();
    Match start = turn.live.matcher().startNodes(turn.text);
    if (start instanceof Match.Exact) {
      return begin(start);
    }
    return smallTalk(_ -> true)
        .or(() -> begin(start))
        .or(this::openingByEntity)
        .or(() -> nothing(List.of(start)));
  }

  /** A start node that a value leads back to is one that a first message may begin with (F14). */
  private Optional<Visits.Step> openingByEntity() {
    for (Node node : turn.live.bot().nodes().values()) {
      if (node.start() && node.active() && node.connections().stream().anyMatch(loopsOn(node))) {
        switch (detect(node, Optional.empty(), Set.of())) {
          case Detected.TooCostly costly -> {
            return Optional.of(broke(costly));
          }
          case Detected.Found found -> {
            if (loopsOn(node, found)) {
              keep(found);
              return stay(node, "entity");
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Predicate<Connection> loopsOn(Node node) {
    return connection ->
        connection.to().equals(node.name())
            && connection.trigger() instanceof Connection.Trigger.Entities;
  }

  private static boolean loopsOn(Node node, Detected.Found found) {
    return node.connections().stream()
        .filter(loopsOn(node))
        .map(connection -> (Connection.Trigger.Entities) connection.trigger())
        .anyMatch(trigger ->
            trigger.tests().entrySet().stream()
                .allMatch(
                    e -> passes(found.values().getOrDefault(e.getKey(), List.of()), e.getValue())));
  }

  private Optional<Visits.Step> smallTalk(Predicate<SmallTalk> wanted) {
    Optional<Map<SmallTalk, LocalText>> own = turn.live.bot().phrases().smallTalk();
    if (own.isEmpty()) {
      return Optional.empty();
    }
    return Phrasebook.topic(turn.text)
        .filter(wanted)
        .map(topic -> {
          turn.log.smallTalk(topic);
          if (topic.leaves()) {
            turn.forget();
          }
          LocalText answer = own.get().getOrDefault(topic, Phrasebook.answer(topic));
          boolean suggests = topic != SmallTalk.THANKS && topic != SmallTalk.BYE;
          List<String> offers = suggests ? Suggestions.of(turn.live.bot()) : List.of();
          return aside(List.of(new Say.Words(answer)), "small_talk." + topic.wire(), offers);
        });
  }

  /** That is no failure: what was collected and asked stays as it is. */
  private Visits.Step notUnderstood() {
    turn.log.notUnderstood();
    LocalText text = turn.live.bot().phrases().notUnderstood();
    return aside(List.of(new Say.Words(text)), "not_understood", Suggestions.of(turn.live.bot()));
  }

  /** Where it may mean one of some nodes, the user says which. */
  private Optional<Visits.Step> between(List<Match> matches) {
    Map<String, String> offers = new LinkedHashMap<>();
    matches.stream()
        .flatMap(match -> match instanceof Match.None none ? none.between().stream() : Stream.of())
        .limit(MOST_OFFERED)
        .forEach(candidate -> offers.putIfAbsent(candidate.node(), candidate.utterance()));
    if (offers.isEmpty()) {
      return Optional.empty();
    }
    turn.log.offered(offers.keySet());
    LocalText text = turn.live.bot().phrases().didYouMean();
    return Optional.of(
        aside(List.of(new Say.Words(text)), "did_you_mean", List.copyOf(offers.values())));
  }

  private Visits.Step.Aside aside(List<Say> says, String place, List<String> offers) {
    turn.answeredAt = turn.node;
    return new Visits.Step.Aside(says, place, offers);
  }

  private Optional<Visits.Step> running(Node node) {
    Match connected = turn.live.matcher().connections(node, turn.text);
    Match start = turn.live.matcher().startNodes(turn.text);
    if (connected instanceof Match.Exact) {
      return follow(connected);
    }
    if (start instanceof Match.Exact) {
      return beginOrAside(start);
    }
    Optional<Visits.Step> left = smallTalk(SmallTalk::leaves);
    if (left.isPresent()) {
      return left;
    }
    return switch (detect(node, turn.asked, Set.of())) {
      case Detected.TooCostly costly -> Optional.of(broke(costly));
      case Detected.Found found -> {
        keep(found);
        yield running(node, found.values().keySet(), connected, start);
      }
    };
  }

  private Optional<Visits.Step> running(
      Node node, Set<String> found, Match connected, Match start) {
    return byEntity(node, found)
        .or(() -> answered(node, found))
        .or(() -> smallTalk(_ -> true))
        .or(() -> follow(connected))
        .or(() -> beginOrAside(start))
        .or(() -> stillAsked(node))
        .or(() -> nothing(List.of(connected, start)));
  }

  /** What only says something does not lead away from an open question. */
  private Optional<Visits.Step> beginOrAside(Match match) {
    Optional<Node> aside = target(match).filter(node -> turn.open().isPresent() && onlySays(node));
    return aside.isEmpty()
        ? begin(match)
        : aside.map(node -> {
          turn.log.matched(node, match);
          return aside(node.botSays(), "nodes." + node.name() + ".bot_says", List.of());
        });
  }

  private static boolean onlySays(Node node) {
    return node.integration().isEmpty()
        && node.entities().isEmpty()
        && node.connections().isEmpty()
        && !node.botSays().isEmpty()
        && !node.contextClear()
        && !node.end();
  }

  /** Enters a start node, which asks anew for its own entities. */
  private Optional<Visits.Step> begin(Match match) {
    return target(match)
        .map(node ->
            enter(
                node,
                Set.of(),
                () -> {
                  node.entities().forEach(use -> turn.entities.remove(use.entity()));
                  turn.log.matched(node, match);
                }));
  }

  /** Follows a connection; what was collected before stays. */
  private Optional<Visits.Step> follow(Match match) {
    return target(match).map(node -> enter(node, Set.of(), () -> turn.log.matched(node, match)));
  }

  private Optional<Node> target(Match match) {
    return switch (match) {
      case Match.Exact(String name, _) -> turn.live.bot().activeNode(name);
      case Match.Scored scored -> turn.live.bot().activeNode(scored.node());
      case Match.None _ -> Optional.empty();
    };
  }

  /**
   * @param first entities that led here and keep their part of the message from all others (G7)
   * @param entered what is done before what was found is kept
   */
  private Visits.Step enter(Node node, Set<String> first, Runnable entered) {
    return switch (detect(node, Optional.empty(), first)) {
      case Detected.TooCostly costly -> broke(costly);
      case Detected.Found found -> {
        turn.asked = Optional.empty();
        entered.run();
        keep(found);
        yield new Visits.Step.Next(node, false);
      }
    };
  }

  /** Detects the node's entities, those that its connections test included. */
  private Detected detect(Node node, Optional<String> asked, Set<String> first) {
    List<EntityUse> uses = new ArrayList<>();
    first.forEach(name -> uses.add(new EntityUse(name, true, List.of())));
    uses.addAll(node.entities());
    Set<String> named = new LinkedHashSet<>(uses.stream().map(EntityUse::entity).toList());
    for (Connection connection : node.connections()) {
      if (connection.trigger() instanceof Connection.Trigger.Entities(var tests)) {
        tests.keySet().stream()
            .filter(named::add)
            .forEach(name -> uses.add(new EntityUse(name, false, List.of())));
      }
    }
    return turn.search.detect(uses, asked, turn.profile.languageCode());
  }

  private void keep(Detected.Found found) {
    KeptEntities.add(turn, found.values());
    turn.detected.putAll(found.values());
    turn.foundValue |= !found.values().isEmpty();
  }

  private static Visits.Step broke(Detected.TooCostly costly) {
    return new Visits.Step.Broke(
        Visits.Step.Broke.MESSAGE_TOO_COSTLY,
        "entity %s costs too much to find in a message of %d characters; see entities.%s"
            .formatted(costly.entity(), costly.characters(), costly.entity()));
  }

  /** A connection all of whose entities pass, at least one of them being among {@code names}. */
  private Optional<Visits.Step> byEntity(Node node, Set<String> names) {
    for (Connection connection : node.connections()) {
      if (connection.trigger() instanceof Connection.Trigger.Entities(var tests)
          && tests.keySet().stream().anyMatch(names::contains)
          && tests.entrySet().stream().allMatch(e -> passes(e.getKey(), e.getValue()))) {
        Optional<Node> target = turn.live.bot().activeNode(connection.to());
        if (target.isPresent()) {
          Node to = target.get();
          return Optional.of(enter(to, tests.keySet(), () -> turn.log.entered(to, "entity")));
        }
      }
    }
    return Optional.empty();
  }

  private boolean passes(String entity, Connection.Test test) {
    return passes(turn.entities.getOrDefault(entity, List.of()), test);
  }

  private static boolean passes(List<EntityValue> values, Connection.Test test) {
    Set<String> plain = values.stream().map(EntityValue::plain).collect(Collectors.toSet());
    return test.anyOf()
        .map(allowed -> allowed.stream().anyMatch(plain::contains))
        .orElse(!values.isEmpty());
  }

  /** A value that the node waits for, or a new one for something that it needs: it runs again. */
  private Optional<Visits.Step> answered(Node node, Set<String> found) {
    boolean needed =
        node.entities().stream()
            .anyMatch(use ->
                found.contains(use.entity()) && (use.required() || turn.missing(node).isPresent()));
    return needed ? stay(node, "entity_value") : Optional.empty();
  }

  private Optional<Visits.Step> stillAsked(Node node) {
    return turn.missing(node).isPresent() ? stay(node, "reprompt") : Optional.empty();
  }

  private Optional<Visits.Step> stay(Node node, String method) {
    turn.log.entered(node, method);
    return Optional.of(new Visits.Step.Next(node, false));
  }

  private Optional<Visits.Step> nothing(List<Match> matches) {
    matches.forEach(turn.log::candidates);
    return between(matches);
  }
}
