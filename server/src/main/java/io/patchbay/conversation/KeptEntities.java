package io.patchbay.conversation;

import io.patchbay.entity.EntityValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The entities of a conversation, which every payload carries, and every save writes: they are
 * bounded together. Where there is too much, what was collected first is dropped first.
 */
final class KeptEntities {
  /** Characters of JSON, about. */
  static final int MOST = 256 * 1024;

  /** What one item has beside its texts: names of keys, quotes. */
  private static final long FRAME = 100;

  private KeptEntities() {}

  /** Adds what a message held to a turn; the first found is dropped last. */
  static void add(Turn turn, Map<String, List<EntityValue>> found) {
    for (var entry : new ArrayList<>(found.entrySet()).reversed()) {
      turn.entities.remove(entry.getKey());
      turn.entities.put(entry.getKey(), entry.getValue());
    }
    long size = turn.entities.values().stream().mapToLong(KeptEntities::size).sum();
    Iterator<Map.Entry<String, List<EntityValue>>> oldest = turn.entities.entrySet().iterator();
    while (size > MOST && oldest.hasNext()) {
      Map.Entry<String, List<EntityValue>> dropped = oldest.next();
      if (oldest.hasNext()) {
        size -= size(dropped.getValue());
        turn.log.warning(
            "entity "
                + dropped.getKey()
                + " was forgotten: a conversation keeps at most "
                + MOST / 1024
                + " KiB of entities");
        oldest.remove();
      }
    }
  }

  private static long size(List<EntityValue> values) {
    return values.stream().mapToLong(KeptEntities::size).sum();
  }

  private static long size(EntityValue value) {
    return FRAME
        + value.originalText().length()
        + value.plain().length()
        + value.regex().map(String::length).orElse(0);
  }
}
