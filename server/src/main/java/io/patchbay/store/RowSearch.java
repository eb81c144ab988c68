package io.patchbay.store;

import static io.patchbay.store.Tables.INVOCATION_AUTH;
import static io.patchbay.store.Tables.INVOCATION_FAILURE;
import static io.patchbay.store.Tables.INVOCATION_ID;
import static io.patchbay.store.Tables.INVOCATION_INPUT;
import static io.patchbay.store.Tables.INVOCATION_LOGS;
import static io.patchbay.store.Tables.INVOCATION_MESSAGE;
import static io.patchbay.store.Tables.INVOCATION_NODE;
import static io.patchbay.store.Tables.INVOCATION_OUTPUT;
import static io.patchbay.store.Tables.INVOCATION_TRACEBACK;

import io.patchbay.integration.LogLine;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/** Looks for a text in rows of invocations; no character of it means anything but itself. */
final class RowSearch {
  private static final List<Field<String>> PLAIN =
      List.of(
          INVOCATION_ID,
          INVOCATION_NODE,
          INVOCATION_AUTH,
          INVOCATION_MESSAGE,
          INVOCATION_FAILURE,
          INVOCATION_TRACEBACK);

  private static final List<Field<String>> JSON = List.of(INVOCATION_INPUT, INVOCATION_OUTPUT);

  /** What a list does not read otherwise. */
  static final List<Field<String>> BULKY =
      List.of(INVOCATION_INPUT, INVOCATION_OUTPUT, INVOCATION_LOGS);

  private final String text;

  /** As it stands inside a string of JSON. */
  private final String escaped;

  RowSearch(String text) {
    String quoted = JsonText.write("the text", StringNode.valueOf(text));
    this.text = lower(text);
    this.escaped = lower(quoted.substring(1, quoted.length() - 1));
  }

  /** Characters of a row that may be large. */
  static long size(Record row) {
    return BULKY.stream().map(row::get).filter(Objects::nonNull).mapToLong(String::length).sum();
  }

  boolean isIn(Record row) {
    return PLAIN.stream().anyMatch(column -> isIn(row.get(column), text))
        || JSON.stream().anyMatch(column -> isInJson(row.get(column)))
        || isInLogs(row.get(INVOCATION_LOGS));
  }

  /** A text of a value, or a piece of the JSON itself. */
  private boolean isInJson(@Nullable String json) {
    return isIn(json, escaped) || (!escaped.equals(text) && isIn(json, text));
  }

  /** Keys and levels, which nearly every row has, do not count. */
  private boolean isInLogs(String json) {
    return isIn(json, escaped)
        && EventJson.readLogs(json).stream().map(LogLine::message).anyMatch(m -> isIn(m, text));
  }

  private static boolean isIn(@Nullable String value, String lower) {
    return value != null && lower(value).contains(lower);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
