package io.patchbay.bot.definition;

import io.patchbay.bot.Condition;
import io.patchbay.bot.Condition.Comparison;
import io.patchbay.bot.Condition.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads {@code when}: rules over an integration's output. */
final class ConditionReader {
  private static final int MOST_COMPARISONS = 50;
  private static final int LONGEST_VARIABLE = 200;
  private static final String COMPARISON = "{variable: state, equals: late}";
  private static final List<String> OPERATORS =
      Arrays.stream(Operator.values()).map(Operator::wire).toList();

  private ConditionReader() {}

  static Optional<Condition> condition(Place place) {
    String example = "{all: [" + COMPARISON + "]}";
    if (!place.object(example)) {
      return Optional.empty();
    }
    boolean known = place.onlyKeys(List.of("all", "any"));
    if (known && place.has("all") == place.has("any")) {
      place.problem("must have exactly one of all and any, such as " + example);
    }
    var comparisons = new ArrayList<Comparison>();
    for (String key : List.of("all", "any")) {
      place
          .at(key)
          .ifPresent(list -> {
            list.items(MOST_COMPARISONS, "[" + COMPARISON + "]")
                .forEach(item -> comparison(item).ifPresent(comparisons::add));
            if (list.node().isArray() && list.node().isEmpty()) {
              list.problem("is empty; give a comparison such as " + COMPARISON);
            }
          });
    }
    return Optional.of(new Condition(place.has("all"), comparisons));
  }

  private static Optional<Comparison> comparison(Place place) {
    if (!place.object(COMPARISON)) {
      return Optional.empty();
    }
    var keys = new ArrayList<>(OPERATORS);
    keys.add("variable");
    boolean known = place.onlyKeys(keys);
    Optional<String> variable =
        place.required("variable", "the name in the output").flatMap(ConditionReader::variable);
    List<Operator> operators =
        Arrays.stream(Operator.values()).filter(o -> place.has(o.wire())).toList();
    if (operators.size() > 1 || (operators.isEmpty() && known)) {
      place.problem(
          operators.isEmpty()
              ? "lacks an operator: one of " + String.join(", ", OPERATORS)
              : "has "
                  + String.join(" and ", operators.stream().map(Operator::wire).toList())
                  + "; a comparison has exactly one operator, so write two comparisons");
    }
    operators.forEach(operator -> value(place.at(operator.wire()).orElseThrow(), operator));
    return variable
        .filter(_ -> operators.size() == 1)
        .map(name -> {
          Operator operator = operators.getFirst();
          JsonNode value = place.node().get(operator.wire());
          return new Comparison(name, operator, value.deepCopy());
        });
  }

  private static Optional<String> variable(Place place) {
    return place
        .words(LONGEST_VARIABLE, "state")
        .filter(name -> {
          boolean bracketed = name.contains("[[") || name.contains("]]");
          if (bracketed) {
            place.problem(
                "stands without brackets here: " + Quote.name(name.replaceAll("[\\[\\]]", "")));
          }
          return !bracketed;
        });
  }

  private static void value(Place place, Operator operator) {
    JsonNode value = place.node();
    switch (operator) {
      case EXISTS, EMPTY -> place.bool();
      case EQUALS, NOT_EQUALS -> {
        if (value.isNull()) {
          place.problem("must be a value; to test for none write exists: false or empty: true");
        }
      }
      case CONTAINS, NOT_CONTAINS -> scalar(place, value.isBoolean());
      case GREATER_THAN, AT_LEAST, LESS_THAN, AT_MOST -> scalar(place, false);
    }
  }

  private static void scalar(Place place, boolean boolToo) {
    if (!place.node().isNumber() && !place.node().isString() && !boolToo) {
      place.problem("must be a number or a text; this is " + Quote.type(place.node()));
    }
  }
}
