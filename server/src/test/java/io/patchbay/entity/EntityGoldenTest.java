package io.patchbay.entity;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Contract G4, G6, G10, K10: what each kind of entity finds. */
class EntityGoldenTest {
  @TestFactory
  Stream<DynamicContainer> messages_hold_these_values() {
    return Stream.of("regex", "number", "dictionary", "phone_number", "email", "text")
        .map(kind -> DynamicContainer.dynamicContainer(kind, cases(golden(kind))));
  }

  private static Stream<DynamicTest> cases(JsonNode file) {
    EntityCollector collector = EntityBots.collector(EntityBots.types(file.get("types")));
    return file.get("cases")
        .valueStream()
        .map(c -> DynamicTest.dynamicTest(c.get("name").asString(), () -> check(collector, c)));
  }

  private static void check(EntityCollector collector, JsonNode given) {
    String[] uses = given.get("uses").valueStream().map(JsonNode::asString).toArray(String[]::new);
    Optional<String> asked = Optional.ofNullable(given.get("asked")).map(JsonNode::asString);
    Map<String, List<EntityValue>> found =
        EntityBots.detect(
            collector, EntityBots.uses(uses), asked, given.get("message").asString(), "en");
    Map<String, List<List<String>>> shown = new LinkedHashMap<>();
    found.forEach((entity, values) ->
        shown.put(entity, values.stream().map(v -> List.of(v.originalText(), v.plain())).toList()));
    assertThat(Json.MAPPER.valueToTree(shown).toPrettyString())
        .isEqualTo(sorted(given.get("expect"), shown).toPrettyString());
  }

  /** The expected entities in the order of what was found, since their order says nothing. */
  private static JsonNode sorted(JsonNode expect, Map<String, ?> like) {
    var sorted = Json.object();
    like.keySet().stream().filter(expect::has).forEach(e -> sorted.set(e, expect.get(e)));
    expect.properties().forEach(e -> sorted.set(e.getKey(), e.getValue()));
    return sorted;
  }

  @Test
  @DisplayName("C3, K10: items look like this in a payload")
  void items_look_like_this_in_a_payload() {
    JsonNode items = golden("items");
    var types =
        EntityBots.types(
            Json.parse(
                """
                {"dictionary": {"type": "dictionary", "values": {"large": ["big"]}},
                 "number": {"type": "number", "max": 5},
                 "email": {"type": "email"},
                 "phone_number": {"type": "phone_number"},
                 "regex": {"type": "regex", "pattern": "[a-z]{3}\\\\d{3}"},
                 "text": {"type": "text"}}
                """));
    var uses = EntityBots.uses(types.keySet().toArray(String[]::new));
    String message = "big abc123 25,000, 98203 34455 jo@a.com";
    var found =
        EntityBots.detect(EntityBots.collector(types), uses, Optional.of("text"), message, "en");

    assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(types.keySet());
    found.forEach((entity, values) -> {
      JsonNode printed = values.getFirst().toJson();
      assertThat(printed.toString()).isEqualTo(items.get(entity).toString());
      assertThat(EntityValue.fromJson(printed)).isEqualTo(values.getFirst());
    });
  }

  private static JsonNode golden(String name) {
    try (InputStream in =
        EntityGoldenTest.class.getResourceAsStream("/golden/entities/" + name + ".json")) {
      return Json.parse(java.util.Objects.requireNonNull(in, name).readAllBytes());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
