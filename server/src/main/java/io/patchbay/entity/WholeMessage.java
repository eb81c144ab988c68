package io.patchbay.entity;

/** A {@code text}: no part of a message to be found, since it is the whole. */
final class WholeMessage implements Recogniser {
  static final WholeMessage NOTHING = new WholeMessage();

  private WholeMessage() {}

  @Override
  public void find(SearchedText message, Taker taker) {}

  @Override
  public long stepsPerCharacter() {
    return 0;
  }
}
