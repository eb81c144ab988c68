package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Ids;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.Outcome;
import io.patchbay.executor.Execution.Outcome.Failed;
import io.patchbay.executor.Execution.Outcome.Returned;
import io.patchbay.executor.Execution.Reason;
import io.patchbay.executor.Execution.Timing;
import io.patchbay.executor.Execution.Usage;
import io.patchbay.executor.Executor;
import io.patchbay.http.OperatorRoutes;
import io.patchbay.store.Database;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ReadinessTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong nanos = new AtomicLong();

  @AfterEach
  void close() {
    threads.close();
  }

  @Test
  void a_whole_server_says_that_each_part_works_and_keeps_no_record_of_the_call(@TempDir Path data)
      throws Exception {
    try (WholeServer server = WholeServer.start(data)) {
      WholeServer.Answer answer = server.json("GET", "/health/ready", "");

      var details = answer.json().path("details");
      if (details.path("sandbox_level").asString().equals("none")) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(details.path("sandbox").asString()).isEqualTo("unavailable");
      } else {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(details.path("sandbox").asString()).isEqualTo("ok");
      }
      assertThat(details.path("store_write").asString()).isEqualTo("ok");
      assertThat(details.path("store_read").asString()).isEqualTo("ok");
      assertThat(server.json("GET", "/metrics", "").body())
          .doesNotContain("patchbay_invocations_total{");
    }
  }

  @Test
  void a_locked_database_shows_and_when_it_is_free_the_server_is_ready_by_itself(@TempDir Path data)
      throws Exception {
    try (Database database = Database.open(data);
        Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("patchbay.db"));
        Statement statement = other.createStatement()) {
      Readiness readiness = of(LONG, ReadinessParts.write(database), ReadinessParts.read(database));
      assertThat(look(readiness).ready()).isTrue();
      statement.execute("begin immediate");
      OperatorRoutes.Readiness locked = look(readiness);
      assertThat(locked.ready()).isFalse();
      assertThat(locked.details()).containsEntry("store_read", "ok");
      assertThat(locked.details().get("store_write")).isIn("busy", "no answer");

      statement.execute("rollback");
      OperatorRoutes.Readiness free = look(readiness);
      while (!free.ready()) {
        free = look(readiness);
      }
      assertThat(free.details()).containsEntry("store_write", "ok");
    }
  }

  @Test
  void a_closed_store_shows(@TempDir Path data) {
    Database database = Database.open(data);
    database.close();

    var look = of(LONG, ReadinessParts.write(database), ReadinessParts.read(database)).now();

    assertThat(look.ready()).isFalse();
    assertThat(look.details()).isEqualTo(Map.of("store_write", "closed", "store_read", "closed"));
  }

  @Test
  void what_the_box_answers_is_told() {
    Returned works = new Returned("{}");
    assertThat(box(true, works, Duration.ZERO)).isEqualTo("ready ok");
    assertThat(box(false, works, Duration.ZERO)).isEqualTo("not ready unavailable");
    assertThat(box(true, failed(Reason.OVERLOADED), Duration.ZERO)).isEqualTo("ready busy");
    assertThat(box(true, failed(Reason.TIMEOUT), Duration.ZERO))
        .as("it waited for a place all the time")
        .isEqualTo("ready busy");
    assertThat(box(true, failed(Reason.TIMEOUT), Duration.ofSeconds(2)))
        .isEqualTo("not ready no answer");
    assertThat(box(true, failed(Reason.SANDBOX_UNAVAILABLE), Duration.ZERO))
        .isEqualTo("not ready unavailable");
    assertThat(box(true, failed(Reason.KILLED), Duration.ZERO)).isEqualTo("not ready failed");
  }

  @Test
  void a_part_that_is_stuck_shows_in_time_is_not_tried_again_and_comes_back_by_itself()
      throws Exception {
    var tries = new AtomicInteger();
    var free = new CountDownLatch(1);
    var stuck =
        new Readiness.Part(
            "disk",
            () -> {
              tries.incrementAndGet();
              await(free);
              return Map.of("disk", "ok");
            });
    Readiness readiness = of(SHORT, stuck, good("other"));
    for (int i = 0; i < 3; i++) {
      OperatorRoutes.Readiness look = look(readiness);
      assertThat(look.ready()).isFalse();
      assertThat(look.details()).containsEntry("disk", "no answer").containsEntry("other", "ok");
    }
    assertThat(tries).hasValue(1);

    free.countDown();
    while (!look(readiness).ready()) {
      Thread.onSpinWait();
    }
    assertThat(tries.get()).isGreaterThan(1);
  }

  @Test
  void a_part_that_throws_is_told_as_failed() {
    var bug =
        new Readiness.Part(
            "bug",
            () -> {
              throw new IllegalStateException("of the test");
            });

    assertThat(of(LONG, bug, good("other")).now().details())
        .isEqualTo(Map.of("bug", "failed", "other", "ok"));
  }

  @Test
  void all_who_ask_meanwhile_and_a_second_after_share_one_look() throws Exception {
    var tries = new AtomicInteger();
    var free = new CountDownLatch(1);
    var slow =
        new Readiness.Part(
            "slow",
            () -> {
              tries.incrementAndGet();
              await(free);
              return Map.of("slow", "ok");
            });
    Readiness readiness = of(LONG, slow);
    List<Future<OperatorRoutes.Readiness>> all = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      all.add(threads.submit(readiness::now));
    }
    free.countDown();
    for (Future<OperatorRoutes.Readiness> one : all) {
      assertThat(one.get().ready()).isTrue();
    }
    assertThat(readiness.now().ready()).isTrue();
    assertThat(tries).hasValue(1);

    assertThat(look(readiness).ready()).isTrue();
    assertThat(tries).hasValue(2);
  }

  @Test
  void a_caller_that_is_interrupted_spoils_no_answer_of_others() {
    Readiness readiness = of(LONG, good("a"));
    Thread.currentThread().interrupt();
    var _ = readiness.now();
    assertThat(Thread.interrupted()).isTrue();

    assertThat(look(readiness).ready()).isTrue();
  }

  private Readiness of(Duration limit, Readiness.Part... parts) {
    return new Readiness(List.of(parts), Map::of, limit, nanos::get);
  }

  /** One that nobody has shared. */
  private OperatorRoutes.Readiness look(Readiness readiness) {
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    return readiness.now();
  }

  private static Readiness.Part good(String name) {
    return new Readiness.Part(name, () -> Map.of(name, "ok"));
  }

  private static Failed failed(Reason reason) {
    return new Failed(reason, "of the test");
  }

  private String box(boolean available, Outcome outcome, Duration run) {
    var called = new AtomicReference<CodeCall>();
    Executor executor =
        new FakeExecutor(
            available,
            call -> {
              called.set(call);
              return new Execution(
                  outcome,
                  List.of(),
                  List.of(),
                  new Timing(Duration.ofSeconds(2), Duration.ZERO, run),
                  Usage.NONE);
            });
    Clock clock = Clock.systemUTC();
    var look =
        of(LONG, ReadinessParts.box(executor, new Ids(clock, new SecureRandom()), clock)).now();
    assertThat(called.get() != null).isEqualTo(available);
    return (look.ready() ? "ready " : "not ready ") + look.details().get("sandbox");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private record FakeExecutor(boolean available, Function<CodeCall, Execution> calls)
      implements Executor {
    @Override
    public Execution run(CodeCall call) {
      return calls.apply(call);
    }

    @Override
    public List<SourceProblem> check(String source) {
      return List.of();
    }

    @Override
    public Status status() {
      return new Status(
          available, Level.NAMESPACES, "of the test", new Machine("", "", ""), "", List.of());
    }

    @Override
    public void close() {}
  }
}
