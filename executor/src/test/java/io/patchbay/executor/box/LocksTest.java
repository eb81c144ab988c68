package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two calls at once, one of which locks a file that both can read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocksTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private TestBox box;

  @BeforeAll
  void start() {
    box = TestBox.start(containment());
  }

  /** Another level's test is this one with another answer. */
  Containment containment() {
    return Containment.NAMESPACES;
  }

  @AfterAll
  void close() {
    if (box != null) {
      box.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fcntl.flock(file, fcntl.LOCK_EX)", "fcntl.lockf(file, fcntl.LOCK_SH)"})
  void what_one_call_locks_is_not_locked_for_another(String lock) throws InterruptedException {
    String holds =
        """
        import fcntl, os, time
        def main(e, c):
            with open(os.__file__, "rb") as file:
                %s
                time.sleep(3)
        """
            .formatted(lock);
    String looks =
        """
        import fcntl, os, struct, time
        def is_locked(file):
            asked = struct.pack("@hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
            answer = fcntl.fcntl(file, fcntl.F_GETLK, asked)
            if struct.unpack("@hhqqi4x", answer)[0] != fcntl.F_UNLCK:
                return True
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                fcntl.flock(file, fcntl.LOCK_UN)
                return False
            except BlockingIOError:
                return True
        def main(e, c):
            end = time.monotonic() + 1
            with open(os.__file__, "rb") as file:
                while time.monotonic() < end:
                    if is_locked(file):
                        return "locked"
                    time.sleep(0.01)
            return "free"
        """;
    Thread holder = Thread.ofVirtual().start(() -> box.run(holds, LIMIT));
    assertThat(box.returned(looks)).isEqualTo("\"free\"");
    holder.join();
  }
}
