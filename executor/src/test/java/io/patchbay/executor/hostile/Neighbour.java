package io.patchbay.executor.hostile;

import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Executor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Another bot: one small call after the other, each of which must succeed, and soon. */
final class Neighbour implements AutoCloseable {
  /** Generous: an idle machine needs a few milliseconds. */
  private static final Duration LONGEST = Duration.ofSeconds(4);

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** The first line is what a case looks for. */
  private static final String SOURCE =
      """
      "the neighbour's own code"
      import os
      seen = []
      def main(event, context):
          seen.append(event["number"])
          tmp = os.environ["TMPDIR"]
          with open(tmp + "/mine", "x") as file:
              file.write("mine")
          return [seen, os.listdir(tmp)]
      """;

  private final Executor executor;
  private final Clock clock;
  private final List<String> problems = new ArrayList<>(); // read once the thread has ended
  private final CountDownLatch first = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean stopped;

  private Neighbour(Executor executor, Clock clock) {
    this.executor = executor;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("neighbour").unstarted(this::call);
  }

  /** Returns once it is at work. */
  static Neighbour start(Executor executor, Clock clock) throws InterruptedException {
    Neighbour neighbour = new Neighbour(executor, clock);
    neighbour.thread.start();
    neighbour.first.await();
    return neighbour;
  }

  private void call() {
    for (int number = 0; !stopped; number++) {
      call(number).ifPresent(problems::add);
      first.countDown();
    }
  }

  private Optional<String> call(int number) {
    Instant start = clock.instant();
    String summary =
        HostileCase.summary(
            executor.run(
                new CodeCall(
                    "neighbour-" + number,
                    "NEIGHBOUR",
                    SOURCE,
                    "{\"number\":%d}".formatted(number),
                    start.plus(LIMIT),
                    64L << 20)));
    Duration took = Duration.between(start, clock.instant());
    if (!summary.equals("RETURNED [[%d],[\"mine\"]]".formatted(number))) {
      return Optional.of("the neighbour's call: " + summary);
    }
    return took.compareTo(LONGEST) > 0
        ? Optional.of("the neighbour's call took " + took)
        : Optional.empty();
  }

  /** What went wrong; ends it. */
  List<String> problems() throws InterruptedException {
    close();
    thread.join();
    return problems;
  }

  @Override
  public void close() {
    stopped = true;
  }
}
