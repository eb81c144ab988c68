package io.patchbay.entity;

/** Finds the values of entities in a message. Safe for use by several threads. */
interface Recogniser {
  /** Offers each value in the order of the message, until the message's steps run out. */
  void find(SearchedText message, Taker taker);

  /** How many steps a character of a message costs at most, where values are rare. */
  long stepsPerCharacter();

  /** Receives what a recogniser found. */
  @FunctionalInterface
  interface Taker {
    /**
     * @param start of the value's words in the message
     * @param end exclusive
     */
    void offer(int start, int end, String value);
  }
}
