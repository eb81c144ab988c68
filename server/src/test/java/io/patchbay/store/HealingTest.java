package io.patchbay.store;

import static io.patchbay.store.Samples.draft;
import static io.patchbay.store.Samples.key;
import static io.patchbay.store.Samples.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.store.StoreFailure.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a unit or a query does, the next ones find a session that works. */
@Timeout(120)
final class HealingTest {
  private static final GroupCommit.Bounds BOUNDS =
      new GroupCommit.Bounds(1024, Duration.ofSeconds(5), Duration.ofSeconds(60));

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @SuppressWarnings("NullAway.Init") // set before each test
  private SqliteFile file;

  @BeforeEach
  void open(@TempDir Path folder) {
    file = SqliteFile.open(folder);
  }

  @AfterEach
  void close() {
    threads.close();
  }

  @Test
  void a_text_that_is_too_big_for_a_statement_breaks_no_later_write(@TempDir Path folder) {
    try (Stores stores = Stores.open(folder)) {
      stores.bots().save(draft("acme", "Acme"), Optional.empty());
      stores.conversations().commit(turn(key("acme", "ada"), "t1", 1));
      assertThatThrownBy(() ->
              stores
                  .database()
                  .write(session -> {
                    // Each for itself is let in; the row of both is not.
                    session.limit(100_000);
                    return Odd.put(session, "x".repeat(70_000), "y".repeat(70_000));
                  }))
          .isInstanceOfSatisfying(
              StoreFailure.class, e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE));

      assertThat(stores.database().<Integer>write(session -> Odd.put(session, "small", "")))
          .as("the same statement")
          .isEqualTo(1);
      for (int i = 2; i < 5; i++) {
        stores.conversations().commit(turn(key("acme", "ada"), "t" + i, i));
      }
      assertThat(stores.conversations().transcript(key("acme", "ada"), 99)).hasSize(8);
    }
  }

  @Test
  void a_statement_that_a_unit_leaves_open_breaks_no_later_write() {
    try (var writer = GroupCommit.start(file::writer, BOUNDS)) {
      for (Supplier<Throwable> failure : Odd.failures()) {
        assertThatThrownBy(() ->
                writer.write(
                    Load.NONE,
                    session -> {
                      Odd.put(session, "undone", "");
                      return Odd.fetchAndFail(session, failure.get());
                    },
                    true))
            .isNotNull();
        assertThat(write(writer, session -> Odd.count(session, "undone"))).isZero();
      }
    }
  }

  @Test
  void failures_at_any_statement_lose_and_double_nothing_of_the_others() throws Exception {
    var good = new ArrayList<Future<Integer>>();
    var bad = new ArrayList<Future<Integer>>();
    try (var writer = GroupCommit.start(file::writer, BOUNDS)) {
      for (int round = 0; round < 5; round++) {
        try (Hold _ = hold(writer)) {
          for (int i = 0; i < 40; i++) {
            String name = round + "-" + i;
            Throwable failure = Odd.failures().get(i % Odd.failures().size()).get();
            int at = i % 5;
            good.add(threads.submit(() -> writer.write(owner(name), s -> three(s, name), true)));
            bad.add(
                threads.submit(() ->
                    writer.write(owner(name), s -> failAt(s, "bad" + name, at, failure), true)));
          }
          awaitWaiting(writer, 80);
        }
      }
      for (Future<Integer> unit : good) {
        assertThat(unit.get()).isEqualTo(3);
      }
      for (Future<Integer> unit : bad) {
        assertThatThrownBy(unit::get).isInstanceOf(ExecutionException.class);
      }
      assertThat(write(writer, session -> Odd.count(session, "%"))).isEqualTo(3 * 200);
    }
  }

  @Test
  void order_within_an_owner_stays_though_some_units_are_run_again() throws Exception {
    var order = new ArrayList<Future<Long>>();
    try (var writer = GroupCommit.start(file::writer, BOUNDS)) {
      try (Hold _ = hold(writer)) {
        for (int i = 0; i < 30; i++) {
          String name = "n" + i;
          boolean fails = i % 3 == 1;
          order.add(
              threads.submit(() ->
                  writer.write(
                      Load.of("acme"),
                      session -> {
                        Odd.put(session, name, "");
                        if (fails) {
                          throw new IllegalStateException("a bug");
                        }
                        return id(session, name);
                      },
                      true)));
          awaitWaiting(writer, i + 1);
        }
      }
      long last = 0;
      for (int i = 0; i < order.size(); i++) {
        if (i % 3 != 1) {
          assertThat(order.get(i).get()).isGreaterThan(last);
          last = order.get(i).get();
        }
      }
    }
  }

  @Test
  void sessions_that_cannot_be_opened_fail_their_units_and_the_writer_goes_on() throws Exception {
    var refuse = new AtomicInteger();
    Supplier<Session> sessions =
        () -> {
          if (refuse.getAndDecrement() > 0) {
            if (refuse.get() % 2 == 0) {
              throw new OutOfMemoryError("of the test");
            }
            throw new StoreFailure(Kind.IO, "too many open files");
          }
          return file.writer();
        };
    try (var writer = GroupCommit.start(sessions, BOUNDS)) {
      refuse.set(4);
      assertThatThrownBy(() -> writer.write(Load.NONE, Odd::bug, true))
          .isInstanceOf(IllegalStateException.class);
      for (int i = 0; i < 4; i++) {
        assertThatThrownBy(
                () -> writer.write(Load.NONE, session -> Odd.put(session, "a", ""), true))
            .isInstanceOfAny(StoreFailure.class, OutOfMemoryError.class);
      }

      assertThat(write(writer, session -> Odd.put(session, "a", ""))).isEqualTo(1);
      assertThat(write(writer, session -> Odd.count(session, "a"))).isEqualTo(1);
    }
  }

  @Test
  void a_commit_of_which_it_is_unclear_whether_it_was_made_is_not_made_twice() {
    var broken = new AtomicInteger();
    Supplier<Session> sessions =
        () ->
            OddConnection.session(
                file.writerConnection(),
                sql -> {
                  if (sql.equals("commit") && broken.getAndIncrement() == 1) {
                    throw new OutOfMemoryError("after the commit");
                  }
                });
    try (var writer = GroupCommit.start(sessions, BOUNDS)) {
      assertThat(write(writer, session -> Odd.put(session, "a", ""))).isEqualTo(1);
      assertThatThrownBy(() -> writer.write(Load.NONE, session -> Odd.put(session, "b", ""), true))
          .isInstanceOfSatisfying(
              StoreFailure.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNKNOWN));

      assertThat(write(writer, session -> Odd.count(session, "b"))).isEqualTo(1);
    }
  }

  @Test
  void statements_of_the_writer_itself_may_fail_too() {
    var statements = new AtomicInteger();
    Supplier<Session> sessions =
        () ->
            OddConnection.session(
                file.writerConnection(),
                sql -> {
                  boolean own = sql.startsWith("savepoint") || sql.startsWith("release");
                  if (own && statements.incrementAndGet() % 7 == 0) {
                    throw new IllegalStateException("of the test");
                  }
                });
    try (var writer = GroupCommit.start(sessions, BOUNDS)) {
      int kept = 0;
      for (int i = 0; i < 60; i++) {
        String name = "n" + i;
        try {
          kept += writer.write(Load.NONE, session -> Odd.put(session, name, ""), true);
        } catch (IllegalStateException e) {
          assertThat(e).hasMessage("of the test");
        }
      }
      assertThat(kept).isBetween(30, 59);
      int counted = -1;
      while (counted < 0) {
        try {
          counted = writer.write(Load.NONE, session -> Odd.count(session, "%"), true);
        } catch (IllegalStateException e) {
          assertThat(e).hasMessage("of the test");
        }
      }
      assertThat(counted).isEqualTo(kept);
    }
  }

  @Test
  void a_unit_that_interrupts_its_thread_does_not_end_the_writer() {
    try (var writer = GroupCommit.start(file::writer, BOUNDS)) {
      writer.write(
          Load.NONE,
          session -> {
            Thread.currentThread().interrupt();
            return Odd.put(session, "a", "");
          },
          true);

      assertThat(write(writer, session -> Odd.put(session, "b", ""))).isEqualTo(1);
    }
  }

  private static Load owner(String name) {
    return Load.of("bot" + name.length());
  }

  private static int three(Session session, String name) {
    return Odd.put(session, name + "a", "")
        + Odd.put(session, name + "b", "")
        + Odd.put(session, name + "c", "");
  }

  private static int failAt(Session session, String name, int statement, Throwable failure) {
    for (int i = 0; i < 5; i++) {
      if (i == statement) {
        return i % 2 == 0 ? Odd.fetchAndFail(session, failure) : Odd.fail(failure);
      }
      Odd.put(session, name + i, "");
    }
    return 0;
  }

  private static long id(Session session, String name) {
    return session
        .on("select id from bot where name = ?")
        .set(name)
        .first(row -> row.getLong(1))
        .orElseThrow();
  }

  private static int write(GroupCommit writer, Function<Session, Integer> unit) {
    return writer.<Integer>write(Load.NONE, unit, true);
  }

  private Hold hold(GroupCommit writer) throws InterruptedException {
    var busy = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    threads.execute(() ->
        writer.write(
            Load.NONE,
            _ -> {
              busy.countDown();
              return await(free);
            },
            true));
    busy.await();
    return free::countDown;
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitWaiting(GroupCommit writer, int units) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (writer.waiting() != units) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private interface Hold extends AutoCloseable {
    @Override
    void close();
  }
}
