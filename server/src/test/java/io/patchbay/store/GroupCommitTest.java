package io.patchbay.store;

import static io.patchbay.store.Samples.draft;
import static io.patchbay.store.Samples.key;
import static io.patchbay.store.Samples.started;
import static io.patchbay.store.Samples.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.base.Refusal;
import io.patchbay.store.StoreFailure.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class GroupCommitTest {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @SuppressWarnings("NullAway.Init") // set before each test
  private Stores stores;

  @BeforeEach
  void open(@TempDir Path folder) {
    stores = Stores.open(folder);
    stores.bots().save(draft("acme", "Acme"), Optional.empty());
  }

  @AfterEach
  void close() {
    threads.close();
    stores.close();
  }

  @Test
  void many_concurrent_turns_share_few_commits_and_all_are_kept() throws Exception {
    long before;
    List<Future<Boolean>> turns = new ArrayList<>();
    try (var _ = holdWriter()) {
      before = stores.database().commits();
      for (int i = 0; i < 500; i++) {
        String user = "user" + i;
        turns.add(threads.submit(() -> commit(user, "t1")));
      }
      awaitWaiting(500);
    }
    for (Future<Boolean> turn : turns) {
      assertThat(turn.get()).isTrue();
    }

    // That of the writer's hold, and two for the turns: a batch has 256 units at most.
    assertThat(stores.database().commits() - before).isEqualTo(3);
    for (int i = 0; i < 500; i++) {
      assertThat(stores.conversations().answered(key("acme", "user" + i), "msg-t1")).isPresent();
    }
  }

  @Test
  void a_unit_that_fails_harms_no_other_of_its_batch() throws Exception {
    commit("ada", "t1");
    List<Future<Boolean>> good = new ArrayList<>();
    List<Future<Boolean>> bad = new ArrayList<>();
    long before;
    try (var _ = holdWriter()) {
      before = stores.database().commits();
      for (int i = 0; i < 20; i++) {
        String user = "user" + i;
        good.add(threads.submit(() -> commit(user, "t1")));
        bad.add(threads.submit(() -> commit("ada", "t1")));
        bad.add(threads.submit(() -> fails(new OutOfMemoryError("a unit's own"))));
        bad.add(threads.submit(() -> fails(new IllegalStateException("a bug"))));
        bad.add(threads.submit(this::badStatement));
      }
      awaitWaiting(100);
    }

    for (Future<Boolean> turn : good) {
      assertThat(turn.get()).isTrue();
    }
    for (Future<Boolean> turn : bad) {
      assertThatThrownBy(turn::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfAny(
              Refusal.class,
              OutOfMemoryError.class,
              IllegalStateException.class,
              StoreFailure.class);
    }
    // That of the writer's hold, and at most one for each unit that did not break its transaction.
    assertThat(stores.database().commits() - before).isLessThanOrEqualTo(1 + 20 + 20);
    assertThat(stores.conversations().transcript(key("acme", "ada"), 9)).hasSize(2);
    assertThat(stores.bots().draft("acme").orElseThrow().requirements()).isNotEmpty();
  }

  @Test
  void units_that_are_refused_share_the_commit_of_the_others() throws Exception {
    commit("ada", "t1");
    List<Future<Boolean>> refused = new ArrayList<>();
    long before;
    try (var _ = holdWriter()) {
      before = stores.database().commits();
      for (int i = 0; i < 20; i++) {
        String user = "user" + i;
        threads.execute(() -> commit(user, "t1"));
        refused.add(threads.submit(() -> commit("ada", "t1")));
      }
      awaitWaiting(40);
    }

    for (Future<Boolean> turn : refused) {
      assertThatThrownBy(turn::get).cause().isInstanceOf(Refusal.class);
    }
    assertThat(stores.database().commits() - before).isEqualTo(2);
  }

  @Test
  void readers_do_not_wait_for_the_writer_and_see_no_half_unit() throws Exception {
    var written = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    Future<Integer> write =
        threads.submit(() ->
            stores
                .database()
                .write(session -> {
                  int rows = session.dsl().execute("update bot set title = 'half'");
                  written.countDown();
                  await(goOn);
                  return rows;
                }));
    written.await();

    assertThat(stores.bots().bots(Optional.empty(), 9).items().getFirst().name()).isEqualTo("Acme");
    goOn.countDown();
    assertThat(write.get()).isEqualTo(1);
    assertThat(stores.bots().bots(Optional.empty(), 9).items().getFirst().name()).isEqualTo("half");
  }

  @Test
  void only_batches_of_started_rows_skip_the_flush() {
    assertThat(stores.database().write(GroupCommitTest::synchronous)).isEqualTo(2);
    assertThat(stores.database().writeForProcess(Load.NONE, GroupCommitTest::synchronous))
        .isEqualTo(1);
    assertThat(stores.database().write(GroupCommitTest::synchronous)).isEqualTo(2);
  }

  @Test
  void a_started_row_in_a_batch_with_a_turn_is_flushed_with_it() throws Exception {
    Future<Integer> startedRow;
    Future<Integer> turn;
    try (var _ = holdWriter()) {
      startedRow =
          threads.submit(
              () -> stores.database().writeForProcess(Load.NONE, GroupCommitTest::synchronous));
      turn = threads.submit(() -> stores.database().write(GroupCommitTest::synchronous));
      awaitWaiting(2);
    }

    assertThat(startedRow.get()).isEqualTo(2);
    assertThat(turn.get()).isEqualTo(2);
  }

  @Test
  void a_lost_transaction_fails_only_its_cause() throws Exception {
    Future<Boolean> good;
    Future<Boolean> bad;
    try (var _ = holdWriter()) {
      good = threads.submit(() -> commit("ada", "t1"));
      bad = threads.submit(this::loseTransaction);
      awaitWaiting(2);
    }

    assertThat(good.get()).isTrue();
    assertThatThrownBy(bad::get).cause().isInstanceOf(StoreFailure.class);
    assertThat(stores.conversations().transcript(key("acme", "ada"), 9)).hasSize(2);
    assertThat(commit("bob", "t1")).isTrue();
  }

  @Test
  void a_full_database_is_a_clear_failure_and_room_makes_the_next_write_work() {
    int pages = stores.database().write(session -> pragma(session, "page_count"));
    stores.database().write(session -> pragma(session, "max_page_count = " + pages));
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 200; i++) {
                stores.invocations().start(started("inv_" + i, "acme"));
              }
            })
        .isInstanceOfSatisfying(
            StoreFailure.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.FULL);
              assertThat(e).hasMessageContaining("full");
            });

    stores.database().write(session -> pragma(session, "max_page_count = 1000000"));
    stores.invocations().start(started("after", "acme"));
    assertThat(stores.invocations().find("after")).isPresent();
  }

  @Test
  void an_interrupted_caller_still_learns_what_came_of_its_write() throws Exception {
    Future<Boolean> turn;
    var interrupted = new CountDownLatch(1);
    try (var _ = holdWriter()) {
      turn =
          threads.submit(() -> {
            Thread self = Thread.currentThread();
            threads.execute(() -> {
              awaitWaiting(1);
              self.interrupt();
              interrupted.countDown();
            });
            return commit("ada", "t1") && Thread.interrupted();
          });
      interrupted.await();
    }

    assertThat(turn.get()).isTrue();
    assertThat(stores.conversations().transcript(key("acme", "ada"), 9)).hasSize(2);
  }

  @Test
  void a_full_queue_is_told_and_what_was_given_up_is_never_run(@TempDir Path folder)
      throws Exception {
    SqliteFile file = SqliteFile.open(folder);
    var bounds = new GroupCommit.Bounds(1, Duration.ofMillis(50), Duration.ofSeconds(3));
    var running = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    var run = new AtomicInteger();
    try (var writer = GroupCommit.start(file::writer, bounds)) {
      Future<Integer> slow =
          threads.submit(() ->
              writer.write(
                  Load.NONE,
                  _ -> {
                    running.countDown();
                    await(free);
                    return 1;
                  },
                  true));
      running.await();
      Future<Integer> queued =
          threads.submit(() -> writer.write(Load.NONE, _ -> run.incrementAndGet(), true));
      awaitWaiting(1, writer::waiting); // it has the one place of the queue

      assertKind(Kind.BUSY, () -> writer.write(Load.NONE, _ -> run.incrementAndGet(), true));
      assertKind(Kind.BUSY, queued::get);
      assertKind(Kind.UNKNOWN, slow::get);
      free.countDown();
      awaitWaiting(0, writer::waiting);
      int runs = writer.write(Load.NONE, _ -> run.incrementAndGet(), true);
      assertThat(runs).isEqualTo(1);
    }
  }

  @Test
  void a_unit_that_waits_for_another_is_a_bug_told_at_once() {
    assertThatThrownBy(() ->
            stores.database().write(_ -> stores.database().write(GroupCommitTest::synchronous)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void close_ends_what_was_accepted_and_refuses_the_rest() throws Exception {
    var turns = new ArrayList<Future<Boolean>>();
    for (int i = 0; i < 200; i++) {
      String user = "user" + i;
      turns.add(threads.submit(() -> commit(user, "t1")));
    }
    stores.close();

    for (Future<Boolean> turn : turns) {
      try {
        assertThat(turn.get()).isTrue();
      } catch (ExecutionException e) {
        assertThat(e)
            .cause()
            .isInstanceOfSatisfying(
                StoreFailure.class, refused -> assertThat(refused.kind()).isEqualTo(Kind.CLOSED));
      }
    }
  }

  private static void assertKind(Kind kind, ThrowingCallable call) {
    assertThatThrownBy(
            () -> {
              try {
                call.call();
              } catch (ExecutionException e) {
                throw e.getCause();
              }
            })
        .isInstanceOfSatisfying(StoreFailure.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  private boolean commit(String user, String turnId) {
    stores.conversations().commit(turn(key("acme", user), turnId, 1));
    return true;
  }

  private boolean fails(Throwable failure) {
    return stores
        .database()
        .write(session -> {
          session.dsl().execute("update draft set requirements = ''");
          if (failure instanceof Error e) {
            throw e;
          }
          throw (RuntimeException) failure;
        });
  }

  private boolean badStatement() {
    return stores.database().write(session -> session.dsl().execute("update nothing")) == 0;
  }

  /** Does what SQLite does by itself when the disk fails. */
  private boolean loseTransaction() {
    return stores.database().write(session -> session.dsl().execute("rollback")) == 0;
  }

  /** Keeps the writer busy until it is closed. */
  private Hold holdWriter() throws InterruptedException {
    var busy = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    threads.execute(() ->
        stores
            .database()
            .write(_ -> {
              busy.countDown();
              await(free);
              return true;
            }));
    busy.await();
    return free::countDown;
  }

  private static int synchronous(Session session) {
    return pragma(session, "synchronous");
  }

  private static int pragma(Session session, String pragma) {
    return session.dsl().fetchSingle("pragma " + pragma).get(0, Integer.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until so many units wait for the writer. */
  private void awaitWaiting(int units) {
    awaitWaiting(units, stores.database()::waiting);
  }

  private static void awaitWaiting(int units, IntSupplier waiting) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (waiting.getAsInt() != units) {
      assertThat(System.nanoTime()).as("%d units wait", waiting.getAsInt()).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private interface Hold extends AutoCloseable {
    @Override
    void close();
  }
}
