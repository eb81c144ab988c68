package io.patchbay.intent;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The model that messages are matched with where their words do not tell. */
public enum MatchingModel {
  /** None: words alone tell. */
  NONE,
  /** all-MiniLM-L6-v2, quantised: English, 23 MB. */
  MINILM;

  private static final Logger LOG = LoggerFactory.getLogger(MatchingModel.class);

  private static final class Minilm {
    static final Optional<Meanings.Model> LOADED = load();

    private static Optional<Meanings.Model> load() {
      try {
        return Optional.of(SentenceModel.load());
      } catch (IllegalStateException e) {
        LOG.warn("Messages are matched by words alone: {}", e.getMessage(), e);
        return Optional.empty();
      }
    }
  }

  /**
   * Loaded when it is first asked for, and kept as long as the process. Empty too where this
   * machine cannot run it, which the log tells once.
   */
  Optional<Meanings.Model> loaded() {
    return this == NONE ? Optional.empty() : Minilm.LOADED;
  }

  public static Optional<MatchingModel> named(String name) {
    return Arrays.stream(values()).filter(model -> model.wire().equals(name)).findFirst();
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
