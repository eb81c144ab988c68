package io.patchbay.intent;

import io.patchbay.base.Json;
import io.patchbay.bot.LocalText;
import io.patchbay.bot.SmallTalk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What people say to any bot without its builder having thought of it, in all languages at once:
 * {@code small-talk.json} has the utterances and what is answered. Only whole messages count.
 */
public final class Phrasebook {
  private static final Map<String, SmallTalk> TOPICS = new HashMap<>();
  private static final Map<SmallTalk, LocalText> ANSWERS = new EnumMap<>(SmallTalk.class);

  static {
    JsonNode all = read();
    for (SmallTalk topic : SmallTalk.values()) {
      JsonNode of = all.path(topic.wire());
      of.path("says").forEach(says -> TOPICS.put(Wording.normalise(says.asString()), topic));
      Map<String, String> answer = new LinkedHashMap<>();
      of.path("answer")
          .properties()
          .forEach(text -> answer.put(text.getKey(), text.getValue().asString()));
      ANSWERS.put(topic, new LocalText(answer));
    }
  }

  private Phrasebook() {}

  /** What is said where the bot has no words of its own. */
  public static LocalText answer(SmallTalk topic) {
    return Objects.requireNonNull(ANSWERS.get(topic));
  }

  /** What the whole message is about, if it is small talk. */
  public static Optional<SmallTalk> topic(String message) {
    return Optional.ofNullable(TOPICS.get(Wording.normalise(message)));
  }

  private static JsonNode read() {
    try (InputStream resource = Phrasebook.class.getResourceAsStream("small-talk.json")) {
      if (resource == null) {
        throw new IllegalStateException("small-talk.json is missing");
      }
      return Json.MAPPER.readTree(resource);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
