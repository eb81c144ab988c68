package io.patchbay.bot;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A rule over an integration's output (contract F7, K2).
 *
 * @param all whether all comparisons must hold, or any
 */
public record Condition(boolean all, List<Comparison> comparisons) {
  public Condition {
    comparisons = List.copyOf(comparisons);
  }

  /** Not to be relied on once the effort is exhausted. */
  public boolean holds(JsonNode output, RuleEffort effort) {
    return all
        ? comparisons.stream().allMatch(c -> c.holds(output, effort))
        : comparisons.stream().anyMatch(c -> c.holds(output, effort));
  }

  /**
   * @param variable path into the output, such as {@code order.state}
   * @param value what it is compared with; JSON true for {@code exists} and {@code empty}, or false
   *     for their opposites
   */
  public record Comparison(String variable, Operator operator, JsonNode value) {
    /** Numbers compare as numbers, booleans in any spelling, all else as text, exactly. */
    boolean holds(JsonNode output, RuleEffort effort) {
      if (effort.exhausted()) {
        return false;
      }
      effort.spend(variable.length());
      Optional<JsonNode> found = OutputPath.find(output, variable);
      if (operator != Operator.EXISTS) {
        found.filter(v -> !v.isObject() || value.isContainer()).ifPresent(effort::spendOn);
      }
      return !effort.exhausted() && holds(found);
    }

    private boolean holds(Optional<JsonNode> found) {
      return switch (operator) {
        case EXISTS -> found.filter(v -> !v.isNull()).isPresent() == value.asBoolean(true);
        case EMPTY -> found.map(Comparison::isEmpty).orElse(true) == value.asBoolean(true);
        case EQUALS -> found.filter(this::same).isPresent();
        case NOT_EQUALS -> found.filter(this::same).isEmpty();
        case GREATER_THAN -> ordered(found).filter(c -> c > 0).isPresent();
        case AT_LEAST -> ordered(found).filter(c -> c >= 0).isPresent();
        case LESS_THAN -> ordered(found).filter(c -> c < 0).isPresent();
        case AT_MOST -> ordered(found).filter(c -> c <= 0).isPresent();
        case CONTAINS -> found.filter(this::contained).isPresent();
        case NOT_CONTAINS -> found.filter(this::contained).isEmpty();
      };
    }

    private static boolean isEmpty(JsonNode node) {
      return node.isNull()
          || (node.isContainer() && node.isEmpty())
          || (node.isString() && node.asString().isBlank());
    }

    private boolean same(JsonNode found) {
      return same(found, value);
    }

    private static boolean same(JsonNode a, JsonNode b) {
      if (a.isContainer() || b.isContainer()) {
        return a.equals(b);
      }
      Optional<Integer> order = compareNumbers(a, b);
      if (order.isPresent()) {
        return order.get() == 0;
      }
      String left = a.asString();
      String right = b.asString();
      boolean truth = isTruth(left) && isTruth(right);
      return truth ? left.equalsIgnoreCase(right) : left.equals(right);
    }

    private static boolean isTruth(String text) {
      return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }

    private boolean contained(JsonNode found) {
      if (found.isArray()) {
        return found.valueStream().anyMatch(this::same);
      }
      if (found.isObject()) {
        return found.has(value.asString());
      }
      return TextSearch.contains(found.asString(), value.asString());
    }

    private Optional<Integer> ordered(Optional<JsonNode> found) {
      return found
          .filter(v -> v.isValueNode() && !v.isNull())
          .map(v ->
              compareNumbers(v, value).orElseGet(() -> v.asString().compareTo(value.asString())));
    }

    private static Optional<Integer> compareNumbers(JsonNode a, JsonNode b) {
      return number(a).flatMap(left -> number(b).map(left::compareTo));
    }

    private static Optional<BigDecimal> number(JsonNode node) {
      return node.isNumber() || node.isString()
          ? NumberText.number(node.asString())
          : Optional.empty();
    }
  }

  /** How a variable is compared; spelled on the wire in lower case. */
  public enum Operator {
    EQUALS,
    NOT_EQUALS,
    GREATER_THAN,
    AT_LEAST,
    LESS_THAN,
    AT_MOST,
    CONTAINS,
    NOT_CONTAINS,
    EXISTS,
    EMPTY;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
