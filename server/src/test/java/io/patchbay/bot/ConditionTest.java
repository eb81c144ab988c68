package io.patchbay.bot;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("K2, F7: rules over the output")
class ConditionTest {
  private static final String OUTPUT =
      """
      {"state": "late", "days": 3, "text": "10", "ok": true, "no": "False", "none": null,
       "blank": " ", "list": ["a", 2], "nothing": [], "deep": {"items": [{"n": 7}]}, "a.b": "dotted",
       "huge": "1e999999999"}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "state | equals | \"late\" | true",
        "state | equals | \"Late\" | false",
        "days | equals | \"3\" | true",
        "days | equals | \"3.0\" | true",
        "days | greater_than | 2 | true",
        "days | greater_than | 3 | false",
        "days | at_least | \"3\" | true",
        "text | greater_than | 9 | true",
        "text | less_than | 9 | false",
        "days | at_most | 3 | true",
        "state | greater_than | \"early\" | true",
        "missing | greater_than | 0 | false",
        "none | less_than | 1 | false",
        "ok | equals | \"TRUE\" | true",
        "ok | equals | true | true",
        "ok | equals | 1 | false",
        "no | equals | false | true",
        "state | not_equals | \"x\" | true",
        "missing | not_equals | \"x\" | true",
        "missing | equals | \"\" | false",
        "state | contains | \"at\" | true",
        "list | contains | \"2\" | true",
        "list | contains | \"b\" | false",
        "deep | contains | \"items\" | true",
        "missing | contains | \"x\" | false",
        "missing | not_contains | \"x\" | true",
        "state | exists | true | true",
        "none | exists | true | false",
        "missing | exists | false | true",
        "blank | empty | true | true",
        "nothing | empty | true | true",
        "missing | empty | true | true",
        "days | empty | true | false",
        "days | empty | false | true",
        "deep.items.0.n | equals | 7 | true",
        "deep.items.1.n | exists | true | false",
        "deep.items.x | exists | true | false",
        "a.b | equals | \"dotted\" | true",
        "huge | greater_than | 5 | false",
      })
  void a_comparison_holds(String variable, String operator, String value, boolean holds) {
    var comparison =
        new Condition.Comparison(
            variable,
            Condition.Operator.valueOf(operator.toUpperCase(Locale.ROOT)),
            Json.parse(value));
    assertThat(comparison.holds(Json.parse(OUTPUT), effort())).isEqualTo(holds);
  }

  @Test
  void all_needs_every_comparison_and_any_needs_one() {
    var right = new Condition.Comparison("days", Condition.Operator.EQUALS, Json.parse("3"));
    var wrong = new Condition.Comparison("days", Condition.Operator.EQUALS, Json.parse("4"));
    var output = Json.parse(OUTPUT);
    assertThat(new Condition(true, List.of(right, wrong)).holds(output, effort())).isFalse();
    assertThat(new Condition(false, List.of(wrong, right)).holds(output, effort())).isTrue();
    assertThat(new Condition(true, List.of(right, right)).holds(output, effort())).isTrue();
    assertThat(new Condition(false, List.of(wrong)).holds(output, effort())).isFalse();
  }

  private static RuleEffort effort() {
    return new RuleEffort(RuleEffort.MOST);
  }
}
