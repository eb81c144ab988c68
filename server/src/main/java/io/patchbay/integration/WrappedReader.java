package io.patchbay.integration;

import java.util.Arrays;

/**
 * Finds encoded secrets, also across line breaks, as MIME and PEM have them: CR and LF, as they are
 * or escaped by backslashes, with the indentation behind them. Used by one thread.
 */
final class WrappedReader {
  /** A line that goes on in the next has so many encoded characters at its end. */
  private static final int SHORTEST_LINE = 4;

  private enum Place {
    LINE,
    /** Behind a break: in the white space that it has. */
    BREAK,
    /** Behind backslashes that follow a line. */
    ESCAPE,
    /** Behind backslashes in a break. */
    ESCAPE_IN_BREAK
  }

  private final Automaton.Reader reader;
  private final Spots spots = new Spots();
  private Place place = Place.LINE;

  /** Encoded characters at the end of the line so far. */
  private int line;

  /** Characters of the break that is being read. */
  private int pending;

  /** Characters of all breaks since the last character that is not encoded. */
  private int skipped;

  // The breaks that what is being read goes across: where each ends, counted without breaks, and
  // what was skipped until there.
  private int[] ends = new int[8];
  private int[] skips = new int[8];
  private int breaks;

  WrappedReader(Automaton automaton) {
    this.reader = new Automaton.Reader(automaton);
  }

  /**
   * @param cut whether the text may end within a secret
   */
  Spots find(String text, boolean cut) {
    spots.clear();
    restart();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char code = Folding.encoded(c);
      if (place == Place.LINE && code != 0) {
        read(code, i);
      } else if (place == Place.LINE && c != '\\' && c != '\n' && c != '\r') {
        endLine();
      } else {
        turn(c, code, i);
      }
    }
    int begun = reader.begun();
    if (cut && begun >= SecretMask.SHORTEST) {
      spots.add(begin(text.length() - pending, begun), text.length());
    }
    return spots;
  }

  private void read(char code, int at) {
    line++;
    int length = reader.read(code);
    if (length > 0) {
      spots.add(begin(at + 1, length), at + 1);
    }
  }

  /** Where the last so many encoded characters begin in the text. */
  private int begin(int end, int length) {
    int from = end - skipped - length;
    int at = breaks == 0 ? -1 : Arrays.binarySearch(ends, 0, breaks, from);
    int last = at >= 0 ? at : -at - 2;
    return breaks == 0 || last < 0 ? from : from + skips[last];
  }

  private void turn(char c, char code, int at) {
    Place to = next(c, code);
    boolean broken = to == Place.BREAK && place != Place.BREAK && place != Place.ESCAPE_IN_BREAK;
    if (to == Place.LINE || (broken && line < SHORTEST_LINE)) {
      boolean goesOn = place == Place.BREAK && code != 0;
      if (goesOn) {
        resume(at);
      } else {
        restart();
      }
      if (code != 0) {
        read(code, at);
      }
    } else {
      place = to;
      pending++;
    }
  }

  private Place next(char c, char code) {
    boolean escaped = place == Place.ESCAPE || place == Place.ESCAPE_IN_BREAK;
    boolean inBreak = place == Place.BREAK || place == Place.ESCAPE_IN_BREAK;
    if (c == '\\') {
      return inBreak ? Place.ESCAPE_IN_BREAK : Place.ESCAPE;
    }
    if (escaped) {
      return c == 'n' || c == 'r' || (inBreak && c == 't') ? Place.BREAK : Place.LINE;
    }
    boolean space = inBreak && (c == ' ' || c == '\t');
    return code == 0 && (c == '\n' || c == '\r' || space) ? Place.BREAK : Place.LINE;
  }

  /** Goes on behind a break. */
  private void resume(int at) {
    skipped += pending;
    if (reader.isAtRoot()) {
      skipped = 0;
      breaks = 0;
    } else {
      remember(at - skipped);
    }
    pending = 0;
    line = 0;
    place = Place.LINE;
  }

  private void remember(int end) {
    if (breaks == ends.length) {
      ends = Arrays.copyOf(ends, 2 * breaks);
      skips = Arrays.copyOf(skips, 2 * breaks);
    }
    ends[breaks] = end;
    skips[breaks++] = skipped;
  }

  /** Nothing that is encoded goes on. */
  private void endLine() {
    if (line > 0) {
      restart();
    }
  }

  private void restart() {
    reader.restart();
    place = Place.LINE;
    line = 0;
    pending = 0;
    skipped = 0;
    breaks = 0;
  }

  long falls() {
    return reader.falls();
  }
}
