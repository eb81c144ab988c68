package io.patchbay.store;

import static io.patchbay.store.Samples.NOON;
import static io.patchbay.store.Samples.draft;
import static io.patchbay.store.Samples.failed;
import static io.patchbay.store.Samples.json;
import static io.patchbay.store.Samples.started;
import static io.patchbay.store.Samples.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.bot.Environment;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.InvocationLog;
import io.patchbay.integration.InvocationLog.Filter;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.integration.InvocationRecord.Origin;
import io.patchbay.integration.LogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What every {@link InvocationLog} does when it is searched for a text or a version. */
abstract class InvocationSearchContract extends StoreContract {
  private InvocationLog log() {
    return stores().invocations();
  }

  @Override
  final void prepare(Stores stores) {
    stores.bots().save(draft("acme", "Acme"), Optional.empty());
    stores.bots().save(draft("other", "Other"), Optional.empty());
  }

  @Test
  final void a_text_is_found_wherever_a_builder_may_know_it_from() {
    log().start(started("inv_one", "acme"));
    log().finish(failed(started("inv_two", "acme"), FailureReason.EXCEPTION));
    log().finish(with("inv_three", "{\"order\":\"a42\"}", "hello"));
    log().start(started("inv_one_of_other", "other", "X", Origin.CHAT, Environment.STAGING, NOON));

    assertThat(found("inv_one")).containsExactly("inv_one");
    assertThat(found("track")).containsExactly("inv_three", "inv_two", "inv_one");
    assertThat(found("ADA")).containsExactly("inv_three", "inv_two", "inv_one");
    assertThat(found("msg-inv_two")).containsExactly("inv_two");
    assertThat(found("IT FAILED")).containsExactly("inv_two");
    assertThat(found("line 3")).containsExactly("inv_two");
    assertThat(found("A42")).containsExactly("inv_three");
    assertThat(found("\"order\":\"a42\"")).containsExactly("inv_three");
    assertThat(found("\"status\":true")).containsExactly("inv_three");
    assertThat(found("Hello")).containsExactly("inv_three");
    assertThat(found("nowhere")).isEmpty();
  }

  @Test
  final void what_every_row_has_of_its_own_is_not_searched() {
    log().finish(with("a", "{}", "hello"));

    for (String own : List.of("logger", "message", "1772366400", "code", "production", "v1")) {
      assertThat(found(own)).as(own).isEmpty();
    }
  }

  @Test
  final void no_character_means_anything_but_itself() {
    log().finish(with("a", "{\"t\":\"100% of A_B\"}", "C:\\new \"x\"\n{y}"));
    log().finish(with("b", "{\"t\":\"100 per cent of AxB\"}", "c:/new"));

    for (String text :
        List.of("100%", "a_b", "%", "_b", "c:\\new", "\"x\"", "x\"\n{y", "% o", "\\")) {
      assertThat(found(text)).as(text).containsExactly("a");
    }
    for (String text :
        List.of("a%b", "1__%", ".*", "%%", "'; drop table invocation --", "\u0000")) {
      assertThat(found(text)).as(text).isEmpty();
    }
    assertThat(found("{\"t\":\"100")).containsExactly("b", "a");
    log().start(with("c", "{\"t\":\"he said \\\"hi\\\"\"}", ""));
    assertThat(found("said \"hi\"")).as("a value of the input").containsExactly("c");
  }

  @Test
  final void text_of_any_script_is_found() {
    log().finish(with("a", "{\"t\":\"नमस्ते 👩‍👩‍👧 grüße\"}", "\u2028"));

    for (String text : List.of("नमस्ते", "👩‍👩‍👧", "üß", "\u2028")) {
      assertThat(found(text)).as(text).containsExactly("a");
    }
  }

  @Test
  final void a_page_looks_at_a_bounded_number_of_rows_and_the_next_goes_on_there() {
    log().start(started("needle_old", "acme"));
    fill(InvocationScan.ROWS_OF_TEXT - 1);
    log().start(started("needle_new", "acme"));

    InvocationLog.Page first = search("needle", Optional.empty(), 50);
    InvocationLog.Page second = search("needle", first.nextCursor(), 50);

    assertThat(ids(first)).containsExactly("needle_new");
    assertThat(first.searched()).contains(InvocationScan.ROWS_OF_TEXT);
    assertThat(ids(second)).containsExactly("needle_old");
    assertThat(second.searched()).contains(1);
    assertThat(second.nextCursor()).isEmpty();
  }

  @Test
  final void a_page_with_nothing_on_it_still_says_where_the_next_begins() {
    log().start(started("needle", "acme"));
    fill(InvocationScan.ROWS_OF_TEXT);

    InvocationLog.Page first = search("needle", Optional.empty(), 1);

    assertThat(first.items()).isEmpty();
    assertThat(ids(search("needle", first.nextCursor(), 1))).containsExactly("needle");
  }

