package io.patchbay.entity;

/** Finds the values of one entity in a message. Safe for use by several threads. */
interface Recogniser {
  /** Offers each value in the order of the message, until the taker wants no more. */
  void find(String message, Taker taker);

  /** Receives what a recogniser found. */
  interface Taker {
    /**
     * @param start of the value's words in the message
     * @param end exclusive
     * @return whether more are wanted
     */
    boolean offer(int start, int end, String value);
  }
}
