package io.patchbay.executor.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Executor;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.BoxedExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * One code, restored many times: the last reply is as the first, and nothing grows. 2000 restores,
 * 1 000 000 with {@code ./test --all}, or {@code -Dpatchbay.restores.count=N}.
 */
class ManyRestoresTest {
  private static final int CALLERS = 2;
  private static final int PARTS = 10;
  private static final int WARM_UP = 1000;
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String SOURCE =
      """
      import collections, json, logging, re
      seen, words, cache = [], collections.Counter(), {}
      def main(event, context):
          seen.append(event["text"])
          words.update(re.findall("[a-z]+", event["text"]))
          cache[len(cache)] = bytearray(200_000)
          logging.info("seen %d", len(seen))
          return [seen, sorted(words.items()), len(cache), json.dumps(event)]
      """;

  private final Clock clock = Clock.systemUTC();
  private final Code code = new Code("NODE", SOURCE, 128L << 20).with(Isolation.RESTORED);

  @Test
  void the_last_reply_is_as_the_first_and_nothing_grows() throws Exception {
    int count =
        Integer.getInteger(
            "patchbay.restores.count", Boolean.getBoolean("patchbay.all") ? 1_000_000 : 2000);
    Path work = TrialRoom.workFolder();
    try (Executor executor =
        BoxedExecutor.start(BoxLevel.NAMESPACES.config(work, Isolation.RESTORED, clock))) {
      Assumptions.assumeTrue(executor.status().available(), executor.status().description());
      String state = RestoreProven.on(executor, clock);
      Assumptions.assumeTrue(state.equals("restored"), "nothing is restored here: " + state);
      String first = reply(executor);
      assertThat(first).startsWith("RETURNED [[\"to be or not to be\"],");
      assertThat(othersThan(first, executor, WARM_UP)).isEmpty();
      Footprint footprint = Footprint.settled(executor, work);
      Memory memory = Memory.now();
      for (int part = 1; part <= PARTS; part++) {
        long start = System.nanoTime();
        assertThat(othersThan(first, executor, count / PARTS)).isEmpty();
        System.out.printf(
            "many restores: part %d of %d, %d in %.1f s; %s; %s%n",
            part,
            PARTS,
            count / PARTS,
            (System.nanoTime() - start) / 1e9,
            executor.restores(),
            Memory.now());
      }

      assertThat(reply(executor)).isEqualTo(first);
      assertThat(executor.restores().restored()).isGreaterThan(count * 9L / 10);
      assertThat(Footprint.leftSince(footprint, executor, work)).isEmpty();
      assertThat(Memory.now().grownSince(memory)).isEmpty();
    }
    Files.delete(work);
  }

  /** Replies of so many calls that are not this one. */
  private Set<String> othersThan(String first, Executor executor, int count)
      throws InterruptedException {
    Set<String> others = new ConcurrentSkipListSet<>();
    AtomicInteger left = new AtomicInteger(count);
    List<Thread> callers =
        IntStream.range(0, CALLERS)
            .mapToObj(_ ->
                Thread.ofPlatform()
                    .start(() -> {
                      while (left.getAndDecrement() > 0 && others.isEmpty()) {
                        String reply = reply(executor);
                        if (!reply.equals(first)) {
                          others.add(reply);
                        }
                      }
                    }))
            .toList();
    for (Thread caller : callers) {
      caller.join();
    }
    return others;
  }

  private String reply(Executor executor) {
    String event = "{\"text\":\"to be or not to be\"}";
    Execution execution =
        executor.run(new CodeCall("call", code, event, clock.instant().plus(LIMIT)));
    return HostileCase.summary(execution)
        + execution.logs().stream().map(Execution.LogRecord::message).toList();
  }
}
