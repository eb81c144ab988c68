package io.patchbay.bot.definition;

import io.patchbay.base.Problem;
import io.patchbay.bot.Bot;
import io.patchbay.bot.Connection.Trigger;
import io.patchbay.bot.EntityType;
import io.patchbay.bot.LocalText;
import io.patchbay.bot.Node;
import io.patchbay.bot.Say;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Looks through what users and the bot say. */
final class TextReview {
  private static final Pattern ENTITY_TAG = Pattern.compile("%entitytag_([a-z0-9_]+)");

  private final Bot bot;
  private final List<Problem> warnings = new ArrayList<>();

  private TextReview(Bot bot) {
    this.bot = bot;
  }

  static List<Problem> warnings(Bot bot) {
    var review = new TextReview(bot);
    review.sharedUtterances();
    review.local("bot_break", bot.botBreak());
    bot.entities()
        .forEach((name, type) -> review.says("entities." + name + ".reprompt", type.reprompt()));
    bot.nodes().values().forEach(review::node);
    return review.warnings;
  }

  private void sharedUtterances() {
    var owners = new HashMap<String, Node>();
    for (Node node : bot.nodes().values()) {
      if (!node.start() || !node.active()) {
        continue;
      }
      for (String utterance : node.userSays()) {
        Node owner = owners.putIfAbsent(normal(utterance), node);
        if (owner != null && !owner.name().equals(node.name())) {
          warn(
              BotReview.place(node) + ".user_says",
              "start node " + owner.name() + " has " + Quote.text(utterance) + " as well");
        }
      }
    }
  }

  /** As utterances are compared: NFKC, lower case, without punctuation and spaces at the ends. */
  static String normal(String utterance) {
    return Normalizer.normalize(utterance, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("^[\\p{P}\\s]+|[\\p{P}\\s]+$", "");
  }

  private void node(Node node) {
    String place = BotReview.place(node);
    says(place + ".bot_says", node.botSays());
    for (int i = 0; i < node.entities().size(); i++) {
      says(place + ".entities[" + i + "].ask", node.entities().get(i).ask());
    }
    node.integration()
        .ifPresent(integration -> {
          says(place + ".integration.response_before", integration.responseBefore());
          says(place + ".integration.response_after", integration.responseAfter());
        });
  }

  private void says(String place, List<Say> says) {
    says.forEach(say -> say(place, say));
  }

  private void say(String place, Say say) {
    switch (say) {
      case Say.Words(LocalText text) -> {
        local(place, text);
        text.byLanguage().values().forEach(words -> tags(place, words));
      }
      case Say.Element(JsonNode hsl) -> tags(place, hsl);
      case Say.Variants(List<Say> of) -> says(place, of);
    }
  }

  private void local(String place, LocalText text) {
    if (!text.byLanguage().containsKey(bot.language())) {
      warn(
          place,
          "has no text in the bot's language, "
              + bot.language()
              + "; users of a language that it lacks get any other");
    }
  }

  private void tags(String place, JsonNode hsl) {
    if (hsl.isString()) {
      tags(place, hsl.asString());
    }
    hsl.forEach(child -> tags(place, child));
  }

  private void tags(String place, String text) {
    Matcher tag = ENTITY_TAG.matcher(text);
    while (tag.find()) {
      if (!bot.entities().containsKey(tag.group(1))) {
        warn(
            place,
            "no entity "
                + Quote.name(tag.group(1))
                + " for %entitytag_"
                + Quote.name(tag.group(1))
                + Suggest.instead(tag.group(1), bot.entities().keySet()));
      }
    }
  }

  /** Values that a dictionary never gives. */
  static void words(Bot bot, String place, Trigger.Entities trigger, List<Problem> warnings) {
    var dictionaries = new LinkedHashMap<String, Map<String, List<String>>>();
    trigger
        .tests()
        .keySet()
        .forEach(name -> {
          if (bot.entities().get(name) instanceof EntityType.Dictionary dictionary) {
            dictionaries.put(name, dictionary.values());
          }
        });
    dictionaries.forEach((name, values) -> {
      var test = trigger.tests().get(name);
      List<String> wanted = test == null ? List.of() : test.anyOf().orElse(List.of());
      wanted.stream()
          .filter(word -> !values.containsKey(word))
          .forEach(word ->
              warnings.add(
                  new Problem(
                      place + ".entity." + name + ".values",
                      "no word "
                          + Quote.text(word)
                          + " in "
                          + name
                          + Suggest.instead(word, values.keySet()))));
    });
  }

  private void warn(String pointer, String message) {
    warnings.add(new Problem(pointer, message));
  }
}
