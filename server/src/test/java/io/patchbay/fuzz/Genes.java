package io.patchbay.fuzz;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Says all of one pair: a value for each {@link Dial}. */
final class Genes {
  private final Map<Dial, Integer> values;

  private Genes(Map<Dial, Integer> values) {
    this.values = values;
  }

  /** Extremes more often than what lies between: things grow where two of them meet. */
  static Genes random(Dice dice) {
    Map<Dial, Integer> values = new EnumMap<>(Dial.class);
    for (Dial dial : Dial.values()) {
      values.put(dial, any(dice));
    }
    return new Genes(values);
  }

  /** What {@link #toString} wrote. */
  static Genes of(String text) {
    Map<Dial, Integer> values = new EnumMap<>(Dial.class);
    Arrays.stream(text.split(","))
        .filter(one -> !one.isEmpty())
        .map(one -> one.split(":", 2))
        .forEach(one -> values.put(Dial.valueOf(one[0]), Integer.valueOf(one[1])));
    return new Genes(values);
  }

  /** Some dials are turned to anything, some a little. */
  Genes mutated(Dice dice) {
    Map<Dial, Integer> changed = new EnumMap<>(values);
    for (int i = 0; i <= dice.below(4); i++) {
      Dial dial = dice.of(List.of(Dial.values()));
      int near = Math.clamp(value(dial) + dice.below(31) - 15, 0, Dial.MOST);
      changed.put(dial, dice.oneIn(2) ? any(dice) : near);
    }
    return new Genes(changed);
  }

  /** With the dials that the other one names as they are there. */
  Genes with(Genes other) {
    Map<Dial, Integer> changed = new EnumMap<>(values);
    changed.putAll(other.values);
    return new Genes(changed);
  }

  private static int any(Dice dice) {
    return switch (dice.below(4)) {
      case 0 -> 0;
      case 1 -> Dial.MOST;
      default -> dice.below(Dial.MOST + 1);
    };
  }

  private int value(Dial dial) {
    return values.getOrDefault(dial, 0);
  }

  /** From 0 to {@code most}, by powers: half of the dial is for what is below its square root. */
  int size(Dial dial, int most) {
    double share = (double) value(dial) / Dial.MOST;
    return (int) Math.round(Math.pow(most + 1.0, share)) - 1;
  }

  <T> T of(Dial dial, List<T> kinds) {
    return kinds.get(value(dial) * kinds.size() / (Dial.MOST + 1));
  }

  /**
   * Such as {@code SAY_TIMES:99,TURNS:3}, which {@link #of(String)} reads; what is 0 is left out.
   */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .filter(one -> one.getValue() > 0)
        .map(one -> one.getKey() + ":" + one.getValue())
        .collect(joining(","));
  }
}
