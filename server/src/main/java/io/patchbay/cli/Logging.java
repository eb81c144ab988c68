package io.patchbay.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;

/** Sets up the JDK's log, unless the operator brings a configuration of their own. */
final class Logging {
  private Logging() {}

  static void setUp() {
    if (System.getProperty("java.util.logging.config.file") != null) {
      return;
    }
    try (InputStream own = Logging.class.getResourceAsStream("logging.properties")) {
      if (own != null) {
        LogManager.getLogManager().readConfiguration(own);
      }
    } catch (IOException e) {
      System.err.println("patchbay: the log keeps the JDK's own settings: " + e.getMessage());
    }
  }
}
