package io.patchbay.executor.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.egress.EgressPolicy;
import io.patchbay.executor.net.Lookups.Found;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that look up what code asks for are shared among bots. */
@Timeout(60)
class LookupsTest {
  private static final List<InetAddress> FOUND = List.of(InetAddress.ofLiteral("192.0.2.1"));
  private static final int CALLS = 20;
  private static final int NAMES = 8;

  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger hanging = new AtomicInteger();
  private EventLoop loop;
  private Lookups lookups;
  private Thread thread;

  @BeforeEach
  void start() throws IOException {
    Arena arena = Arena.ofAuto();
    loop = new EventLoop(new Kernel(arena), arena);
    lookups = new Lookups(this::resolve, loop);
    thread = Thread.ofPlatform().daemon().start(this::run);
  }

  private void run() {
    try {
      loop.run();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

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
  void end() throws InterruptedException {
    release.countDown();
    loop.post(loop::end);
    thread.join();
    lookups.close();
    loop.close();
  }

  @Test
  void a_bot_whose_names_hang_leaves_threads_to_others() throws Exception {
    CompletableFuture<Found> other = new CompletableFuture<>();
    loop.post(() -> {
      hang();
      lookups.find(call("other"), "works.example", other::complete);
    });

    assertThat(other.get(4, TimeUnit.SECONDS)).isEqualTo(new Found.Addresses(FOUND));
    assertThat(hanging.get()).isLessThanOrEqualTo(16);
  }

  @Test
  void names_of_calls_that_are_over_count_as_long_as_they_hang() throws Exception {
    CompletableFuture<Found> other = new CompletableFuture<>();
    loop.post(() -> {
      List<CallNetwork> calls = hang();
      calls.forEach(lookups::forget);
      hang();
      lookups.find(call("other"), "works.example", other::complete);
    });

    assertThat(other.get(4, TimeUnit.SECONDS)).isEqualTo(new Found.Addresses(FOUND));
  }

  @Test
  void names_that_waited_have_their_turn() throws Exception {
    CompletableFuture<Found> last = new CompletableFuture<>();
    loop.post(() -> {
      hang();
      lookups.find(call("greedy"), "works.example", last::complete);
    });
    release.countDown();

    assertThat(last.get(30, TimeUnit.SECONDS)).isEqualTo(new Found.Addresses(FOUND));
  }

  /** On the thread of the loop. */
  private List<CallNetwork> hang() {
    List<CallNetwork> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      CallNetwork call = call("greedy");
      calls.add(call);
      for (int j = 0; j < NAMES; j++) {
        lookups.find(call, "hangs" + i + "-" + j + ".example", _ -> {});
      }
    }
    return calls;
  }

  private static CallNetwork call(String owner) {
    return new CallNetwork(owner, EgressPolicy.closed(), Clock.systemUTC());
  }
}
