package io.patchbay.fuzz;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;

/** Says all of one pair: a value for each {@link Dial}. */
final class Genes {
  private final int[] values;

  private Genes(int[] values) {
    this.values = values;
  }

  /** Extremes more often than what lies between: things grow where two of them meet. */
  static Genes random(Dice dice) {
    int[] values = new int[Dial.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = any(dice);
    }
    return new Genes(values);
  }

  /** What {@link #toString} wrote. */
  static Genes of(String text) {
    int[] values = Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
    return new Genes(Arrays.copyOf(values, Dial.values().length));
  }

  /** Some dials are turned to anything, some a little. */
  Genes mutated(Dice dice) {
    int[] changed = values.clone();
    for (int i = 0; i <= dice.below(4); i++) {
      int at = dice.below(changed.length);
      int near = Math.clamp(changed[at] + dice.below(31) - 15, 0, Dial.MOST);
      changed[at] = dice.oneIn(2) ? any(dice) : near;
    }
    return new Genes(changed);
  }

  private static int any(Dice dice) {
    return switch (dice.below(4)) {
      case 0 -> 0;
      case 1 -> Dial.MOST;
      default -> dice.below(Dial.MOST + 1);
    };
  }

  /** From 0 to {@code most}, by powers: half of the dial is for what is below its square root. */
  int size(Dial dial, int most) {
    double share = (double) values[dial.ordinal()] / Dial.MOST;
    return (int) Math.round(Math.pow(most + 1.0, share)) - 1;
  }

  <T> T of(Dial dial, List<T> kinds) {
    return kinds.get(values[dial.ordinal()] * kinds.size() / (Dial.MOST + 1));
  }

  /** What {@link #of(String)} reads. */
  @Override
  public String toString() {
    return Arrays.stream(values).mapToObj(String::valueOf).collect(joining(","));
  }
}
