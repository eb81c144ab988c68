package io.patchbay.executor.hostile;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * A program that looks for what a call of it has left for the next one, and leaves it, as its event
 * says.
 *
 * @param name of its file, without the ending
 * @param about what it leaves, in one sentence
 * @param fates what must become of its process at each level
 * @param source as a builder would write it
 */
record ResidueCase(String name, String about, Map<BoxLevel, Fate> fates, String source) {

  /** What must become of a program, of what it leaves, and of its process. */
  enum Fate {
    /** It did what it tries, and its process is used again. */
    PUT_BACK("leaves, put back"),
    /** It did, and its process is not used again. */
    DISCARDED("leaves, discarded"),
    /** It did, in a process that is never put back, because of what its module has done. */
    NEVER_HELD("leaves, in a process for each call"),
    /** The process ends by it, before or after the call has returned. */
    ENDS("ends"),
    /** The box did not let it. */
    REFUSED("refused"),
    /** What it sees must be another thing each time. */
    DIFFERS("differs"),
    /** It is known, and told in the documentation, that this is left behind. */
    STAYS("stays");

    private final String text;

    Fate(String text) {
      this.text = text;
    }

    static Fate of(String text) {
      return Arrays.stream(values())
          .filter(fate -> fate.text.equals(text))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("unknown expectation: " + text));
    }
  }

  Fate fate(BoxLevel level) {
    return Objects.requireNonNull(fates.get(level));
  }

  @Override
  public String toString() {
    return name;
  }
}
