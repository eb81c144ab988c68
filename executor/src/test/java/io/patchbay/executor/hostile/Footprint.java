package io.patchbay.executor.hostile;

import io.patchbay.executor.Executor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an executor holds of the machine, without what belongs to processes that wait, put back, for
 * the next call of their code.
 *
 * @param processes below this one, inside of boxes too
 * @param descriptors of this process
 * @param boxDescriptors of all processes below this one, where they may be counted
 * @param threads of the executor in this process
 * @param files in the work folder
 */
record Footprint(long processes, long descriptors, long boxDescriptors, long threads, long files) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Processes that have loaded code ahead of its next call wait for so long. */
  private static final Duration LONG_PATIENCE = Duration.ofMinutes(2);

  private static final int SETTLED = 100;

  /** Standard in, out and error, and the connection; what its launcher has of it is as much. */
  private static final int DESCRIPTORS_OF_ONE_THAT_WAITS = 8;

  /** Its connection, itself, and what its memory and state are compared with. */
  private static final int DESCRIPTORS_FOR_ONE_THAT_WAITS = 12;

  static Footprint of(Executor executor, Path work) {
    List<ProcessHandle> processes =
        ProcessHandle.current().descendants().filter(ProcessHandle::isAlive).toList();
    long boxDescriptors =
        processes.stream()
            .mapToLong(process -> entries(Path.of("/proc/" + process.pid() + "/fd")))
            .sum();
    long waiting = executor.restores().waiting();
    boolean counted = boxDescriptors > 0;
    boolean folders = executor.status().level() == Executor.Level.LANDLOCK;
    return new Footprint(
        processes.size() - waiting,
        entries(Path.of("/proc/self/fd")) - waiting * DESCRIPTORS_FOR_ONE_THAT_WAITS,
        counted ? boxDescriptors - waiting * DESCRIPTORS_OF_ONE_THAT_WAITS : 0,
        executorThreads(),
        filesIn(work) - (folders ? waiting : 0));
  }

  /** As it is once it has stayed the same for a second. */
  static Footprint settled(Executor executor, Path work) throws InterruptedException {
    Footprint last = of(executor, work);
    for (int same = 0; same < SETTLED; same++) {
      Thread.sleep(10);
      Footprint now = of(executor, work);
      if (!now.equals(last)) {
        same = 0;
        last = now;
      }
    }
    return last;
  }

  /** What there is more of than there was, after some time for it to go; empty if nothing is. */
  static List<String> leftSince(Footprint before, Executor executor, Path work)
      throws InterruptedException {
    return leftSince(before, executor, work, PATIENCE);
  }

  /** The same where processes are kept for calls that may come. */
  static List<String> leftAtLast(Footprint before, Executor executor, Path work)
      throws InterruptedException {
    return leftSince(before, executor, work, LONG_PATIENCE);
  }

  private static List<String> leftSince(
      Footprint before, Executor executor, Path work, Duration patience)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    List<String> more = before.exceededBy(of(executor, work));
    while (!more.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(10);
      more = before.exceededBy(of(executor, work));
    }
    return more;
  }

  private List<String> exceededBy(Footprint now) {
    List<String> more = new ArrayList<>();
    compare("processes", processes, now.processes, more);
    compare("descriptors of the server", descriptors, now.descriptors, more);
    compare("descriptors in the box", boxDescriptors, now.boxDescriptors, more);
    compare("threads", threads, now.threads, more);
    compare("files", files, now.files, more);
    return more;
  }

  private static void compare(String what, long before, long now, List<String> more) {
    if (now > before) {
      more.add("%s left: %d, not %d".formatted(what, now, before));
    }
  }

  private static long executorThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("executor-"))
        .count();
  }

  private static long filesIn(Path work) {
    try (Stream<Path> all = Files.walk(work)) {
      return all.count();
    } catch (IOException | UncheckedIOException goneMeanwhile) {
      return 0;
    }
  }

  /** 0 where it cannot be looked into. */
  private static long entries(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    } catch (IOException | UncheckedIOException goneMeanwhile) {
      return 0;
    }
  }
}
