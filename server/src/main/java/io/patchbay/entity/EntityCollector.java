package io.patchbay.entity;

import io.patchbay.bot.Bot;
import io.patchbay.bot.EntityType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds entity values in chat messages. Built once per bot, since patterns are compiled and
 * dictionaries prepared; safe for use by several threads.
 */
public final class EntityCollector {
  /** Items of one entity that are kept from one message; the rest of them is dropped. */
  public static final int MOST_ITEMS = 50;

  /** What one instruction of a pattern's program takes, in bytes. */
  private static final long INSTRUCTION_WEIGHT = 100;

  /**
   * What one character of a dictionary's words takes, in bytes: a word's pieces and their table.
   */
  private static final long CHARACTER_WEIGHT = 90;

  /** What finds a type's values, by the type's name. */
  private final Map<String, Prepared> prepared = new LinkedHashMap<>();

  record Prepared(EntityType type, Recogniser recogniser) {}

  /** Types that find the same share a recogniser. */
  private record Same(String kind, String pattern, OptionalInt least, OptionalInt most) {
    static Same of(EntityType type) {
      OptionalInt none = OptionalInt.empty();
      return switch (type) {
        case EntityType.Regex regex -> new Same(type.kind(), regex.pattern(), none, none);
        case EntityType.Dictionary dictionary ->
            new Same(type.kind(), dictionary.name(), none, none);
        case EntityType.WholeNumber number ->
            new Same(type.kind(), "", number.minDigits(), number.maxDigits());
        case EntityType.PhoneNumber _, EntityType.Email _, EntityType.Text _ ->
            new Same(type.kind(), "", none, none);
      };
    }
  }

  public EntityCollector(Bot bot) {
    Map<Same, Recogniser> recognisers = new HashMap<>();
    bot.entities()
        .forEach((name, type) ->
            prepared.put(
                name,
                new Prepared(
                    type, recognisers.computeIfAbsent(Same.of(type), _ -> recogniser(type)))));
  }

  private static Recogniser recogniser(EntityType type) {
    return switch (type) {
      case EntityType.Regex regex -> new RegexRecogniser(regex.pattern());
      case EntityType.Dictionary dictionary -> new DictionaryRecogniser(dictionary.values());
      case EntityType.WholeNumber number ->
          new NumberRecogniser(number.minDigits(), number.maxDigits());
      case EntityType.PhoneNumber _ -> new PhoneRecogniser();
      case EntityType.Email _ -> new EmailRecogniser();
      case EntityType.Text _ -> WholeMessage.NOTHING;
    };
  }

  /** Begins to search a message; what was found once is not searched for again. */
  public EntitySearch search(String message) {
    return new EntitySearch(this, message);
  }

  Optional<Prepared> prepared(String entity) {
    return Optional.ofNullable(prepared.get(entity));
  }

  /** About how many bytes it takes. */
  public long weight() {
    return prepared.values().stream().mapToLong(one -> weight(one.type, one.recogniser)).sum();
  }

  private static long weight(EntityType type, Recogniser recogniser) {
    return switch (type) {
      case EntityType.Regex _ -> INSTRUCTION_WEIGHT * recogniser.stepsPerCharacter();
      case EntityType.Dictionary dictionary ->
          CHARACTER_WEIGHT
              * dictionary.values().entrySet().stream()
                  .mapToLong(word ->
                      word.getKey().length()
                          + word.getValue().stream().mapToLong(String::length).sum())
                  .sum();
      case EntityType.WholeNumber _,
          EntityType.PhoneNumber _,
          EntityType.Email _,
          EntityType.Text _ ->
          0;
    };
  }

  /** About how many steps each character of a message costs that is searched for these. */
  public long stepsPerCharacter(List<String> entities) {
    return entities.stream()
        .flatMap(entity -> prepared(entity).stream())
        .map(Prepared::recogniser)
        .distinct()
        .mapToLong(Recogniser::stepsPerCharacter)
        .sum();
  }
}
