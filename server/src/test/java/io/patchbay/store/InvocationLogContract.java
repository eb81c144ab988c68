package io.patchbay.store;

import static io.patchbay.store.Samples.NOON;
import static io.patchbay.store.Samples.draft;
import static io.patchbay.store.Samples.failed;
import static io.patchbay.store.Samples.started;
import static io.patchbay.store.Samples.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Refusal;
import io.patchbay.bot.Environment;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.InvocationLog;
import io.patchbay.integration.InvocationLog.Filter;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.integration.InvocationRecord.Origin;
import io.patchbay.integration.InvocationRecord.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link InvocationLog} does. */
abstract class InvocationLogContract extends StoreContract {
  private static final Filter ALL = Filters.of("acme");

  private InvocationLog log() {
    return stores().invocations();
  }

  @Override
  final void prepare(Stores stores) {
    stores.bots().save(draft("acme", "Acme"), Optional.empty());
    stores.bots().save(draft("other", "Other"), Optional.empty());
  }

  @Test
  final void a_started_invocation_is_found_at_once() {
    log().start(started("inv_1", "acme"));

    assertThat(log().find("inv_1")).contains(started("inv_1", "acme"));
    assertThat(log().find("inv_2")).isEmpty();
  }

  @Test
  final void a_finished_invocation_is_found_whole() {
    InvocationRecord test =
        started("inv_1", "acme", "TRACK", Origin.TEST, Environment.STAGING, NOON);
    InvocationRecord broken = started("inv_2", "acme");
    log().start(test);
    log().start(broken);
    log().finish(succeeded(test));
    log().finish(failed(broken, FailureReason.EXCEPTION));

    assertThat(log().find("inv_1")).contains(succeeded(test));
    assertThat(log().find("inv_2")).contains(failed(broken, FailureReason.EXCEPTION));
  }

  @Test
  final void finishing_what_was_never_started_or_is_finished_keeps_the_last_word() {
    InvocationRecord invocation = started("inv_1", "acme");
    log().finish(failed(invocation, FailureReason.TIMEOUT));
    log().finish(succeeded(invocation));

    assertThat(log().find("inv_1")).contains(succeeded(invocation));
    assertThat(log().list(ALL, Optional.empty(), 9).items()).hasSize(1);
  }

