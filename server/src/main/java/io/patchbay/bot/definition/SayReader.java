package io.patchbay.bot.definition;

import io.patchbay.bot.LocalText;
import io.patchbay.bot.Say;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads texts and bubbles. */
final class SayReader {
  static final int LONGEST_TEXT = 10_000;
  private static final int MOST_BUBBLES = 50;
  private static final String BUBBLE = "\"Hello.\" or {text: \"Hello.\", type: TEXT, data: {}}";

  private final Known known;

  SayReader(Known known) {
    this.known = known;
  }

  /** The bubbles under a key: one, or a list of them; none where the key is absent. */
  List<Say> says(Place parent, String key) {
    return parent.at(key).map(this::says).orElse(List.of());
  }

  private List<Say> says(Place place) {
    List<Place> bubbles =
        place.node().isArray() ? place.items(MOST_BUBBLES, "[" + BUBBLE + "]") : List.of(place);
    var says = new ArrayList<Say>();
    bubbles.forEach(bubble -> say(bubble).ifPresent(says::add));
    return says;
  }

  private Optional<Say> say(Place place) {
    if (place.isObject() && place.has("variants")) {
      return variants(place);
    }
    return bubble(place);
  }

  private Optional<Say> variants(Place place) {
    place.onlyKeys(Set.of("variants"));
    List<Place> items =
        place.at("variants").orElseThrow().items(MOST_BUBBLES, "[\"Hi.\", \"Hello.\"]");
    if (items.isEmpty() && place.node().path("variants").isArray()) {
      place.problem("variants is empty; give at least one bubble to pick from");
    }
    var variants = new ArrayList<Say>();
    for (Place item : items) {
      if (item.isObject() && item.has("variants")) {
        item.problem("variants do not nest; list all of them in one place");
      } else {
        bubble(item).ifPresent(variants::add);
      }
    }
    return variants.isEmpty() ? Optional.empty() : Optional.of(new Say.Variants(variants));
  }

  private Optional<Say> bubble(Place place) {
    if (place.node() instanceof ObjectNode object) {
      if (object.isEmpty() || object.has("type") || object.has("data")) {
        return element(place, object);
      }
      if (object.propertyNames().stream().noneMatch(SayReader::looksLikeLanguage)) {
        place.problem(
            "is no bubble: an element has type and data, a text in several languages has keys such"
                + " as en; or write "
                + BUBBLE);
        return Optional.empty();
      }
    } else if (!place.node().isString()) {
      place.problem("must be a bubble such as " + BUBBLE + "; this is " + Quote.type(place.node()));
      return Optional.empty();
    }
    return local(place).map(Say.Words::new);
  }

  private Optional<Say> element(Place place, ObjectNode hsl) {
    place.at("type").ifPresent(type -> type.words(64, "TEXT"));
    place.at("data").ifPresent(data -> data.object("{quick_replies: []}"));
    JsonNode text = hsl.path("text");
    if (text.isObject()) {
      place.at("text").ifPresent(this::local);
    } else {
      place.at("text").ifPresent(t -> t.text("\"Hello.\""));
    }
    return Optional.of(new Say.Element(hsl.deepCopy()));
  }

  private static boolean looksLikeLanguage(String key) {
    return key.length() == 2;
  }

  /** A text, or an object of language to text. */
  Optional<LocalText> local(Place place) {
    if (!place.isObject()) {
      return place
          .words(LONGEST_TEXT, "\"Hello.\" or {en: \"Hello.\"}")
          .map(text -> new LocalText(Map.of(known.language(), text)));
    }
    var texts = new LinkedHashMap<String, String>();
    place
        .entries(Words.LANGUAGES.size(), "{en: \"Hello.\"}")
        .forEach((code, text) -> {
          language(text, code);
          text.words(LONGEST_TEXT, "\"Hello.\"").ifPresent(words -> texts.put(code, words));
        });
    if (place.node().isEmpty()) {
      place.problem("has no language; write for example {en: \"Hello.\"}");
    }
    return texts.isEmpty() ? Optional.empty() : Optional.of(new LocalText(texts));
  }

  private static void language(Place place, String code) {
    if (!Words.isLanguage(code)) {
      place.problem(
          "no language "
              + Quote.name(code)
              + "; write a two-letter code of ISO 639-1 such as en or hi");
    }
  }
}
