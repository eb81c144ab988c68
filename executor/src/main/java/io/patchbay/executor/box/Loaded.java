package io.patchbay.executor.box;

import io.patchbay.executor.Code;
import io.patchbay.executor.Execution.Freshness;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.Launcher.Up;
import io.patchbay.executor.restore.Restorer.Restored;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A process that has loaded some code and waits for a call of it; of one caller at a time. */
final class Loaded implements AutoCloseable {
  /** What a module has looked at when it was loaded may be so old; a kept process waits so long. */
  private static final Duration OLDEST = Duration.ofSeconds(60);

  /** Not all that were made at once end at once. */
  private static final Duration SPREAD = Duration.ofSeconds(15);

  /** Of a process that waits; what a runtime does of its own accord takes less. */
  private static final Duration MOST_PROCESSOR_TIME = Duration.ofMillis(20);

  private final Code code;
  private final CallProcess process;
  private final Instant end;
  private @Nullable CallLog log;
  private Restored last = Restored.NEVER;
  private Instant restsSince;
  private long takenAt = System.nanoTime();
  private Duration processorTime = Duration.ZERO;

  /**
   * @param log what it has said while it loaded: its first call's log begins with it
   * @param now what its module has looked at is as it was now
   */
  Loaded(Code code, CallProcess process, CallLog log, Instant now) {
    this.code = code;
    this.process = process;
    this.log = log;
    long early = ThreadLocalRandom.current().nextLong(SPREAD.toMillis());
    this.end = now.plus(OLDEST).minusMillis(early);
    this.restsSince = now;
  }

  Code code() {
    return code;
  }

  CallProcess process() {
    return process;
  }

  /** Whether it is one of this launcher's. */
  boolean isOf(Up up) {
    return process.up().equals(up);
  }

  /** What it has said while it loaded; once. */
  Optional<CallLog> takeLog() {
    CallLog taken = log;
    log = null;
    return Optional.ofNullable(taken);
  }

  /** From then on it serves no call any more. */
  Instant end() {
    return code.isolation() == Isolation.KEPT ? restsSince.plus(OLDEST) : end;
  }

  /** A call has it from now on. */
  void taken() {
    takenAt = System.nanoTime();
  }

  long nanosSinceTaken() {
    return System.nanoTime() - takenAt;
  }

  /**
   * Bytes that it may take while it waits: where it is put back, what it has; else what it may
   * have, since it may do so at any time.
   */
  long bytes() {
    return process.isHeld() ? process.snapshotBytes() : code.memory();
  }

  /** It begins to wait. */
  void rests(Instant now) {
    restsSince = now;
    processorTime = process.processorTime();
  }

  /** When it began to wait. */
  Instant restsSince() {
    return restsSince;
  }

  /** Whether it works while nobody has asked it to; looked at since it began to wait. */
  boolean isBusy() {
    return !process.isHeld()
        && process.processorTime().minus(processorTime).compareTo(MOST_PROCESSOR_TIME) > 0;
  }

  void wasRestored(Restored restored) {
    last = restored;
  }

  /** What lies between the call of the moment and the one before. */
  Freshness freshness() {
    return process.isHeld()
        ? new Freshness(Isolation.RESTORED, Duration.ofNanos(last.nanos()), last.pages())
        : new Freshness(code.isolation() == Isolation.KEPT ? Isolation.KEPT : Isolation.PROCESS);
  }

  @Override
  public void close() {
    process.close();
  }
}
