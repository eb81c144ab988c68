package io.patchbay.entity;

import static io.patchbay.entity.EntityBots.uses;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.patchbay.bot.EntityType;
import io.patchbay.entity.EntitySearch.Detected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchCostTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "(?:a{0,9}){300}b a",
        "(?:a?){900}b a",
        "(?:\\pL{0,9}){300}_ \u4e00",
        "(?:(?:a|b|c|d|e|f|g|h){0,9}){60}_ a",
        "(?i)(?:k{0,9}){300}b k",
        "(?:(?:a?)?){900}b a",
        "ab.*z|a ab",
        "(.*z)| x",
        ".*z|a a",
        "(?:()a{0,9}){300}b a"
      })
  void a_pattern_that_costs_too_much_in_a_long_message_is_named_and_finds_in_a_short_one(
      String pattern, String piece) {
    var collector =
        EntityBots.collector(
            new EntityType.Regex("cheap", List.of(), "[a-z]{3}\\d{3}"),
            new EntityType.Regex("dear", List.of(), pattern));
    String message = piece.repeat(EntitySearch.SEARCHED / piece.length());
    assertThat(collector.search(message).detect(uses("cheap", "dear"), Optional.empty(), "en"))
        .isEqualTo(new Detected.TooCostly("dear", EntitySearch.SEARCHED));
    assertThat(
            collector
                .search(message.substring(0, 100))
                .detect(uses("cheap", "dear"), Optional.empty(), "en"))
        .isInstanceOf(Detected.Found.class);
  }

  @Test
  void each_character_that_an_automaton_takes_costs_its_program() {
    for (String pattern : List.of("[a-z]{3}\\d{3}", "(?:a{0,9}){30}b", "order \\d+", "\\bx\\b")) {
      var text = new SearchedText("order ab 12, ".repeat(40));
      new RegexRecogniser(pattern).find(text, (_, _, _) -> {});
      long size = Pattern.compile(pattern).programSize();
      boolean literal = pattern.startsWith("order");
      assertThat(text.steps().spent())
          .as(pattern)
          .isBetween(
              (literal ? 5L : 1L) * (literal ? 40 : text.text().length()) * size,
              3L * text.text().length() * (size + 4));
    }
  }

  @Test
  void many_patterns_are_counted_together() {
    var types = new ArrayList<EntityType>();
    IntStream.range(0, 50)
        .forEach(
            i -> types.add(new EntityType.Regex("e" + i, List.of(), "[w-z]" + i + "[a-z ]{1,40}")));
    var collector = EntityBots.collector(types.toArray(EntityType[]::new));
    String[] names = types.stream().map(EntityType::name).toArray(String[]::new);
    assertThat(collector.search("x1 ".repeat(3_000)).detect(uses(names), Optional.empty(), "en"))
        .isInstanceOf(Detected.TooCostly.class);
  }

  @Test
  void ordinary_patterns_find_in_the_longest_message() {
    var types = new ArrayList<EntityType>();
    IntStream.range(0, 20)
        .forEach(i ->
            types.add(new EntityType.Regex("e" + i, List.of(), "\\b[A-Z]{2}-" + i + "\\d{6}\\b")));
    var collector = EntityBots.collector(types.toArray(EntityType[]::new));
    String[] names = types.stream().map(EntityType::name).toArray(String[]::new);
    String message = "I ordered it. ".repeat(710) + "AB-7123456";
    assertThat(collector.search(message).detect(uses(names), Optional.empty(), "en"))
        .isInstanceOfSatisfying(
            Detected.Found.class, found -> assertThat(found.values()).containsOnlyKeys("e7"));
  }

  @Test
  void what_was_searched_for_once_costs_nothing_again() {
    var collector =
        EntityBots.collector(
            new EntityType.Regex("one", List.of(), "(?:a{0,9}){10}b"),
            new EntityType.Regex("same", List.of(), "(?:a{0,9}){10}b"));
    var search = collector.search("a".repeat(9_990) + "b");
    for (int i = 0; i < 10; i++) {
      assertThat(search.detect(uses("one", "same"), Optional.empty(), "en"))
          .isInstanceOf(Detected.Found.class);
    }
  }

  @Test
  void entities_that_overlap_share_what_there_is_and_the_last_find_nothing() {
    var types = new ArrayList<EntityType>();
    IntStream.range(0, 50).forEach(i -> types.add(new EntityType.Regex("e" + i, List.of(), "\\w")));
    var collector = EntityBots.collector(types.toArray(EntityType[]::new));
    String[] names = types.stream().map(EntityType::name).toArray(String[]::new);
    assertThat(collector.search("x".repeat(10_000)).detect(uses(names), Optional.empty(), "en"))
        .isInstanceOfSatisfying(
            Detected.Found.class, found -> assertThat(found.values()).hasSize(20));
  }

  @Test
  void dictionaries_of_all_beginnings_cost_too_much_together() {
    var types = new ArrayList<EntityType>();
    for (int i = 0; i < 50; i++) {
      Map<String, List<String>> words = new LinkedHashMap<>();
      IntStream.range(1, 100).forEach(length -> words.put("a ".repeat(length) + "b", List.of()));
      types.add(new EntityType.Dictionary("d" + i, List.of(), words));
    }
    var collector = EntityBots.collector(types.toArray(EntityType[]::new));
    String[] names = types.stream().map(EntityType::name).toArray(String[]::new);
    assertThat(collector.search("a ".repeat(5_000)).detect(uses(names), Optional.empty(), "en"))
        .isInstanceOf(Detected.TooCostly.class);
  }
}
