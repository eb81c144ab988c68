package io.patchbay.integration;

import java.util.Arrays;

/**
 * Finds many words in one pass over a text, however many they are and however they overlap (Aho and
 * Corasick, 1975). Immutable; a text is read by a {@link Reader}.
 *
 * <p>Theory of operation. The state after a character is the longest beginning of a word that the
 * text read so far ends with. Where the next character does not go on with it, the automaton falls
 * back to the next shorter one, and so on; each fall makes the beginning shorter and each character
 * makes it longer by one at most, so there are fewer falls than characters. Some 10 bytes a state,
 * of which there are at most as many as the words have characters.
 */
final class Automaton {
  private static final int ROOT = WordTree.ROOT;
  private static final int BRANCHING = Integer.MIN_VALUE;
  private static final int STATE = Integer.MAX_VALUE;

  /** Characters that the first states have tables for. */
  private static final int DIRECT = 128;

  /** States from which on an automaton has {@link #rows}, which take 64 KiB. */
  private static final int LARGE = 1024;

  // by state
  private final char[] next;
  private final int[] found;

  /** The state to fall back to, and the bit {@link #BRANCHING}. */
  private final int[] fallback;

  private final int[] heads;
  private final int[] depths;
  private final Branches branches;
  private final int[] first = new int[DIRECT];

  /**
   * Of a large one: the next state by the last character and the next one, where no more than the
   * last begins a word. Most of a text is read by it. The last row is for no character.
   */
  private final int[] rows;

  private Automaton(WordTree words) {
    this.next = Arrays.copyOf(words.next, words.states);
    this.found = Arrays.copyOf(words.found, words.states);
    this.fallback = new int[words.states];
    this.heads = Arrays.copyOf(words.heads, words.runs);
    this.depths = Arrays.copyOf(words.depths, words.runs);
    this.branches = words.branches;
    this.rows = new int[words.states < LARGE ? 0 : (DIRECT + 1) * DIRECT];
  }

  static Automaton of(WordTree words) {
    var automaton = new Automaton(words);
    for (int state = 0; state < words.states; state++) {
      automaton.fallback[state] = words.branching[state] ? BRANCHING : 0;
    }
    for (char c = 0; c < DIRECT; c++) {
      automaton.first[c] = words.branches.get(ROOT, c);
    }
    automaton.connect(words);
    for (int i = 0; i < automaton.rows.length; i++) {
      int last = i / DIRECT;
      int from = last < DIRECT ? automaton.first[last] : ROOT;
      int to = automaton.child(from, (char) (i % DIRECT));
      automaton.rows[i] = to == ROOT ? automaton.first[i % DIRECT] : to;
    }
    return automaton;
  }

  /** Finds where each state falls back to: the shorter before the longer, run beside run. */
  private void connect(WordTree words) {
    long[] byDepth = new long[words.runs];
    for (int run = 0; run < words.runs; run++) {
      byDepth[run] = (long) words.depths[run] << Integer.SIZE | run;
    }
    Arrays.sort(byDepth);
    int[] going = new int[words.runs];
    int count = 0;
    int begun = 0;
    for (int depth = 1; begun < words.runs || count > 0; depth++) {
      while (begun < words.runs && byDepth[begun] >> Integer.SIZE == depth) {
        going[count++] = (int) byDepth[begun++];
      }
      int kept = 0;
      for (int i = 0; i < count; i++) {
        int run = going[i];
        int state = words.heads[run] + depth - words.depths[run];
        if (state < words.end(run)) {
          connect(words, run, state);
          going[kept++] = run;
        }
      }
      count = kept;
    }
  }

  private void connect(WordTree words, int run, int state) {
    boolean head = state == words.heads[run];
    int parent = head ? words.parents[run] : state - 1;
    char c = head ? words.begins[run] : next[state - 1];
    int to = ROOT;
    for (int from = parent; from != ROOT && to == ROOT; ) {
      from = fallback[from] & STATE;
      to = child(from, c);
    }
    fallback[state] |= to;
    if (found[state] == 0) {
      found[state] = found[to];
    }
  }

  private int child(int state, char c) {
    if (next[state] == c) {
      return state + 1;
    }
    if (fallback[state] >= 0) {
      return ROOT;
    }
    return state == ROOT && c < DIRECT ? first[c] : branches.get(state, c);
  }

  boolean isEmpty() {
    return next.length == 1;
  }

  /** How large it is: how many states it has, or would have of the same size. */
  int states() {
    return next.length + rows.length / 2;
  }

  /** The row to go on with, behind a character that led to a state; -1 for none. */
  private int row(int state, char c) {
    if (rows.length == 0) {
      return -1;
    }
    if (c < DIRECT) {
      return state == first[c] ? c : -1;
    }
    return state == ROOT ? DIRECT : -1;
  }

  /** Characters of the beginning of a word that a state stands for. */
  private int depth(int state) {
    if (state == ROOT) {
      return 0;
    }
    int at = Arrays.binarySearch(heads, state);
    int run = at >= 0 ? at : -at - 2;
    return depths[run] + state - heads[run];
  }

  /** Reads one text, character by character. Used by one thread. */
  static final class Reader {
    private final Automaton automaton;
    private int state;
    private int row;
    private long falls;

    Reader(Automaton automaton) {
      this.automaton = automaton;
      restart();
    }

    /**
     * @param c folded as the words are
     * @return how long the longest word is that ends here, 0 where none does
     */
    int read(char c) {
      state = row >= 0 && c < DIRECT ? automaton.rows[row * DIRECT + c] : next(c);
      row = automaton.row(state, c);
      return automaton.found[state];
    }

    private int next(char c) {
      int from = state;
      int to = automaton.child(from, c);
      while (to == ROOT && from != ROOT) {
        falls++;
        from = automaton.fallback[from] & STATE;
        to = automaton.child(from, c);
      }
      return to;
    }

    /** As before the first character. */
    void restart() {
      state = ROOT;
      row = automaton.rows.length == 0 ? -1 : DIRECT;
    }

    /** Characters at the end of what was read that a word begins with. */
    int begun() {
      return automaton.depth(state);
    }

    boolean isAtRoot() {
      return state == ROOT;
    }

    /** Falls since it was made: what it did beside one step a character. */
    long falls() {
      return falls;
    }
  }
}
