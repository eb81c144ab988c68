package io.patchbay.store;

import io.patchbay.store.StoreFailure.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes.
 *
 * <p>A commit that survives the loss of power costs one flush of the disk, however much is in it.
 * So the thread takes the units that are waiting, runs each inside a savepoint of one transaction,
 * commits once, and then answers every caller; meanwhile the next units gather. A unit that is
 * refused undoes itself alone. One that fails in any other way may leave a statement open, on which
 * every later commit would fail: its session is dropped with the transaction, and on new ones those
 * before it are run again together, it alone, and those behind it. So a failure meets only the unit
 * that causes it.
 */
final class GroupCommit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

  /**
   * What may wait, and how long.
   *
   * @param queue units that may wait for the writer
   * @param enqueue how long a caller waits for a place among them
   * @param answer how long a caller waits for the commit
   */
  record Bounds(int queue, Duration enqueue, Duration answer) {
    static final Bounds DEFAULT = new Bounds(1024, Duration.ofSeconds(5), Duration.ofSeconds(60));
  }

  private final Supplier<Session> sessions;
  private final Bounds bounds;
  private final WriteQueue queue;
  private final Thread thread;
  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong written = new AtomicLong();

  // Used by the thread alone.
  private @Nullable Session session;
  private boolean powerLoss;

  private GroupCommit(Supplier<Session> sessions, Bounds bounds) {
    this.sessions = sessions;
    this.bounds = bounds;
    this.queue = new WriteQueue(bounds.queue);
    this.thread = Thread.ofPlatform().name("patchbay-store-writer").unstarted(this::run);
  }

  /**
   * @param sessions opens one that writes, whose commits survive the loss of power
   */
  static GroupCommit start(Supplier<Session> sessions, Bounds bounds) {
    var writer = new GroupCommit(sessions, bounds);
    writer.session = sessions.get();
    writer.powerLoss = true;
    writer.thread.start();
    return writer;
  }

  /**
   * Runs a unit and returns once it is committed.
   *
   * @param load whose it is, and its size
   * @param unit touches nothing but its session; may be run twice
   * @param powerLoss whether it must survive the loss of power, or the death of the process only
   * @throws StoreFailure nothing was kept, unless its kind is {@code UNKNOWN}
   */
  <T> T write(Load load, Function<Session, T> unit, boolean powerLoss) {
    return write(new WriteTask<>(load, unit, powerLoss), bounds);
  }

  /** As {@link #write}, of nobody, for who can wait only so long. */
  <T> T write(Function<Session, T> unit, Duration patience) {
    return write(
        new WriteTask<>(Load.NONE, unit, true), new Bounds(bounds.queue, patience, patience));
  }

  private <T> T write(WriteTask<T> task, Bounds limits) {
    if (Thread.currentThread().equals(thread)) {
      throw new IllegalStateException("a unit of writes must not wait for another");
    }
    return switch (queue.put(task, limits.enqueue)) {
      case ACCEPTED -> task.await(limits.answer);
      case FULL ->
          throw new StoreFailure(Kind.BUSY, "Too many writes are waiting; nothing was kept");
      case CLOSED -> throw new StoreFailure(Kind.CLOSED, "The store is closed");
    };
  }

  /** Transactions committed since the start. */
  long commits() {
    return commits.get();
  }

  /** Units of those transactions. */
  long written() {
    return written.get();
  }

  /** Units that wait for the thread now. */
  int waiting() {
    return queue.waiting();
  }

  /** Refuses what comes from now on, ends what was accepted. */
  @Override
  public void close() {
    queue.close();
    try {
      if (!thread.join(bounds.answer)) {
        LOG.error("The store's writer did not end; what it holds may be lost");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<WriteTask<?>> batch = queue.take();
    while (!batch.isEmpty()) {
      List<WriteTask<?>> tasks = batch.stream().filter(WriteTask::take).toList();
      try {
        commit(tasks);
      } catch (RuntimeException | Error e) {
        // No memory, for example. Whoever has no answer yet gets this one.
        LOG.error("The store's writer failed", e);
        drop();
        failAll(tasks, unclear(e));
      }
      batch = queue.take();
    }
    end();
  }

  /**
   * The session that is closed last moves the log into the database file, and only a writer can.
   */
  private void end() {
    try {
      session(true);
    } catch (RuntimeException | Error e) {
      LOG.warn("What the store's log holds stays there until the next start", e);
    }
    drop();
  }

  private void commit(List<WriteTask<?>> tasks) {
    Deque<List<WriteTask<?>>> groups = new ArrayDeque<>(List.of(tasks));
    while (!groups.isEmpty()) {
      List<WriteTask<?>> group = groups.remove();
      if (!group.isEmpty()) {
        commitTogether(group).reversed().forEach(groups::addFirst);
      }
    }
  }

  /** Returns the groups that must be run again, in order; none where all have their answers. */
  private List<List<WriteTask<?>>> commitTogether(List<WriteTask<?>> group) {
    Session writer;
    try {
      writer = session(group.stream().anyMatch(WriteTask::powerLoss));
      SqliteFile.begin(writer);
    } catch (RuntimeException | Error e) {
      // Of which no unit is the cause; another try would only make those wait who come next.
      drop();
      failAll(group, e);
      return List.of();
    }
    int done = 0;
    try {
      for (WriteTask<?> task : group) {
        task.run(writer);
        done++;
      }
      writer.on("commit").execute();
    } catch (RuntimeException | Error e) {
      drop();
      return again(group, done, e);
    }
    commits.incrementAndGet();
    written.addAndGet(group.size());
    group.forEach(WriteTask::answer);
    return List.of();
  }

  /**
   * @param done units that did not fail; with all of them, the commit did
   */
  private static List<List<WriteTask<?>>> again(
      List<WriteTask<?>> group, int done, Throwable failure) {
    if (done == group.size() && !(failure instanceof DataAccessException)) {
      // The database itself did not say that it failed.
      failAll(group, unclear(failure));
      return List.of();
    }
    if (group.size() == 1) {
      failAll(group, failure);
      return List.of();
    }
    return done == group.size()
        ? group.stream().<List<WriteTask<?>>>map(List::of).toList()
        : List.of(
            group.subList(0, done),
            List.of(group.get(done)),
            group.subList(done + 1, group.size()));
  }

  private static void failAll(List<WriteTask<?>> tasks, Throwable failure) {
    tasks.forEach(task -> {
      task.fail(failure);
      task.answer();
    });
  }

  private static StoreFailure unclear(Throwable failure) {
    return new StoreFailure(Kind.UNKNOWN, "The write broke off: " + failure, failure);
  }

  private Session session(boolean wanted) {
    Session writer = session;
    if (writer == null) {
      writer = sessions.get();
      session = writer;
      powerLoss = true;
    }
    if (powerLoss != wanted) {
      SqliteFile.setDurability(writer, wanted);
      powerLoss = wanted;
    }
    return writer;
  }

  /** What was not committed is undone with it. */
  private void drop() {
    Session old = session;
    session = null;
    if (old != null) {
      old.drop();
    }
  }
}
