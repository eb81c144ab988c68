package io.patchbay.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that look names up are shared among bots. */
@Timeout(60)
class LookupsTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final List<InetAddress> FOUND = List.of(RawServer.loopback());

  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger hanging = new AtomicInteger();
  private final Lookups lookups = new Lookups(this::resolve);

  private List<InetAddress> resolve(String name) throws UnknownHostException {
    if (!name.startsWith("hangs")) {
      return FOUND;
    }
    hanging.incrementAndGet();
    try {
      release.await();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
    throw new UnknownHostException(name);
  }

  @AfterEach
  void end() {
    release.countDown();
    lookups.close();
  }

  @Test
  void a_bot_whose_names_hang_holds_its_share_of_the_threads() throws Exception {
    hang("greedy", 100);

    assertThat(lookups.lookup("other", "works.example", LONG)).isEqualTo(FOUND);
    assertThat(hanging).hasValue(Lookups.MOST_OF_ONE);
    assertThatThrownBy(() -> lookups.lookup("greedy", "works.example", Duration.ofMillis(50)))
        .isInstanceOf(InterruptedIOException.class);
  }

  @Test
  void nobody_waits_for_the_places_of_another_bot() throws Exception {
    hang("greedy", Lookups.MOST_OF_ONE);
    Thread waits = Thread.ofVirtual().start(() -> look("greedy", "works.example"));
    while (waits.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    assertThat(lookups.lookup("other", "works.example", LONG)).isEqualTo(FOUND);
  }

  @Test
  void a_name_that_hangs_for_many_bots_holds_one_thread() throws Exception {
    for (int bot = 0; bot < 100; bot++) {
      String name = "bot" + bot;
      Thread.ofVirtual().start(() -> look(name, "hangs.example"));
    }

    assertThat(lookups.lookup("other", "works.example", LONG)).isEqualTo(FOUND);
    assertThat(hanging.get()).isLessThanOrEqualTo(1);
  }

  @Test
  void more_than_can_wait_are_told_at_once() throws Exception {
    hang("greedy", 2000);

    assertThatThrownBy(() -> lookups.lookup("greedy", "hangs.more.example", LONG))
        .isInstanceOf(Lookups.CrowdedException.class);
    assertThat(lookups.lookup("other", "works.example", LONG)).isEqualTo(FOUND);
  }

  @Test
  void places_come_back() throws Exception {
    hang("greedy", 100);
    release.countDown();

    assertThat(lookups.lookup("greedy", "works.example", LONG)).isEqualTo(FOUND);
  }

  /** Returns when all of them wait, or have been told that they cannot. */
  private void hang(String bot, int names) {
    List<Thread> threads =
        IntStream.range(0, names)
            .mapToObj(i -> Thread.ofVirtual().start(() -> look(bot, "hangs" + i + ".example")))
            .toList();
    for (Thread thread : threads) {
      while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
        Thread.onSpinWait();
      }
    }
    while (hanging.get() < Math.min(names, Lookups.MOST_OF_ONE)) {
      Thread.onSpinWait();
    }
  }

  private void look(String bot, String name) {
    try {
      lookups.lookup(bot, name, LONG);
    } catch (UnknownHostException | InterruptedIOException expected) {
      // The name hangs, or nobody more can wait.
    }
  }
}
