package io.patchbay.store;

import io.patchbay.store.StoreFailure.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes.
 *
 * <p>A commit that survives the loss of power costs one flush of the disk, however much is in it.
 * So the thread takes all units that are waiting, runs each inside a savepoint of one transaction,
 * commits once, and then answers every caller; meanwhile the next units gather. A unit that fails
 * undoes itself alone. Where the whole transaction is lost (the disk is full, or fails), every unit
 * is run again in a transaction of its own, so that the failure meets only those that cause it.
 */
final class GroupCommit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int BATCH = 256;

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

  private final SqliteFile file;
  private final Bounds bounds;
  private final BlockingQueue<WriteTask<?>> queue;
  private final WriteTask<Boolean> stop = new WriteTask<>(_ -> true, false);
  private final Thread thread;
  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private volatile boolean closed;

  // Used by the thread alone.
  private @Nullable Session session;
  private boolean powerLoss;

  private GroupCommit(SqliteFile file, Bounds bounds) {
    this.file = file;
    this.bounds = bounds;
    this.queue = new ArrayBlockingQueue<>(bounds.queue);
    this.thread = Thread.ofPlatform().name("patchbay-store-writer").unstarted(this::run);
  }

  static GroupCommit start(SqliteFile file, Bounds bounds) {
    var writer = new GroupCommit(file, bounds);
    writer.session = file.writer();
    writer.powerLoss = true;
    writer.thread.start();
    return writer;
  }

  /**
   * Runs a unit and returns once it is committed.
   *
   * @param unit touches nothing but its session; may be run twice
   * @param powerLoss whether it must survive the loss of power, or the death of the process only
   * @throws StoreFailure nothing was kept, unless its kind is {@code UNKNOWN}
   */
  <T> T write(Function<Session, T> unit, boolean powerLoss) {
    if (Thread.currentThread().equals(thread)) {
      throw new IllegalStateException("a unit of writes must not wait for another");
    }
    var task = new WriteTask<>(unit, powerLoss);
    enqueue(task);
    return task.await(bounds.answer);
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
    return queue.size();
  }

  /** Refuses what comes from now on, ends what was accepted. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (!queue.offer(stop, bounds.answer.toMillis(), TimeUnit.MILLISECONDS)
          || !thread.join(bounds.answer)) {
        LOG.error("The store's writer did not end; what it holds may be lost");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void enqueue(WriteTask<?> task) {
    boolean accepted = false;
    try {
      accepted = !closed && queue.offer(task, bounds.enqueue.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // The writer may have ended between the two looks at closed, and left the task behind.
    if (closed && (!accepted || queue.remove(task))) {
      throw new StoreFailure(Kind.CLOSED, "The store is closed");
    }
    if (!accepted) {
      throw new StoreFailure(Kind.BUSY, "Too many writes are waiting; nothing was kept");
    }
  }

  private void run() {
    var batch = new ArrayList<WriteTask<?>>();
    try {
      do {
        batch.clear();
        batch.add(queue.take());
        queue.drainTo(batch, BATCH - 1);
        commit(batch.stream().filter(WriteTask::take).toList());
      } while (!batch.contains(stop));
    } catch (InterruptedException e) {
      LOG.error("The store's writer was interrupted", e);
    } finally {
      closeSession();
    }
  }

  private void commit(List<WriteTask<?>> tasks) {
    try {
      commitTogether(tasks);
    } catch (RuntimeException | Error e) {
      rollBack();
      if (tasks.size() > 1) {
        tasks.forEach(task -> commit(List.of(task)));
        return;
      }
      tasks.forEach(task -> task.fail(e));
    }
    tasks.forEach(WriteTask::answer);
  }

  private void commitTogether(List<WriteTask<?>> tasks) {
    Session writer = session(tasks.stream().anyMatch(WriteTask::powerLoss));
    SqliteFile.begin(writer);
    for (WriteTask<?> task : tasks) {
      task.run(writer);
    }
    writer.on("commit").execute();
    commits.incrementAndGet();
    written.addAndGet(tasks.size());
  }

  private Session session(boolean wanted) {
    Session writer = session;
    if (writer == null) {
      writer = file.writer();
      session = writer;
      powerLoss = true;
    }
    if (powerLoss != wanted) {
      SqliteFile.setDurability(writer, wanted);
      powerLoss = wanted;
    }
    return writer;
  }

  private void rollBack() {
    try {
      if (session != null) {
        session.on("rollback").execute();
      }
    } catch (DataAccessException e) {
      // SQLite ends some transactions itself. Either way a new connection starts clean.
      closeSession();
    }
  }

  private void closeSession() {
    try {
      if (session != null) {
        session.close();
      }
    } catch (DataAccessException e) {
      LOG.warn("A connection of the store could not be closed", e);
    }
    session = null;
  }
}
