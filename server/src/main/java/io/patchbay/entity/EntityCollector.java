package io.patchbay.entity;

import io.patchbay.bot.Bot;
import io.patchbay.bot.EntityType;
import io.patchbay.bot.EntityUse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds entity values in chat messages. Built once per bot, since patterns are compiled and
 * dictionaries prepared; safe for use by several threads.
 *
 * <p>Time is linear in the message. Only its first {@value #SEARCHED} characters are searched; a
 * {@code text} entity still holds all of it.
 */
public final class EntityCollector {
  /** Characters of a message that are searched. */
  public static final int SEARCHED = 100_000;

  /** Items of one entity that are kept from one message; the rest of them is dropped. */
  public static final int MOST_ITEMS = 50;

  private final Map<String, EntityType> types;
  private final Map<String, Recogniser> recognisers = new HashMap<>();

  public EntityCollector(Bot bot) {
    this.types = bot.entities();
    types.forEach((name, type) -> recognisers.put(name, recogniser(type)));
  }

  private static Recogniser recogniser(EntityType type) {
    return switch (type) {
      case EntityType.Regex regex -> new RegexRecogniser(regex.pattern());
      case EntityType.Dictionary dictionary -> new DictionaryRecogniser(dictionary.values());
      case EntityType.WholeNumber number ->
          new NumberRecogniser(number.minDigits(), number.maxDigits());
      case EntityType.PhoneNumber _ -> new PhoneRecogniser();
      case EntityType.Email _ -> new EmailRecogniser();
      // A text is no part of a message to be found: detect() takes the whole.
      case EntityType.Text _ -> (_, _) -> {};
    };
  }

  /**
   * The values of the given entities, and of no others, in a message.
   *
   * <p>The asked entity is served first, then the required ones in order, then the optional ones. A
   * value never overlaps what an earlier entity of the same kind took, so that one {@code 12} does
   * not fill two numbers. A {@code text} entity takes a message only when it is the one asked for.
   *
   * @param asked the entity that the bot has just asked for
   * @param language ISO 639-1, noted on each value
   * @return entity name to its values in the order of the message; an entity without any is absent
   */
  public Map<String, List<EntityValue>> detect(
      List<EntityUse> uses, Optional<String> asked, String message, String language) {
    String searched = searched(message);
    Map<String, Claims> claimsByKind = new HashMap<>();
    Map<String, List<EntityValue>> found = new LinkedHashMap<>();
    for (String entity : inOrder(uses, asked)) {
      EntityType type = types.get(entity);
      Recogniser recogniser = recognisers.get(entity);
      if (type == null || recogniser == null) {
        continue;
      }
      Claims claims = claimsByKind.computeIfAbsent(type.kind(), _ -> new Claims());
      List<EntityValue> values =
          type instanceof EntityType.Text
              ? whole(message, asked.filter(entity::equals).isPresent(), language)
              : items(type, recogniser, searched, claims, language);
      if (!values.isEmpty()) {
        found.put(entity, values);
      }
    }
    return Collections.unmodifiableMap(found);
  }

  private static String searched(String message) {
    if (message.length() <= SEARCHED) {
      return message;
    }
    boolean splitsPair = Character.isHighSurrogate(message.charAt(SEARCHED - 1));
    return message.substring(0, splitsPair ? SEARCHED - 1 : SEARCHED);
  }

  /** Each entity once. */
  private static Iterable<String> inOrder(List<EntityUse> uses, Optional<String> asked) {
    var order = new java.util.LinkedHashSet<String>();
    uses.stream()
        .map(EntityUse::entity)
        .filter(e -> asked.equals(Optional.of(e)))
        .forEach(order::add);
    uses.stream().filter(EntityUse::required).map(EntityUse::entity).forEach(order::add);
    uses.stream().map(EntityUse::entity).forEach(order::add);
    return order;
  }

  private static List<EntityValue> whole(String message, boolean asked, String language) {
    String text = message.strip();
    return !asked || text.isEmpty()
        ? List.of()
        : List.of(EntityValue.wrapped(text, text, language, Optional.empty()));
  }

  private static List<EntityValue> items(
      EntityType type, Recogniser recogniser, String message, Claims claims, String language) {
    List<EntityValue> values = new ArrayList<>();
    recogniser.find(
        message,
        (start, end, value) -> {
          if (claims.take(start, end)) {
            values.add(item(type, message.substring(start, end), value, language));
          }
          return values.size() < MOST_ITEMS;
        });
    return List.copyOf(values);
  }

  private static EntityValue item(EntityType type, String original, String value, String language) {
    return type instanceof EntityType.Regex regex
        ? EntityValue.wrapped(original, value, language, Optional.of(regex.pattern()))
        : EntityValue.bare(original, value, language);
  }
}
