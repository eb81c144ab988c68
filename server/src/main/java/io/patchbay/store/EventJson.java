package io.patchbay.store;

import io.patchbay.base.Json;
import io.patchbay.conversation.ConversationStore.TranscriptLine;
import io.patchbay.integration.EgressAttempt;
import io.patchbay.integration.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists of small values as JSON text. Times are microseconds since 1970. */
final class EventJson {
  private EventJson() {}

  static String writeLogs(List<LogLine> logs) {
    ArrayNode array = Json.array();
    for (LogLine line : logs) {
      array
          .addObject()
          .put("level", line.level())
          .put("logger", line.logger())
          .put("message", line.message())
          .put("time", Micros.of(line.time()));
    }
    return JsonText.write("the log lines", array);
  }

  static List<LogLine> readLogs(String text) {
    return JsonText.read(text)
        .valueStream()
        .map(line ->
            new LogLine(
                line.path("level").asString(),
                line.path("logger").asString(),
                line.path("message").asString(),
                time(line)))
        .toList();
  }

  static String writeEgress(List<EgressAttempt> egress) {
    ArrayNode array = Json.array();
    for (EgressAttempt attempt : egress) {
      ObjectNode object = array.addObject();
      object.put("time", Micros.of(attempt.time()));
      attempt.name().ifPresent(name -> object.put("name", name));
      attempt.address().ifPresent(address -> object.put("address", address));
      object
          .put("port", attempt.port())
          .put("allowed", attempt.allowed())
          .put("bytes_out", attempt.bytesOut())
          .put("bytes_in", attempt.bytesIn())
          .put("nanos", attempt.duration().toNanos());
    }
    return JsonText.write("the connections", array);
  }

  static List<EgressAttempt> readEgress(String text) {
    return JsonText.read(text).valueStream().map(EventJson::attempt).toList();
  }

  static String writeMeasures(Map<String, Double> measures) {
    ObjectNode object = Json.object();
    measures.forEach(object::put);
    return JsonText.write("the measures", object);
  }

  /** In stored order. */
  static Map<String, Double> readMeasures(String text) {
    var measures = new LinkedHashMap<String, Double>();
    JsonText.readObject(text).forEachEntry((name, value) -> measures.put(name, value.asDouble()));
    return measures;
  }

  static String writeLines(List<TranscriptLine> lines) {
    ArrayNode array = Json.array();
    for (TranscriptLine line : lines) {
      array
          .addObject()
          .put("turn", line.turnId())
          .put("no", line.conversationNo())
          .put("sender", line.sender())
          .put("time", Micros.of(line.time()))
          .set("body", line.body());
    }
    return JsonText.write("the transcript", array);
  }

  static List<TranscriptLine> readLines(String text) {
    return JsonText.read(text)
        .valueStream()
        .map(line ->
            new TranscriptLine(
                line.path("turn").asString(),
                line.path("no").asInt(),
                line.path("sender").asString(),
                line.path("body"),
                time(line)))
        .toList();
  }

  private static EgressAttempt attempt(JsonNode object) {
    return new EgressAttempt(
        time(object),
        text(object, "name"),
        text(object, "address"),
        object.path("port").asInt(),
        object.path("allowed").asBoolean(),
        object.path("bytes_out").asLong(),
        object.path("bytes_in").asLong(),
        Duration.ofNanos(object.path("nanos").asLong()));
  }

  private static Optional<String> text(JsonNode object, String key) {
    return Optional.ofNullable(object.get(key)).map(JsonNode::asString);
  }

  private static Instant time(JsonNode object) {
    return Micros.instant(object.path("time").asLong());
  }
}
