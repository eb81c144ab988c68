package io.patchbay.bot.definition;

import io.patchbay.base.Problem;
import io.patchbay.bot.Bot;
import io.patchbay.bot.EntityType;
import io.patchbay.bot.Environment;
import io.patchbay.bot.LocalText;
import io.patchbay.bot.Node;
import io.patchbay.bot.SmallTalk;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Reads the document that a builder authors, as {@code docs/reference/bot-definition.md} describes
 * it. Whatever the tree holds, the answer is a bot or problems, never an exception.
 */
public final class BotDefinition {
  private static final int LONGEST_NAME = 200;
  private static final List<String> KEYS =
      List.of(
          "bot",
          "name",
          "language",
          "base_url",
          "human_assistance",
          "bot_break",
          "not_understood",
          "did_you_mean",
          "small_talk",
          "egress",
          "limits",
          "variables",
          "entities",
          "nodes",
          "code",
          "samples",
          "requirements");

  private BotDefinition() {}

  /**
   * @param document may carry {@code code}, {@code samples} and {@code requirements}, which are
   *     checked but are no part of the bot; {@link BotFiles} splits them off
   */
  public static ReadResult read(JsonNode document) {
    return read(document, Totals.ofNew());
  }

  private static ReadResult read(JsonNode document, Totals totals) {
    Optional<Problem> unreadable = TreeGuard.check(document);
    if (unreadable.isPresent()) {
      return new ReadResult.Invalid(List.of(unreadable.get()));
    }
    var problems = new Problems();
    var top = new Place(document, "", problems);
    if (!top.object("{bot: acme, nodes: {}}")) {
      return new ReadResult.Invalid(problems.all());
    }
    Known known = Known.in(document);
    Bot bot = bot(top, known, totals);
    new FilesReader(known).check(top, bot);
    return problems.none()
        ? new ReadResult.Valid(bot, known.warnings().all())
        : new ReadResult.Invalid(problems.all());
  }

  /**
   * The bot of a definition that was valid when it was stored; it may hold more in all than a new
   * one.
   *
   * @throws IllegalStateException when it no longer is
   */
  public static Bot stored(JsonNode definition) {
    return switch (read(definition, Totals.ofStored())) {
      case ReadResult.Valid valid -> valid.bot();
      case ReadResult.Invalid(List<Problem> problems) ->
          throw new IllegalStateException("a stored definition is not valid: " + problems);
    };
  }

  private static Bot bot(Place top, Known known, Totals totals) {
    top.onlyKeys(KEYS);
    String bot =
        top.required("bot", "the bot's name in URLs").flatMap(BotDefinition::bot).orElse("");
    language(top);
    var says = new SayReader(known);
    var settings = new SettingsReader(known);
    Map<Environment, String> baseUrl = settings.baseUrl(top);
    Map<String, EntityType> entities = new EntityReader(says, totals).entities(top);
    Map<String, Node> nodes = new NodeReader(known, says, entities).nodes(top);
    NodeCircles.check(top, nodes);
    totals.nodes(top, nodes);
    BaseUrlUse.check(top, known, baseUrl, nodes);
    return new Bot(
        bot,
        top.at("name").flatMap(n -> n.words(LONGEST_NAME, "Acme support")).orElse(bot),
        known.language(),
        baseUrl,
        top.flag("human_assistance", false),
        phrases(top, says, known),
        settings.egress(top),
        settings.limits(top),
        settings.variables(top),
        entities,
        nodes);
  }

  private static Optional<String> bot(Place place) {
    return place
        .text("acme")
        .filter(name -> {
          boolean valid = Words.BOT.matcher(name).matches();
          if (!valid) {
            place.problem("a bot's name has 1 to 64 of a-z 0-9 _ -");
          }
          return valid;
        });
  }

  private static void language(Place top) {
    top.at("language")
        .ifPresent(place ->
            place
                .text("en")
                .ifPresent(code -> {
                  if (!Words.isLanguage(code)) {
                    place.problem(
                        "no language "
                            + Quote.text(code)
                            + "; write a two-letter code of ISO 639-1 such as en");
                  }
                }));
  }

  private static Bot.Phrases phrases(Place top, SayReader says, Known known) {
    return new Bot.Phrases(
        top.at("bot_break")
            .flatMap(says::local)
            .orElseGet(() -> new LocalText(Map.of(known.language(), Bot.DEFAULT_BOT_BREAK))),
        top.at("not_understood").flatMap(says::local).orElse(Bot.DEFAULT_NOT_UNDERSTOOD),
        top.at("did_you_mean").flatMap(says::local).orElse(Bot.DEFAULT_DID_YOU_MEAN),
        smallTalk(top, says));
  }

  private static Optional<Map<SmallTalk, LocalText>> smallTalk(Place top, SayReader says) {
    Optional<Place> given = top.at("small_talk");
    if (given.isEmpty() || given.get().node().isBoolean()) {
      return top.flag("small_talk", true) ? Optional.of(Map.of()) : Optional.empty();
    }
    Place place = given.get();
    var answers = new EnumMap<SmallTalk, LocalText>(SmallTalk.class);
    if (place.object("false, or {thanks: \"With pleasure.\"}")) {
      place.onlyKeys(Stream.of(SmallTalk.values()).map(SmallTalk::wire).toList());
      for (SmallTalk topic : SmallTalk.values()) {
        place.at(topic.wire()).flatMap(says::local).ifPresent(text -> answers.put(topic, text));
      }
    }
    return Optional.of(answers);
  }
}
