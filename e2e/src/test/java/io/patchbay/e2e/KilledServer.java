package io.patchbay.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server that is killed and started again on the same data folder. */
final class KilledServer implements Talker.Servers, AutoCloseable {
  /** Longest time that a user waits for a server. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path data;
  private final Path noExamples;

  /** Processes that ran when their server was killed. */
  private final List<ProcessHandle> orphans = new ArrayList<>();

  private int kills;

  // Guarded by this.
  private @Nullable Program program;
  private boolean ended;

  /**
   * @param noExamples an empty folder: a server without example bots starts sooner
   */
  KilledServer(Path data, Path noExamples) {
    this.data = data;
    this.noExamples = noExamples;
  }

  void kill() throws InterruptedException {
    kill(now().process);
    appear(null);
  }

  /** Starts one that is killed after some milliseconds, whatever it does then. */
  void killStarting(int millis) throws InterruptedException {
    Process starting = launch().process();
    TimeUnit.MILLISECONDS.sleep(millis);
    kill(starting);
  }

  void restart() {
    appear(launch().ready(data));
  }

  /** Servers killed so far. */
  int kills() {
    return kills;
  }

  private Program.Starting launch() {
    return Program.launch(List.of(), data, "--examples", noExamples.toString());
  }

  private void kill(Process process) throws InterruptedException {
    process.descendants().forEach(orphans::add);
    process.destroyForcibly();
    kills++;
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("a killed server did not end");
    }
  }

  private synchronized void appear(@Nullable Program next) {
    program = next;
    notifyAll();
  }

  /** Those processes of killed servers that still run after some waiting. */
  List<ProcessHandle> left(Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    List<ProcessHandle> left = orphans;
    do {
      left = left.stream().filter(ProcessHandle::isAlive).toList();
      TimeUnit.MILLISECONDS.sleep(left.isEmpty() ? 0 : 100);
    } while (!left.isEmpty() && System.nanoTime() < until);
    return left;
  }

  /** Tells the users that no kill follows. */
  synchronized void end() {
    ended = true;
  }

  synchronized boolean ended() {
    return ended;
  }

  @Override
  public synchronized Program now() {
    return after(null);
  }

  @Override
  public synchronized Program after(@Nullable Program gone) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (program == null || program == gone) {
      long millis = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (millis <= 0) {
        throw new AssertionError("no server came, or a connection broke that nobody killed");
      }
      try {
        wait(millis);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return program;
  }

  @Override
  public synchronized void close() {
    if (program != null) {
      program.close();
    }
  }
}
