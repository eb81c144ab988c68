package io.patchbay.bot.definition;

import io.patchbay.base.Compatible;
import io.patchbay.bot.Bot;
import io.patchbay.bot.Connection.Trigger;
import io.patchbay.bot.EntityType;
import io.patchbay.bot.LocalText;
import io.patchbay.bot.Node;
import io.patchbay.bot.Say;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Looks through what users and the bot say. */
final class TextReview {
  private static final Pattern ENTITY_TAG = Pattern.compile("%entitytag_([a-z0-9_]+)");

  private final Bot bot;
  private final Problems warnings;

  private TextReview(Bot bot, Problems warnings) {
    this.bot = bot;
    this.warnings = warnings;
  }

  static void review(Bot bot, Problems warnings) {
    var review = new TextReview(bot, warnings);
    review.sharedUtterances();
    review.local("bot_break", bot.phrases().botBreak());
    if (!bot.phrases().notUnderstood().equals(Bot.DEFAULT_NOT_UNDERSTOOD)) {
      review.local("not_understood", bot.phrases().notUnderstood());
    }
    if (!bot.phrases().didYouMean().equals(Bot.DEFAULT_DID_YOU_MEAN)) {
      review.local("did_you_mean", bot.phrases().didYouMean());
    }
    bot.phrases()
        .smallTalk()
        .ifPresent(
            own -> own.forEach((topic, text) -> review.local("small_talk." + topic.wire(), text)));
    bot.entities()
        .forEach((name, type) -> review.says("entities." + name + ".reprompt", type.reprompt()));
    bot.nodes().values().forEach(review::node);
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
              () -> "start node " + owner.name() + " has " + Quote.text(utterance) + " as well");
        }
      }
    }
  }

  /** As utterances are compared: NFKC, lower case, without punctuation and spaces at the ends. */
  static String normal(String utterance) {
    String folded = Compatible.form(utterance).toLowerCase(Locale.ROOT);
    int start = 0;
    int end = folded.length();
    while (start < end && isEdge(folded.codePointAt(start))) {
      start += Character.charCount(folded.codePointAt(start));
    }
    while (end > start && isEdge(folded.codePointBefore(end))) {
      end -= Character.charCount(folded.codePointBefore(end));
    }
    return folded.substring(start, end);
  }

  private static boolean isEdge(int c) {
    return Character.isWhitespace(c)
        || switch (Character.getType(c)) {
          case Character.CONNECTOR_PUNCTUATION,
              Character.DASH_PUNCTUATION,
              Character.START_PUNCTUATION,
              Character.END_PUNCTUATION,
              Character.INITIAL_QUOTE_PUNCTUATION,
              Character.FINAL_QUOTE_PUNCTUATION,
              Character.OTHER_PUNCTUATION ->
              true;
          default -> false;
        };
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
          () ->
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
        String name = tag.group(1);
        warn(
            place,
            () ->
                "no entity "
                    + Quote.name(name)
                    + " for %entitytag_"
                    + Quote.name(name)
                    + instead(warnings, name, bot.entities().keySet()));
      }
    }
  }

  /** Values that a dictionary never gives. */
  static void words(Bot bot, String place, Trigger.Entities trigger, Problems warnings) {
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
                  place + ".entity." + name + ".values",
                  () ->
                      "no word "
                          + Quote.text(word)
                          + " in "
                          + name
                          + instead(warnings, word, values.keySet())));
    });
  }

  private static String instead(Problems warnings, String word, Set<String> known) {
    return warnings.fewSoFar() ? Suggest.instead(word, known) : "";
  }

  private void warn(String pointer, Supplier<String> message) {
    warnings.add(pointer, message);
  }
}
