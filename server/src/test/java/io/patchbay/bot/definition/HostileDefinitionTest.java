package io.patchbay.bot.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.patchbay.base.Json;
import io.patchbay.base.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class HostileDefinitionTest {
  private static final List<JsonNode> ODD =
      List.of(
          Json.parse("null"),
          Json.parse("true"),
          Json.parse("-1"),
          Json.parse("1e400"),
          Json.parse("1e999999999"),
          Json.parse("123456789012345678901234567890"),
          Json.parse("0.5"),
          Json.parse("\"\""),
          Json.parse("\" \""),
          Json.parse("\"[[\\u0001]]\""),
          Json.parse("\"[[A]]://[[B]]:[[C]]\""),
          Json.parse("\"\\ud83d\\ude00 \\u202e\""),
          Json.parse("\"((((a{999}){999}\""),
          Json.parse("\"http://[::ffff:1.2.3.4%25eth0]:1\""),
          Json.parse("\"api\""),
          Json.parse("\"code\""),
          Json.parse("\"TRACK_ORDER\""),
          Json.parse("\"order_id\""),
          Json.parse("[]"),
          Json.parse("[null, [], {}, 1, \"x\"]"),
          Json.parse("{}"),
          Json.parse("{\"\": \"\"}"),
          Json.parse("{\"type\": {}, \"data\": []}"),
          Json.parse("{\"variants\": {\"variants\": 1}}"),
          Json.parse("{\"en\": {\"en\": \"x\"}}"),
          Json.parse("{\"all\": 1, \"any\": []}"),
          Json.parse("{\"__proto__\": {\"toString\": 1}}"));

  @Test
  void a_wrong_value_at_every_place_gives_problems_or_a_bot_and_never_throws() {
    ObjectNode document = full();
    List<Runnable> tried = new ArrayList<>();
    mutateEverywhere(document, document, tried);
    assertThat(tried.size()).isGreaterThan(3000);
    tried.forEach(Runnable::run);
  }

  /** Every value of the tree is replaced by every odd one, in turn. */
  private static void mutateEverywhere(ObjectNode root, JsonNode at, List<Runnable> tried) {
    if (at instanceof ObjectNode object) {
      for (String key : List.copyOf(object.propertyNames())) {
        JsonNode before = object.path(key);
        for (JsonNode odd : ODD) {
          tried.add(() -> {
            object.set(key, odd);
            read(root);
            object.set(key, before);
          });
        }
        mutateEverywhere(root, before, tried);
      }
    }
    if (at instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        JsonNode before = array.path(i);
        for (JsonNode odd : ODD) {
          tried.add(() -> {
            array.set(index, odd);
            read(root);
            array.set(index, before);
          });
        }
        mutateEverywhere(root, before, tried);
      }
    }
  }

  @Test
  void random_mutations_never_give_anything_but_problems_or_a_bot() {
    long seed = 20_260_101L;
    var random = new Random(seed);
    for (int round = 0; round < 1500; round++) {
      ObjectNode document = full();
      int changes = 1 + random.nextInt(8);
      for (int i = 0; i < changes; i++) {
        mutate(document, random);
      }
      try {
        read(document);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError(
            "seed " + seed + " round " + round + ": " + Json.write(document), e);
      }
    }
  }

  private static void mutate(JsonNode at, Random random) {
    if (at.isEmpty()) {
      return;
    }
    int index = random.nextInt(at.size());
    boolean deeper = random.nextInt(3) > 0;
    if (at instanceof ObjectNode object) {
      String key = List.copyOf(object.propertyNames()).get(index);
      if (deeper && !object.path(key).isEmpty()) {
        mutate(object.path(key), random);
        return;
      }
      JsonNode value = object.path(key);
      switch (random.nextInt(4)) {
        case 0 -> object.remove(key);
        case 1 -> object.set(key + (char) random.nextInt(0x300), value);
        case 2 -> object.set(key.isEmpty() ? "x" : key.substring(1), value);
        default -> object.set(key, ODD.get(random.nextInt(ODD.size())).deepCopy());
      }
    } else if (at instanceof ArrayNode array) {
      if (deeper && !array.path(index).isEmpty()) {
        mutate(array.path(index), random);
      } else if (random.nextBoolean()) {
        array.add(array.path(index).deepCopy());
      } else {
        array.set(index, ODD.get(random.nextInt(ODD.size())).deepCopy());
      }
    }
  }

  @Test
  void a_deep_tree_is_refused_without_recursion() {
    JsonNode deep = Json.object();
    for (int i = 0; i < 100_000; i++) {
      deep = Json.object().set("nodes", deep);
    }
    assertThat(Documents.problems(deep)).containsExactly("is nested deeper than 200 levels");
    JsonNode list = Json.array();
    for (int i = 0; i < 100_000; i++) {
      list = Json.array().add(list);
    }
    assertThat(Documents.problems(list)).containsExactly("is nested deeper than 200 levels");
  }

  @Test
  void a_huge_document_of_mistakes_is_read_in_bounded_time() {
    ObjectNode document = Json.object().put("bot", "huge");
    ObjectNode nodes = document.putObject("nodes");
    for (int i = 0; i < 500; i++) {
      ObjectNode node = nodes.putObject("NODE_WITH_A_RATHER_LONG_NAME_THAT_IS_LIKE_OTHERS_" + i);
      for (int j = 0; j < 100; j++) {
        node.withArray("connections")
            .addObject()
            .put("to", "NODE_WITH_A_RATHER_LONG_NAME_THAT_IS_LIKE_OTHERZ_" + j + i)
            .putArray("user_says")
            .add("go " + j);
      }
    }
    List<String> problems =
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> Documents.problems(document));
    assertThat(problems).hasSize(Problems.MOST + 1);
  }

  @Test
  void too_many_nodes_entities_and_words_are_refused() {
    ObjectNode document = Json.object().put("bot", "huge");
    for (int i = 0; i < 2001; i++) {
      document.withObject("nodes").putObject("N" + i);
    }
    for (int i = 0; i < 501; i++) {
      document.withObject("entities").putObject("e" + i).put("type", "text");
    }
    assertThat(Documents.problems(document))
        .containsExactly(
            "entities: has 501 entries; at most 500 are allowed",
            "nodes: has 2001 entries; at most 2000 are allowed");
  }

  @Test
  void texts_that_nothing_can_store_are_refused_at_their_place() {
    assertThat(Documents.problems(Json.parse("{\"bot\":\"a\",\"name\":\"x\\u0000\"}")))
        .containsExactly(
            "name: holds a NUL character or half a surrogate pair, which no text can keep");
    assertThat(
            Documents.problems(
                Json.object()
                    .put("bot", "a")
                    .set(
                        "nodes",
                        Json.object()
                            .set("A", Json.object().set("bot_says", Json.array().add("\ud83d"))))))
        .containsExactly(
            "nodes.A.bot_says[0]: holds a NUL character or half a surrogate pair, which"
                + " no text can keep");
  }

  @Test
  void messages_stay_short_and_on_one_line_whatever_the_document_holds() {
    ObjectNode document = Json.object().put("bot", "x\n".repeat(100_000));
    document.put("key\r\n\u001b[31m".repeat(10_000), 1);
    document.put("language", "\u0007".repeat(5000));
    List<String> problems = Documents.problems(document);
    assertThat(problems)
        .hasSize(3)
        .allSatisfy(problem -> {
          assertThat(problem.length()).isLessThan(2000);
          assertThat(problem.chars().noneMatch(c -> c < ' ')).isTrue();
        });
  }

  private static void read(JsonNode document) {
    switch (BotDefinition.read(document)) {
      case ReadResult.Valid valid -> {
        BotReview.warnings(valid.bot());
        BotFiles.split((ObjectNode) document);
      }
      case ReadResult.Invalid(List<Problem> problems) -> assertThat(problems).isNotEmpty();
    }
  }

  private static ObjectNode full() {
    ObjectNode document = Documents.acme();
    document.put("requirements", "requests\n");
    document.putObject("code").put("TRACK_ORDER", "def main(event, context):\n  pass\n");
    document
        .putObject("samples")
        .putObject("TRACK_ORDER")
        .putObject("default")
        .putObject("entities");
    ObjectNode integration = Documents.at(document, "nodes", "VERIFY_OTP", "integration");
    integration
        .put("timeout", "5s")
        .putObject("headers")
        .put("Authorization", "Bearer [[API_TOKEN]]");
    ObjectNode late = Documents.at(document, "nodes", "LATE");
    late.withArray("bot_says").addObject().putArray("variants").add("a").addObject().put("en", "b");
    return document;
  }
}
