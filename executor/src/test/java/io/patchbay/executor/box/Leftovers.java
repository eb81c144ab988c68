package io.patchbay.executor.box;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Counts what an executor must not leave behind. */
final class Leftovers {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Leftovers() {}

  /** Processes below this one, inside of boxes too; those that have ended do not count. */
  static long processes() {
    return ProcessHandle.current().descendants().filter(ProcessHandle::isAlive).count();
  }

  /** The number of processes once it has stayed the same for a while. */
  static long settledProcesses() throws InterruptedException {
    long count = processes();
    for (int same = 0; same < 100; same++) {
      Thread.sleep(10);
      long now = processes();
      if (now != count) {
        same = 0;
        count = now;
      }
    }
    return count;
  }

  /** The number of processes, after some time for it to fall to this many. */
  static long awaitAtMost(long most) throws InterruptedException {
    return await(Leftovers::processes, most);
  }

  static long descriptors() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of descriptors, after some time for it to fall to this many. */
  static long awaitDescriptorsAtMost(long most) throws InterruptedException {
    return await(Leftovers::descriptors, most);
  }

  /** The number of the executor's threads, after some time for it to fall to this many. */
  static long awaitExecutorThreadsAtMost(long most) throws InterruptedException {
    return await(Leftovers::executorThreads, most);
  }

  static long executorThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("executor-"))
        .count();
  }

  private static long await(LongSupplier left, long most) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long count = left.getAsLong();
    while (count > most && System.nanoTime() < end) {
      Thread.sleep(10);
      count = left.getAsLong();
    }
    return count;
  }
}