  @Test
  final void a_full_page_goes_on_behind_its_last_row() {
    for (int i = 0; i < 5; i++) {
      log().start(started("needle_" + i, "acme"));
      log().start(started("other_" + i, "acme"));
    }
    List<String> seen = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      InvocationLog.Page page = search("needle", cursor, 2);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(2);
      seen.addAll(ids(page));
      cursor = page.nextCursor();
      log().start(started("needle_late_" + seen.size(), "acme"));
    } while (cursor.isPresent());

    assertThat(seen).containsExactly("needle_4", "needle_3", "needle_2", "needle_1", "needle_0");
  }

  @Test
  final void a_page_of_huge_rows_is_bounded_by_their_size() {
    String huge = "{\"t\":\"" + "x".repeat((int) (InvocationScan.CHARACTERS / 3)) + "\"}";
    for (String id : List.of("a", "b", "c", "d", "e")) {
      log().start(with(id, huge, ""));
    }

    InvocationLog.Page page = search("needle", Optional.empty(), 9);

    assertThat(page.searched()).contains(3);
    assertThat(page.items()).isEmpty();
    assertThat(search("needle", page.nextCursor(), 9).nextCursor()).isEmpty();
  }

  @Test
  final void a_search_ends_where_its_time_begins() {
    log().start(at("needle_1", NOON));
    log().start(at("needle_2", NOON.plusSeconds(1)));
    log().start(at("needle_3", NOON.plusSeconds(2)));
    Filter filter =
        Filters.of(
            "acme",
            "text",
            "needle",
            "since",
            NOON.plusSeconds(1).toString(),
            "until",
            NOON.plusSeconds(2).toString());

    InvocationLog.Page page = log().list(filter, Optional.empty(), 1);

    assertThat(ids(page)).containsExactly("needle_2");
    assertThat(page.nextCursor()).isEmpty();
  }

  @Test
  final void a_version_is_looked_for_among_a_bounded_number_of_rows() {
    log().start(of("old", Optional.of("v2"), Origin.CHAT));
    fill(InvocationScan.ROWS);
    log().start(of("new", Optional.of("v2"), Origin.CHAT));
    Filter filter = Filters.of("acme", "version", "v2");

    InvocationLog.Page first = log().list(filter, Optional.empty(), 9);
    InvocationLog.Page second = log().list(filter, first.nextCursor(), 9);

    assertThat(ids(first)).containsExactly("new");
    assertThat(first.searched()).contains(InvocationScan.ROWS);
    assertThat(ids(second)).containsExactly("old");
    assertThat(second.nextCursor()).isEmpty();
  }

  @Test
  final void runs_of_drafts_are_those_of_tests_without_a_version() {
    log().start(of("draft", Optional.empty(), Origin.TEST));
    log().start(of("live", Optional.of("v1"), Origin.CHAT));

    InvocationLog.Page page =
        log().list(Filters.of("acme", "version", "draft"), Optional.empty(), 9);

    assertThat(ids(page)).containsExactly("draft");
    assertThat(ids(log().list(Filters.of("acme", "version", "V1"), Optional.empty(), 9))).isEmpty();
    assertThat(
            ids(
                log()
                    .list(
                        Filters.of("acme", "version", "draft", "text", "live"),
                        Optional.empty(),
                        9)))
        .isEmpty();
  }

  /** Rows without what is looked for, of a moment each. */
  private void fill(int rows) {
    stores()
        .database()
        .write(session -> {
          var sql = new InvocationSql(stores().database(), new BotIds(stores().database()));
          for (int i = 0; i < rows; i++) {
            sql.insert(session, InvocationSql.Written.started(started("fill_" + i, "acme")));
          }
          return rows;
        });
  }

  private static InvocationRecord at(String id, Instant time) {
    return started(id, "acme", "TRACK", Origin.CHAT, Environment.PRODUCTION, time);
  }

  private static InvocationRecord of(String id, Optional<String> version, Origin origin) {
    InvocationRecord one = started(id, "acme", "TRACK", origin, Environment.PRODUCTION, NOON);
    return changed(one, version, one.input().map(ObjectNode.class::cast).orElseThrow(), List.of());
  }

  private static InvocationRecord with(String id, String input, String log) {
    InvocationRecord one = succeeded(started(id, "acme"));
    return changed(
        one, one.version(), json(input), List.of(new LogLine("INFO", "root", log, NOON)));
  }

  private static InvocationRecord changed(
      InvocationRecord one, Optional<String> version, ObjectNode input, List<LogLine> logs) {
    return new InvocationRecord(
        one.invocationId(),
        one.bot(),
        one.node(),
        one.type(),
        one.origin(),
        one.environment(),
        version,
        one.message(),
        one.state(),
        one.failure(),
        one.startedAt(),
        one.duration(),
        Optional.of(input),
        one.output(),
        logs,
        one.egress(),
        one.measures());
  }

  private InvocationLog.Page search(String text, Optional<String> cursor, int limit) {
    return log().list(Filters.of("acme", "text", text), cursor, limit);
  }

  private List<String> found(String text) {
    return ids(search(text, Optional.empty(), 50));
  }

  private static List<String> ids(InvocationLog.Page page) {
    return page.items().stream().map(InvocationRecord::invocationId).toList();
  }
}
