package io.patchbay.base;

import tools.jackson.databind.JsonNode;

/** How much JSON a tree is, without writing it. */
public final class TreeSize {
  /** What a value takes beside its text: quotes, a comma, its key's colon. */
  private static final int VALUE = 4;

  private final long most;
  private long size;

  private TreeSize(long most) {
    this.most = most;
  }

  /**
   * About how many characters it is.
   *
   * @param most what is more is told as at least this, without looking at the rest
   */
  public static long of(JsonNode tree, long most) {
    var size = new TreeSize(most);
    size.add(tree);
    return size.size;
  }

  private void add(JsonNode value) {
    size += VALUE + (value.isString() ? value.asString().length() : 0);
    for (var entry : value.properties()) {
      if (size >= most) {
        return;
      }
      size += entry.getKey().length();
      add(entry.getValue());
    }
    if (value.isArray()) {
      for (int i = 0; i < value.size() && size < most; i++) {
        add(value.get(i));
      }
    }
  }
}
