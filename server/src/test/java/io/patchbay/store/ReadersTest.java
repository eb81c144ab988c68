package io.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.store.StoreFailure.Kind;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a query does, the next ones find a session that works. */
@Timeout(60)
final class ReadersTest {
  private final AtomicInteger opened = new AtomicInteger();

  @SuppressWarnings("NullAway.Init") // set before each test
  private SqliteFile file;

  @BeforeEach
  void open(@TempDir Path folder) {
    file = SqliteFile.open(folder);
  }

  @Test
  void a_session_on_which_a_query_failed_is_not_used_again() {
    try (var readers = Readers.open(this::session, 1)) {
      for (Supplier<Throwable> failure : Odd.failures()) {
        int before = opened.get();
        assertThatThrownBy(() -> readers.read(session -> Odd.fetchAndFail(session, failure.get())))
            .isNotNull();

        assertThat(readers.<Integer>read(session -> Odd.count(session, "%"))).isZero();
        assertThat(opened.get()).isEqualTo(before + 1);
      }
    }
  }

  @Test
  void readers_that_cannot_be_opened_are_tried_again_by_the_next_query() {
    var refuse = new AtomicInteger();
    Supplier<Session> sessions =
        () -> {
          if (refuse.getAndDecrement() > 0) {
            throw new StoreFailure(Kind.IO, "too many open files");
          }
          return file.reader();
        };
    try (var readers = Readers.open(sessions, 2)) {
      refuse.set(2);
      assertThatThrownBy(() -> readers.read(Odd::bug)).isNotNull();
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> readers.read(session -> Odd.count(session, "%")))
            .isInstanceOf(StoreFailure.class);
      }

      assertThat(readers.<Integer>read(session -> Odd.count(session, "%"))).isZero();
    }
  }

  private Session session() {
    opened.incrementAndGet();
    return file.reader();
  }
}
