package io.patchbay.store;

import io.patchbay.store.StoreFailure.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** A fixed number of sessions that read; none of them ever waits for the writer. */
final class Readers implements AutoCloseable {
  private static final Duration WAIT = Duration.ofSeconds(10);

  private final List<Session> all;
  private final BlockingDeque<Session> free;
  private volatile boolean closed;

  private Readers(List<Session> all) {
    this.all = List.copyOf(all);
    this.free = new LinkedBlockingDeque<>(all);
  }

  static Readers open(SqliteFile file, int count) {
    var sessions = new ArrayList<Session>();
    try {
      while (sessions.size() < count) {
        sessions.add(file.reader());
      }
      return new Readers(sessions);
    } catch (RuntimeException e) {
      sessions.forEach(Session::close);
      throw e;
    }
  }

  <T> T read(Function<Session, T> query) {
    Session session = take();
    try {
      return query.apply(session);
    } catch (DataAccessException e) {
      throw SqliteErrors.failure(e);
    } finally {
      // The session used last has the warmest cache.
      free.addFirst(session);
    }
  }

  /** Waits for reads that are under way, a bounded time. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      for (int i = 0; i < all.size(); i++) {
        Session session = poll();
        if (session != null) {
          session.close();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Session take() {
    try {
      @Nullable Session session = closed ? null : poll();
      if (session != null) {
        return session;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw closed
        ? new StoreFailure(Kind.CLOSED, "The store is closed")
        : new StoreFailure(Kind.BUSY, "Too many reads are waiting");
  }

  private @Nullable Session poll() throws InterruptedException {
    return free.pollFirst(WAIT.toSeconds(), TimeUnit.SECONDS);
  }
}
