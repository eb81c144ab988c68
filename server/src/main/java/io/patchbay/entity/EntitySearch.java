package io.patchbay.entity;

import io.patchbay.bot.EntityType;
import io.patchbay.bot.EntityUse;
import io.patchbay.entity.EntityCollector.Prepared;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One message, searched for the entities of one bot as often as its turn needs. Only its first
 * {@value SearchedText#LONGEST} characters are searched; a {@code text} entity still holds all of
 * it. What all searches cost together is bounded. Used by one thread.
 */
public final class EntitySearch {
  /** Characters of a message that are searched. */
  public static final int SEARCHED = SearchedText.LONGEST;

  /** Places where a recogniser found a value that are looked at; an entity keeps fewer. */
  private static final int MOST_HITS = 1000;

  /** What it costs to see whether one of them is free. */
  private static final int CLAIM_STEPS = 3;

  private final EntityCollector collector;
  private final String message;
  private final SearchedText searched;
  private final IdentityHashMap<Recogniser, List<Hit>> hits = new IdentityHashMap<>();
  private String dearest = "";
  private long mostSpent;

  private record Hit(int start, int end, String value) {}

  EntitySearch(EntityCollector collector, String message) {
    this.collector = collector;
    this.message = message;
    this.searched = new SearchedText(message);
  }

  /** What a search led to. */
  public sealed interface Detected {
    /**
     * @param values entity name to its values in the order of the message; an entity without any is
     *     absent
     */
    record Found(Map<String, List<EntityValue>> values) implements Detected {
      public Found {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
      }
    }

    /**
     * The message cost more than a message may.
     *
     * @param entity that cost most
     * @param characters that were to be searched
     */
    record TooCostly(String entity, int characters) implements Detected {}
  }

  /**
   * The values of the given entities, and of no others.
   *
   * <p>The asked entity is served first, then the required ones in order, then the optional ones. A
   * value never overlaps what an earlier entity of the same kind took, so that one {@code 12} does
   * not fill two numbers. A {@code text} entity takes a message only when it is the one asked for.
   *
   * @param asked the entity that the bot has just asked for
   * @param language ISO 639-1, noted on each value
   */
  public Detected detect(List<EntityUse> uses, Optional<String> asked, String language) {
    Map<String, Claims> claimsByKind = new HashMap<>();
    Map<String, List<EntityValue>> found = new LinkedHashMap<>();
    for (String entity : inOrder(uses, asked)) {
      Optional<Prepared> prepared = collector.prepared(entity);
      if (prepared.isEmpty()) {
        continue;
      }
      EntityType type = prepared.get().type();
      long before = searched.steps().spent();
      Claims claims = claimsByKind.computeIfAbsent(type.kind(), _ -> new Claims());
      List<EntityValue> values =
          type instanceof EntityType.Text
              ? whole(asked.filter(entity::equals).isPresent(), language)
              : items(prepared.get(), claims, language);
      compare(entity, searched.steps().spent() - before);
      if (searched.steps().exhausted()) {
        return new Detected.TooCostly(dearest, searched.text().length());
      }
      if (!values.isEmpty()) {
        found.put(entity, values);
      }
    }
    return new Detected.Found(found);
  }

  private void compare(String entity, long spent) {
    if (spent > mostSpent) {
      mostSpent = spent;
      dearest = entity;
    }
  }

  /** Each entity once. */
  private static Iterable<String> inOrder(List<EntityUse> uses, Optional<String> asked) {
    var order = new LinkedHashSet<String>();
    uses.stream()
        .map(EntityUse::entity)
        .filter(e -> asked.equals(Optional.of(e)))
        .forEach(order::add);
    uses.stream().filter(EntityUse::required).map(EntityUse::entity).forEach(order::add);
    uses.stream().map(EntityUse::entity).forEach(order::add);
    return order;
  }

  private List<EntityValue> whole(boolean asked, String language) {
    String text = message.strip();
    return !asked || text.isEmpty()
        ? List.of()
        : List.of(EntityValue.wrapped(text, text, language, Optional.empty()));
  }

  private List<EntityValue> items(Prepared prepared, Claims claims, String language) {
    List<EntityValue> values = new ArrayList<>();
    for (Hit hit : hits.computeIfAbsent(prepared.recogniser(), this::hits)) {
      if (values.size() == EntityCollector.MOST_ITEMS) {
        break;
      }
      searched.steps().spend(CLAIM_STEPS);
      if (claims.take(hit.start, hit.end)) {
        String original = searched.text().substring(hit.start, hit.end);
        values.add(item(prepared.type(), original, hit.value, language));
      }
    }
    return List.copyOf(values);
  }

  private List<Hit> hits(Recogniser recogniser) {
    List<Hit> found = new ArrayList<>();
    recogniser.find(
        searched,
        (start, end, value) -> {
          if (found.size() < MOST_HITS) {
            found.add(new Hit(start, end, value));
          }
        });
    return found;
  }

  private static EntityValue item(EntityType type, String original, String value, String language) {
    return type instanceof EntityType.Regex regex
        ? EntityValue.wrapped(original, value, language, Optional.of(regex.pattern()))
        : EntityValue.bare(original, value, language);
  }
}
