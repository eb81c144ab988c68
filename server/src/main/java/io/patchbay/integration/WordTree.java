package io.patchbay.integration;

import java.util.Arrays;

/**
 * Words as they are put together to an {@link Automaton}: those that begin alike share states. A
 * state is a number; 0 is the one in which nothing was read. What follows a state without a branch
 * is the next number, so that most of a word takes no edge at all: a <em>run</em> of states is
 * begun by one edge, from its parent.
 */
final class WordTree {
  static final int ROOT = 0;

  /** In the place of a character that leads on; no word holds it. */
  static final char NONE = '\uffff';

  // by state
  char[] next = {NONE};
  int[] found = {0};
  boolean[] branching = {false};
  int states = 1;

  // by run
  int[] heads = new int[16];
  int[] parents = new int[16];
  int[] depths = new int[16];
  char[] begins = new char[16];
  int runs;

  final Branches branches = new Branches();

  /** Adds a word, folded already. */
  void add(String word) {
    int state = ROOT;
    int at = 0;
    while (at < word.length()) {
      int to = child(state, word.charAt(at));
      if (to == ROOT) {
        break;
      }
      state = to;
      at++;
    }
    if (at < word.length() && (state == ROOT || state != states - 1)) {
      state = begin(state, word.charAt(at), ++at);
    }
    for (; at < word.length(); at++) {
      next[state] = word.charAt(at);
      state = state();
    }
    found[state] = word.length();
  }

  private int child(int state, char c) {
    if (next[state] == c) {
      return state + 1;
    }
    return branching[state] ? branches.get(state, c) : ROOT;
  }

  /** Begins a run. */
  private int begin(int parent, char c, int depth) {
    if (runs == heads.length) {
      heads = Arrays.copyOf(heads, 2 * runs);
      parents = Arrays.copyOf(parents, 2 * runs);
      depths = Arrays.copyOf(depths, 2 * runs);
      begins = Arrays.copyOf(begins, 2 * runs);
    }
    int head = state();
    heads[runs] = head;
    parents[runs] = parent;
    depths[runs] = depth;
    begins[runs++] = c;
    branching[parent] = true;
    branches.put(parent, c, head);
    return head;
  }

  private int state() {
    if (states == next.length) {
      int room = 2 * states + 64;
      next = Arrays.copyOf(next, room);
      found = Arrays.copyOf(found, room);
      branching = Arrays.copyOf(branching, room);
    }
    next[states] = NONE;
    return states++;
  }

  /** The first state behind a run. */
  int end(int run) {
    return run + 1 < runs ? heads[run + 1] : states;
  }
}
