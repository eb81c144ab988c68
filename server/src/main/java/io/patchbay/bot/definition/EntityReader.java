package io.patchbay.bot.definition;

import io.patchbay.bot.EntityType;
import io.patchbay.bot.Say;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/** Reads {@code entities} of the bot. */
final class EntityReader {
  private static final int MOST_ENTITIES = 500;
  private static final int MOST_WORDS = 50_000;
  private static final int LONGEST_WORD = 200;
  private static final int MOST_DIGITS = 18;
  private static final String EXAMPLE = "{type: regex, pattern: '[a-z]{3}\\d{3}'}";

  /** Keys beside {@code type} and {@code reprompt}, by type. */
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "regex", List.of("pattern"),
          "dictionary", List.of("values"),
          "number", List.of("min_digits", "max_digits"),
          "text", List.of(),
          "phone_number", List.of(),
          "email", List.of());

  private final SayReader says;
  private final Totals totals;

  EntityReader(SayReader says, Totals totals) {
    this.says = says;
    this.totals = totals;
  }

  Map<String, EntityType> entities(Place document) {
    var entities = new LinkedHashMap<String, EntityType>();
    document
        .at("entities")
        .ifPresent(all ->
            all.entries(MOST_ENTITIES, "{order_id: " + EXAMPLE + "}")
                .forEach((name, place) ->
                    entity(name, place).ifPresent(entity -> entities.put(name, entity))));
    return entities;
  }

  private Optional<EntityType> entity(String name, Place place) {
    if (!Words.ENTITY.matcher(name).matches()) {
      place.problem("an entity's name is lower_snake_case: up to 64 of a-z 0-9 _, a letter first");
    }
    if (!place.object(EXAMPLE)) {
      return Optional.empty();
    }
    return place
        .required("type", "one of " + String.join(", ", new TreeSet<>(KEYS.keySet())))
        .flatMap(type -> type.text("regex").flatMap(kind -> typed(name, place, type, kind)));
  }

  private Optional<EntityType> typed(String name, Place place, Place type, String kind) {
    if (Later.ENTITY_TYPES.contains(kind)) {
      type.problem(Later.MESSAGE);
      return Optional.empty();
    }
    if (!KEYS.containsKey(kind)) {
      type.problem(
          "no entity type "
              + Quote.name(kind)
              + Suggest.instead(kind, new TreeSet<>(KEYS.keySet())));
      return Optional.empty();
    }
    var keys = new ArrayList<>(KEYS.getOrDefault(kind, List.of()));
    keys.add("type");
    keys.add("reprompt");
    place.onlyKeys(keys);
    List<Say> reprompt = says.says(place, "reprompt");
    return Optional.of(
        switch (kind) {
          case "regex" -> new EntityType.Regex(name, reprompt, pattern(place));
          case "dictionary" -> new EntityType.Dictionary(name, reprompt, values(place));
          case "number" -> number(name, reprompt, place);
          case "phone_number" -> new EntityType.PhoneNumber(name, reprompt);
          case "email" -> new EntityType.Email(name, reprompt);
          default -> new EntityType.Text(name, reprompt);
        });
  }

  private String pattern(Place entity) {
    String example = "'[a-z]{3}\\d{3}'";
    Optional<Place> place =
        entity.required("pattern", "the regular expression, such as " + example);
    Optional<String> pattern = place.flatMap(p -> p.text(example));
    place.ifPresent(p -> pattern.ifPresent(text -> PatternCheck.check(p, text, totals)));
    return pattern.orElse("");
  }

  private Map<String, List<String>> values(Place entity) {
    String example = "{large: [big, l], small: [s]}";
    var values = new LinkedHashMap<String, List<String>>();
    entity
        .required("values", "words with their variants, such as " + example)
        .ifPresent(place -> {
          place
              .entries(MOST_WORDS, example)
              .forEach((word, variants) -> values.put(word, variants(word, variants)));
          if (place.isObject() && place.node().isEmpty()) {
            place.problem("has no word; write for example " + example);
          }
          totals.words(place, characters(values));
        });
    return values;
  }

  private static long characters(Map<String, List<String>> values) {
    return values.entrySet().stream()
        .mapToLong(word ->
            word.getKey().length() + word.getValue().stream().mapToLong(String::length).sum())
        .sum();
  }

  private static List<String> variants(String word, Place place) {
    if (word.isBlank() || word.length() > LONGEST_WORD) {
      place.problem("a word has 1 to " + LONGEST_WORD + " characters");
    }
    var variants = new ArrayList<String>();
    for (Place variant : place.items("[big, l]; [] where there is none")) {
      variant.words(LONGEST_WORD, "big").ifPresent(variants::add);
    }
    return List.copyOf(variants);
  }

  private static EntityType number(String name, List<Say> reprompt, Place place) {
    OptionalInt least = digits(place, "min_digits");
    OptionalInt most = digits(place, "max_digits");
    if (least.isPresent() && most.isPresent() && least.getAsInt() > most.getAsInt()) {
      place
          .at("min_digits")
          .orElseThrow()
          .problem("is more than max_digits, " + most.getAsInt() + "; no number could ever match");
    }
    return new EntityType.WholeNumber(name, reprompt, least, most);
  }

  private static OptionalInt digits(Place entity, String key) {
    Optional<Place> place = entity.at(key);
    if (place.isEmpty()) {
      return OptionalInt.empty();
    }
    var node = place.get().node();
    if (node.isInt() && node.intValue() >= 1 && node.intValue() <= MOST_DIGITS) {
      return OptionalInt.of(node.intValue());
    }
    place.get().problem("must be a whole number from 1 to " + MOST_DIGITS);
    return OptionalInt.empty();
  }
}
