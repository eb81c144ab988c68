package io.patchbay.store;

import io.patchbay.base.Refusal;
import io.patchbay.store.StoreFailure.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of sessions that read; none of them ever waits for the writer. One on which a
 * query failed is not used again: another takes its place when it is needed.
 */
final class Readers implements AutoCloseable {
  private static final Duration WAIT = Duration.ofSeconds(10);

  private final Supplier<Session> sessions;
  private final int count;
  private final BlockingDeque<Place> free = new LinkedBlockingDeque<>();
  private volatile boolean closed;

  private Readers(Supplier<Session> sessions, List<Place> places) {
    this.sessions = sessions;
    this.count = places.size();
    this.free.addAll(places);
  }

  /**
   * @param sessions opens one that reads
   */
  static Readers open(Supplier<Session> sessions, int count) {
    var places = new ArrayList<Place>();
    try {
      while (places.size() < count) {
        places.add(new Place(sessions.get()));
      }
      return new Readers(sessions, places);
    } catch (RuntimeException e) {
      places.forEach(Place::empty);
      throw e;
    }
  }

  <T> T read(Function<Session, T> query) {
    return read(query, WAIT);
  }

  /**
   * @param patience how long it waits for a session
   */
  <T> T read(Function<Session, T> query, Duration patience) {
    Place place = take(patience);
    try {
      return query.apply(place.session(sessions));
    } catch (Refusal e) {
      throw e;
    } catch (DataAccessException e) {
      place.empty();
      throw SqliteErrors.failure(e);
    } catch (RuntimeException | Error e) {
      place.empty();
      throw e;
    } finally {
      // The session used last has the warmest cache.
      free.addFirst(place);
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
      for (int i = 0; i < count; i++) {
        Place place = poll(WAIT);
        if (place != null) {
          place.empty();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Place take(Duration patience) {
    try {
      @Nullable Place place = closed ? null : poll(patience);
      if (place != null) {
        return place;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw closed
        ? new StoreFailure(Kind.CLOSED, "The store is closed")
        : new StoreFailure(Kind.BUSY, "Too many reads are waiting");
  }

  private @Nullable Place poll(Duration patience) throws InterruptedException {
    return free.pollFirst(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Room for one session. Used by one thread at a time. */
  private static final class Place {
    private @Nullable Session session;

    Place(Session session) {
      this.session = session;
    }

    Session session(Supplier<Session> sessions) {
      Session open = session;
      if (open == null) {
        open = sessions.get();
        session = open;
      }
      return open;
    }

    void empty() {
      Session old = session;
      session = null;
      if (old != null) {
        old.drop();
      }
    }
  }
}
