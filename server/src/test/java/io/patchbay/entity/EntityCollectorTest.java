package io.patchbay.entity;

import static io.patchbay.entity.EntityBots.uses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.PatternSyntaxException;
import io.patchbay.base.Json;
import io.patchbay.bot.EntityType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityCollectorTest {
  private static final Optional<String> NOTHING_ASKED = Optional.empty();

  private final EntityCollector all =
      EntityBots.collector(
          new EntityType.Regex("regex", List.of(), "[a-z]{3}\\d{3}"),
          new EntityType.Regex("blankable", List.of(), "(.*z)|"),
          new EntityType.Dictionary(
              "size", List.of(), Map.of("large", List.of("big", "a a a a b"))),
          new EntityType.WholeNumber("number", List.of(), OptionalInt.empty(), OptionalInt.empty()),
          new EntityType.PhoneNumber("phone_number", List.of()),
          new EntityType.Email("email", List.of()),
          new EntityType.Text("text", List.of()));

  private static final String[] ALL = {"regex", "size", "number", "phone_number", "email", "text"};

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "1",
        "1 ",
        "1,",
        "1-",
        "1.",
        "(",
        "+",
        "+1 ",
        "@",
        "a@",
        "a.",
        "a@b.",
        "-",
        "a a ",
        "big ",
        "'",
        "a'",
        "é",
        "क",
        "ा",
        "字",
        "\u0000",
        "\ud83d",
        "\udc4d",
        "👍",
        "\u200d",
        "9820334455 ",
        "   "
      })
  @Timeout(60)
  void a_huge_message_of_one_thing_is_searched_in_bounded_time(String piece) {
    String message = piece.repeat(10_000_000 / piece.length());
    long before = System.nanoTime();
    var found = EntityBots.detect(all, uses(ALL), Optional.of("text"), message, "en");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    found.values().forEach(v -> assertThat(v).hasSizeLessThanOrEqualTo(EntityCollector.MOST_ITEMS));
    if (!message.isBlank()) {
      assertThat(found.get("text")).hasSize(1);
    }
  }

  @Test
  void what_stands_beyond_the_searched_part_is_not_found_and_a_text_holds_it_all() {
    String padding = "x ".repeat(EntitySearch.SEARCHED / 2);
    var found =
        EntityBots.detect(
            all, uses("size", "text"), Optional.of("text"), "big " + padding + "big", "en");
    assertThat(found.get("size")).hasSize(1);
    assertThat(first(found, "text").plain()).hasSize(padding.length() + 7);
  }

  @Test
  void a_cut_never_splits_a_character() {
    String message = "x".repeat(EntitySearch.SEARCHED - 1) + "😀";
    var everything = EntityBots.collector(new EntityType.Regex("r", List.of(), "(?s).+"));
    var found = EntityBots.detect(everything, uses("r"), NOTHING_ASKED, message, "en");
    assertThat(first(found, "r").plain()).hasSize(EntitySearch.SEARCHED - 1);
  }

  @Test
  void at_most_fifty_items_are_kept() { // G4
    var found =
        EntityBots.detect(
            all, uses("regex", "number"), NOTHING_ASKED, "abc123 7 ".repeat(80), "en");
    assertThat(found.get("regex")).hasSize(50);
    assertThat(found.get("number")).hasSize(50);
  }

  @Test
  void an_unknown_entity_is_passed_over() {
    assertThat(EntityBots.detect(all, uses("nobody", "size"), Optional.of("nobody"), "big", "en"))
        .containsOnlyKeys("size");
  }

  @Test
  void a_pattern_that_does_not_compile_is_refused_when_the_collector_is_built() {
    assertThatThrownBy(() -> EntityBots.collector(new EntityType.Regex("r", List.of(), "(")))
        .isInstanceOf(PatternSyntaxException.class);
  }

  @Test
  void the_language_is_noted() {
    var found = EntityBots.detect(all, uses("size"), NOTHING_ASKED, "big", "hi");
    assertThat(first(found, "size").language()).contains("hi");
  }

  @Test
  void threads_share_a_collector() {
    String message = "big abc123 +919820334455 jo@a.com 7";
    var expected = EntityBots.detect(all, uses(ALL), NOTHING_ASKED, message, "en");
    assertThat(
            IntStream.range(0, 2000)
                .parallel()
                .mapToObj(_ -> EntityBots.detect(all, uses(ALL), NOTHING_ASKED, message, "en")))
        .allMatch(expected::equals);
  }

  @Test
  void a_dictionary_of_a_hundred_thousand_words_is_searched_at_once() {
    Map<String, List<String>> words = new LinkedHashMap<>();
    IntStream.range(0, 100_000).forEach(i -> words.put("product number " + i, List.of("p" + i)));
    var collector = EntityBots.collector(new EntityType.Dictionary("product", List.of(), words));
    long before = System.nanoTime();
    for (int i = 0; i < 1000; i++) {
      var found =
          EntityBots.detect(
              collector,
              uses("product"),
              NOTHING_ASKED,
              "the Product Number " + i + " or p7",
              "en");
      assertThat(found.get("product")).hasSize(2);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void random_messages_never_fail_and_items_are_words_of_the_user() {
    long seed = 20_260_101;
    var random = new Random(seed);
    String alphabet = "aA1,.-+@ '()/:zक१ा字å\u200d😀\n_#";
    int[] letters = alphabet.codePoints().toArray();
    for (int round = 0; round < 5_000; round++) {
      var message = new StringBuilder();
      random
          .ints(random.nextInt(40), 0, letters.length)
          .forEach(i -> message.appendCodePoint(letters[i]));
      var found = EntityBots.detect(all, uses(ALL), NOTHING_ASKED, message.toString(), "en");
      found.forEach((entity, values) ->
          values.forEach(v ->
              assertThat(message.toString())
                  .as("seed %d, %s in %s", seed, entity, message)
                  .contains(v.originalText())));
    }
  }

  @Test
  void an_odd_value_is_read_with_its_defaults_or_refused() {
    var bare = EntityValue.fromJson(Json.parse("{\"entity_value\": \"x\", \"more\": 1}"));
    assertThat(bare.toJson().toString())
        .isEqualTo("{\"detection\":\"message\",\"original_text\":\"\",\"entity_value\":\"x\"}");
    assertThat(EntityValue.fromJson(Json.parse("{\"entity_value\":{\"dd\":3}}")).plain()).isEmpty();
    for (String odd :
        List.of(
            "1",
            "{}",
            "[]",
            "null",
            "{\"entity_value\":5}",
            "{\"entity_value\":\"x\",\"language\":5}")) {
      assertThatThrownBy(() -> EntityValue.fromJson(Json.parse(odd)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static EntityValue first(Map<String, List<EntityValue>> found, String entity) {
    return found.getOrDefault(entity, List.of()).getFirst();
  }
}