  @Test
  final void lists_leave_the_bulk_out() {
    log().finish(failed(started("inv_1", "acme"), FailureReason.EXCEPTION));

    InvocationRecord listed = log().list(ALL, Optional.empty(), 9).items().getFirst();

    assertThat(listed.input()).isEmpty();
    assertThat(listed.output()).isEmpty();
    assertThat(listed.logs()).isEmpty();
    assertThat(listed.egress()).isEmpty();
    assertThat(listed.failure()).isPresent();
    assertThat(listed.state()).isEqualTo(State.FAILED);
    assertThat(listed.duration()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  final void each_filter_lets_through_what_it_names() {
    fill();

    assertThat(ids(ALL)).containsExactly("e", "d", "c", "b", "a");
    assertThat(ids(filter("node", "OTHER"))).containsExactly("e");
    assertThat(ids(filter("outcome", "succeeded"))).containsExactly("b", "a");
    assertThat(ids(filter("outcome", "failed"))).containsExactly("d", "c");
    assertThat(ids(filter("outcome", "started"))).containsExactly("e");
    assertThat(ids(filter("outcome", "interrupted"))).isEmpty();
    assertThat(ids(filter("reason", "timeout"))).containsExactly("d");
    assertThat(ids(filter("origin", "TEST"))).containsExactly("c", "b");
    assertThat(ids(filter("origin", "CHAT"))).containsExactly("e", "d", "a");
    assertThat(ids(filter("environment", "staging"))).containsExactly("b");
    assertThat(ids(filter("environment", "production"))).containsExactly("e", "d", "c", "a");
    assertThat(ids(filter("since", NOON.plusSeconds(3).toString()))).containsExactly("e", "d");
    assertThat(ids(filter("until", NOON.plusSeconds(2).toString()))).containsExactly("b", "a");
    assertThat(ids(filter("version", "v1"))).hasSize(5);
    assertThat(ids(filter("version", "v2"))).isEmpty();
    assertThat(ids(filter("version", "draft"))).isEmpty();
    assertThat(ids(filter("text", "MSG-"))).containsExactly("e", "d", "a");
    assertThat(ids(filter("outcome", "'; drop table bot --"))).isEmpty();
  }

  @Test
  final void filters_hold_together() {
    fill();
    Filter filter =
        Filters.of(
            "acme",
            "node",
            "TRACK",
            "outcome",
            "failed",
            "reason",
            "exception",
            "origin",
            "TEST",
            "environment",
            "production",
            "version",
            "v1",
            "since",
            NOON.toString(),
            "until",
            NOON.plusSeconds(3).toString(),
            "text",
            "it failed");

    assertThat(ids(filter)).containsExactly("c");
  }

  @Test
  final void times_beyond_what_is_stored_are_no_error() {
    fill();

    assertThat(ids(filter("since", Instant.MAX.toString()))).isEmpty();
    assertThat(ids(filter("since", Instant.MIN.toString()))).hasSize(5);
    assertThat(ids(filter("until", Instant.MAX.toString()))).hasSize(5);
    assertThat(ids(filter("until", Instant.MIN.toString()))).isEmpty();
  }

  @Test
  final void pages_are_stable_while_rows_come_in_and_times_are_equal() {
    for (int i = 0; i < 7; i++) {
      log().start(started("inv_" + i, "acme"));
    }
    var seen = new ArrayList<String>();
    Optional<String> cursor = Optional.empty();
    int pages = 0;
    do {
      InvocationLog.Page page = log().list(ALL, cursor, 3);
      page.items().forEach(item -> seen.add(item.invocationId()));
      cursor = page.nextCursor();
      log().start(started("late_" + pages++, "acme"));
    } while (cursor.isPresent());

    assertThat(seen).containsExactly("inv_6", "inv_5", "inv_4", "inv_3", "inv_2", "inv_1", "inv_0");
    assertThat(pages).isEqualTo(3);
  }

  @Test
  final void pages_before_a_time_go_on_behind_their_cursor() {
    fill();
    Filter filter =
        Filters.of(
            "acme",
            "since",
            NOON.plusSeconds(1).toString(),
            "until",
            NOON.plusSeconds(4).toString());

    InvocationLog.Page first = log().list(filter, Optional.empty(), 2);
    InvocationLog.Page second = log().list(filter, first.nextCursor(), 2);

    assertThat(ids(first)).containsExactly("d", "c");
    assertThat(ids(second)).containsExactly("b");
    assertThat(second.nextCursor()).isEmpty();
    assertThat(first.searched()).isEmpty();
  }

  @Test
  final void a_list_that_ends_with_its_page_has_no_cursor() {
    log().start(started("a", "acme"));
    log().start(started("b", "acme"));

    assertThat(log().list(ALL, Optional.empty(), 2).nextCursor()).isEmpty();
    assertThat(log().list(ALL, Optional.empty(), 1).nextCursor()).isPresent();
  }

  @Test
  final void a_cursor_that_is_none_of_this_list_is_refused() {
    for (String cursor : List.of("", "garbage", "\u0000", "aS4x", "aS54Lnk", "x".repeat(100_000))) {
      assertThatThrownBy(() -> log().list(ALL, Optional.of(cursor), 2))
          .isInstanceOfSatisfying(
              Refusal.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }
  }

  @Test
  final void leftovers_become_interrupted_once_and_nothing_else_does() {
    log().start(started("left", "acme"));
    log().start(started("done", "acme"));
    log().finish(succeeded(started("done", "acme")));

    assertThat(log().interruptLeftovers(NOON.plusSeconds(90))).isEqualTo(1);
    assertThat(log().interruptLeftovers(NOON.plusSeconds(99))).isZero();

    InvocationRecord left = log().find("left").orElseThrow();
    assertThat(left.state()).isEqualTo(State.INTERRUPTED);
    assertThat(left.failure().orElseThrow().reason()).isEqualTo(FailureReason.INTERRUPTED);
    assertThat(left.failure().orElseThrow().message()).isNotBlank();
    assertThat(left.duration()).isEqualTo(Duration.ofSeconds(90));
    assertThat(left.input()).isEqualTo(started("left", "acme").input());
    assertThat(log().find("done")).contains(succeeded(started("done", "acme")));
    assertThat(ids(filter("reason", "interrupted"))).containsExactly("left");
  }

  @Test
  final void a_clock_that_went_back_makes_no_negative_duration() {
    log().start(started("left", "acme"));
    log().interruptLeftovers(NOON.minusSeconds(5));

    assertThat(log().find("left").orElseThrow().duration()).isZero();
  }

  @Test
  final void an_invocation_of_an_unknown_bot_is_refused() {
    assertThatThrownBy(() -> log().start(started("a", "nobody")))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_BOT));
    assertThat(log().list(Filters.of("nobody"), Optional.empty(), 9).items()).isEmpty();
  }

  /** Five invocations of acme, a second apart, and one of another bot. */
  private void fill() {
    log().finish(succeeded(at(0, "a", "TRACK", Origin.CHAT, Environment.PRODUCTION)));
    log().finish(succeeded(at(1, "b", "TRACK", Origin.TEST, Environment.STAGING)));
    log()
        .finish(
            failed(
                at(2, "c", "TRACK", Origin.TEST, Environment.PRODUCTION), FailureReason.EXCEPTION));
    log()
        .finish(
            failed(
                at(3, "d", "TRACK", Origin.CHAT, Environment.PRODUCTION), FailureReason.TIMEOUT));
    log().start(at(4, "e", "OTHER", Origin.CHAT, Environment.PRODUCTION));
    log().start(started("x", "other"));
  }

  private static InvocationRecord at(
      int second, String id, String node, Origin origin, Environment environment) {
    return started(id, "acme", node, origin, environment, NOON.plusSeconds(second));
  }

  private static Filter filter(String name, String value) {
    return Filters.of("acme", name, value);
  }

  private List<String> ids(Filter filter) {
    return ids(log().list(filter, Optional.empty(), 100));
  }

  private static List<String> ids(InvocationLog.Page page) {
    return page.items().stream().map(InvocationRecord::invocationId).toList();
  }
}
