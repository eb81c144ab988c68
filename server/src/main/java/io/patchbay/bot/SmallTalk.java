package io.patchbay.bot;

import java.util.Locale;

/** What people say to any bot without its builder having thought of it. */
public enum SmallTalk {
  CANCEL,
  RESTART,
  HELLO,
  THANKS,
  YES,
  NO,
  BYE;

  /** As it is written in a definition and in the message log. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether what was begun is given up. */
  public boolean leaves() {
    return this == CANCEL || this == RESTART;
  }
}
