package io.patchbay.http;

import java.util.Optional;

/**
 * Which part of a list is asked for.
 *
 * @param cursor opaque; made by the store
 * @param limit 1 to 200
 */
record Paging(Optional<String> cursor, int limit) {
  private static final int DEFAULT = 50;
  private static final int MOST = 200;

  static Paging of(Request request) {
    Optional<String> cursor = request.query("cursor");
    if (cursor.filter(c -> c.length() > 1_000).isPresent()) {
      throw Request.invalid("cursor", "must be a next_cursor of this list");
    }
    return new Paging(cursor, request.query("limit").map(Paging::limit).orElse(DEFAULT));
  }

  private static int limit(String text) {
    int limit = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > MOST) {
      throw Request.invalid("limit", "must be a whole number from 1 to " + MOST);
    }
    return limit;
  }
}
