package io.patchbay.bot;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import io.patchbay.bot.Condition.Comparison;
import io.patchbay.bot.Condition.Operator;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.StringNode;

class RuleEffortTest {
  @ParameterizedTest
  @EnumSource(
      value = Operator.class,
      names = {"EXISTS"},
      mode = EnumSource.Mode.EXCLUDE)
  void fifty_comparisons_of_a_megabyte_exhaust_it_whatever_the_operator(Operator operator) {
    var output = Json.object().put("text", "a".repeat(1024 * 1024));
    var comparison =
        new Comparison("text", operator, StringNode.valueOf("a".repeat(100_000) + "b"));
    var effort = new RuleEffort(RuleEffort.MOST);
    new Condition(true, Collections.nCopies(3, comparison)).holds(output, effort);
    assertThat(effort.exhausted()).isFalse();
    for (int i = 0; i < 50; i++) {
      comparison.holds(output, effort);
    }
    assertThat(effort.exhausted()).isTrue();
    assertThat(comparison.holds(output, effort)).isFalse();
  }

  @Test
  void a_list_of_very_many_items_is_looked_through_a_few_times() {
    ArrayNode list = Json.array();
    for (int i = 0; i < 500_000; i++) {
      list.add(i);
    }
    var output = Json.object();
    output.set("list", list);
    var comparison = new Comparison("list", Operator.CONTAINS, StringNode.valueOf("499999"));
    var effort = new RuleEffort(RuleEffort.MOST);
    assertThat(comparison.holds(output, effort)).isTrue();
    for (int i = 0; i < 5; i++) {
      comparison.holds(output, effort);
    }
    assertThat(effort.exhausted()).isTrue();
  }
}
