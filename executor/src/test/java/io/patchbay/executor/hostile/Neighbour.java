package io.patchbay.executor.hostile;

import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Executor;
import io.patchbay.executor.Isolation;
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

  /** The first line is what a case looks for. Who makes a file is not put back, others may be. */
  private static final String SOURCE =
      """
      "the neighbour's own code"
      import os
      seen = []
      def main(event, context):
          seen.append(event["number"])
          tmp = os.environ["TMPDIR"]
          if event["number"] % 2 == 0:
              with open(tmp + "/mine", "x") as file:
                  file.write("mine")
          return [seen, os.listdir(tmp)]
      """;

  private final Executor executor;
  private final Code code;
  private final Clock clock;
  private final List<String> problems = new ArrayList<>(); // read once the thread has ended
  private final CountDownLatch first = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean stopped;

  private Neighbour(Executor executor, Isolation isolation, Clock clock) {
    this.executor = executor;
    this.code = new Code("NEIGHBOUR", SOURCE, 64L << 20).with(isolation);
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("neighbour").unstarted(this::call);
  }

  /** Returns once it is at work. */
  static Neighbour start(Executor executor, Isolation isolation, Clock clock)
      throws InterruptedException {
    Neighbour neighbour = new Neighbour(executor, isolation, clock);
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
    String event = "{\"number\":%d}".formatted(number);
    CodeCall call = new CodeCall("neighbour-" + number, code, event, start.plus(LIMIT));
    String summary = HostileCase.summary(executor.run(call));
    Duration took = Duration.between(start, clock.instant());
    String mine = number % 2 == 0 ? "\"mine\"" : "";
    if (!summary.equals("RETURNED [[%d],[%s]]".formatted(number, mine))) {
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
