package io.patchbay.conversation;

import io.patchbay.base.Json;
import io.patchbay.bot.Node;
import io.patchbay.bot.SmallTalk;
import io.patchbay.entity.EntityValue;
import io.patchbay.integration.InvocationJson;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.intent.Match;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a builder is told of a turn (contract J2): which node, why, which entities, what ran. */
final class MessageLog {
  private final List<ObjectNode> nodes = new ArrayList<>();
  private final List<ObjectNode> candidates = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private Optional<ObjectNode> botBreak = Optional.empty();
  private Optional<SmallTalk> smallTalk = Optional.empty();
  private final List<String> offered = new ArrayList<>();
  private boolean understood = true;

  /**
   * @param method how it was found, such as {@code exact_utterance}, {@code entity}, {@code rule}
   */
  void entered(Node node, String method) {
    nodes.add(describe(node, method));
  }

  void matched(Node node, Match match) {
    switch (match) {
      case Match.Exact(_, String utterance) ->
          nodes.add(
              describe(node, "exact_utterance").put("utterance", utterance).put("score", 1.0));
      case Match.Scored scored -> nodes.add(describe(node, scored));
      case Match.None _ -> {}
    }
  }

  private static ObjectNode describe(Node node, Match.Scored match) {
    String method =
        switch (match.step()) {
          case WORDS -> "utterance_similarity";
          case MEANING -> "utterance_meaning";
        };
    ObjectNode described =
        describe(node, method).put("utterance", match.utterance()).put("score", match.score());
    match.next().ifPresent(next -> described.set("runner_up", describe(next)));
    return described;
  }

  private static ObjectNode describe(Match.Candidate candidate) {
    return Json.object()
        .put("node", candidate.node())
        .put("utterance", candidate.utterance())
        .put("score", candidate.score());
  }

  private static ObjectNode describe(Node node, String method) {
    return Json.object()
        .put("node", node.name())
        .put("label", node.label())
        .put("detection_method", method);
  }

  /** What came close where nothing matched. */
  void candidates(Match match) {
    if (match instanceof Match.None none) {
      none.best().forEach(c -> candidates.add(describe(c)));
    }
  }

  void warning(String warning) {
    warnings.add(warning);
  }

  void notUnderstood() {
    understood = false;
  }

  /** The user was asked which of these nodes is meant. */
  void offered(Collection<String> names) {
    offered.addAll(names);
  }

  void smallTalk(SmallTalk topic) {
    smallTalk = Optional.of(topic);
  }

  void broke(String reason, String message) {
    botBreak = Optional.of(Json.object().put("reason", reason).put("message", message));
  }

  Optional<String> breakReason() {
    return botBreak.map(b -> b.path("reason").asString());
  }

  ObjectNode json(Turn turn) {
    ObjectNode log = Json.object();
    log.put("bot", turn.live.bot().bot());
    log.put("version", turn.live.version());
    log.put("language", turn.profile.languageCode());
    log.set("nodes", Json.array().addAll(nodes));
    log.set("candidates", Json.array().addAll(candidates));
    log.set("entities", entities(turn));
    ArrayNode ids = log.putArray("invocations");
    turn.invocations.stream().map(InvocationRecord::invocationId).forEach(ids::add);
    ArrayNode measures = log.putArray("measures");
    turn.invocations.stream().map(InvocationJson::measured).forEach(measures::add);
    smallTalk.ifPresent(topic -> log.put("small_talk", topic.wire()));
    if (!offered.isEmpty()) {
      ArrayNode nodesOffered = log.putArray("offered");
      offered.forEach(nodesOffered::add);
    }
    if (!understood) {
      log.put("not_understood", true);
    }
    botBreak.ifPresent(b -> log.set("bot_break", b));
    ArrayNode said = log.putArray("warnings");
    warnings.forEach(said::add);
    return log;
  }

  private static ArrayNode entities(Turn turn) {
    ArrayNode list = Json.array();
    for (Map.Entry<String, List<EntityValue>> entry : turn.detected.entrySet()) {
      var type = turn.live.bot().entities().get(entry.getKey());
      for (EntityValue value : entry.getValue()) {
        ObjectNode item = list.addObject().put("name", entry.getKey());
        if (type != null) {
          item.put("type", type.kind());
        }
        item.set("value", value.toJson());
      }
    }
    return list;
  }
}
