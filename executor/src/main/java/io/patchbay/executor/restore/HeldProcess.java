package io.patchbay.executor.restore;

import io.patchbay.executor.restore.Restorer.Restored;
import io.patchbay.executor.restore.Restorer.Taken;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One process, with all that is needed to put it back. Belongs to the restorer's thread. */
final class HeldProcess {
  private static final int TRACKER = 4;
  private static final int PAGEMAP = 5;
  private static final long READ = 0;
  private static final int CONNECTION = 3;

  private final Arena arena = Arena.ofConfined();
  private final Kernel kernel;
  private final int process;
  private final int pidfd;
  private final Memory memory;
  private final State state;
  private final Tracee.Registers registers;

  /** Takes from the process what it offers, before it has loaded anything. */
  HeldProcess(Kernel kernel, Pages pages, PageStore store, int process) throws GoneException {
    this.kernel = kernel;
    this.process = process;
    this.registers = Tracee.Registers.in(arena);
    List<Integer> taken = new ArrayList<>();
    try {
      taken.add(kernel.openProcess(process));
      this.pidfd = taken.getLast();
      taken.add(kernel.duplicate(pidfd, TRACKER));
      int tracker = taken.getLast();
      taken.add(kernel.duplicate(pidfd, PAGEMAP));
      this.memory = new Memory(kernel, pages, store, process, tracker, taken.getLast());
      this.state = new State(kernel, process, pidfd, arena);
    } catch (GoneException refused) {
      taken.forEach(kernel::close);
      arena.close();
      throw refused;
    }
  }

  /** Whether it sleeps: it has said all that it has to say, and is about to wait. */
  boolean sleeps() throws GoneException {
    return state.sleeps();
  }

  /** The process goes on in any case. */
  Taken snapshot() throws GoneException {
    try (Arena brief = Arena.ofConfined()) {
      Tracee tracee = Tracee.stop(kernel, process, brief);
      boolean saved = false;
      try {
        tracee.save(registers);
        saved = true;
        Optional<String> problem = snapshot(tracee);
        tracee.release(registers);
        return new Taken(problem, memory.bytes());
      } catch (GoneException refused) {
        if (!saved) {
          tracee.abandon();
          throw refused;
        }
        return Taken.not(released(tracee, refused));
      }
    }
  }

  /** Nothing of it was changed yet, so that the call that waits for it can still be made. */
  private String released(Tracee tracee, GoneException refused) throws GoneException {
    try {
      tracee.release(registers);
      return String.valueOf(refused.getMessage());
    } catch (GoneException ended) {
      tracee.abandon();
      throw ended;
    }
  }

  private Optional<String> snapshot(Tracee tracee) throws GoneException {
    if (!waits(registers)) {
      return Optional.of("it does not wait");
    }
    Optional<String> problem = state.save(tracee, registers);
    return problem.isPresent() ? problem : memory.save(tracee, registers, arena);
  }

  /**
   * Whether it waits for its next call, and for nothing else: what it has begun before, such as a
   * sleep or a wait with another mask of signals, would go on or could be looked at.
   */
  private static boolean waits(Tracee.Registers now) {
    return now.waitsIn(READ, CONNECTION) && !now.wouldGoOn();
  }

  /**
   * Ended where it cannot be put back.
   *
   * @param touched whether what cannot be seen from outside was changed; asked while it is stopped
   */
  Restored restore(BooleanSupplier touched) throws GoneException {
    long began = System.nanoTime();
    try (Arena brief = Arena.ofConfined()) {
      Tracee tracee = Tracee.stop(kernel, process, brief);
      boolean released = false;
      try {
        long[] written = new long[1];
        Optional<String> problem = problem(tracee, Tracee.Registers.in(brief), touched);
        if (problem.isEmpty()) {
          problem = memory.restore(tracee, registers, written);
        }
        if (problem.isEmpty()) {
          tracee.release(registers);
          released = true;
        }
        return new Restored(problem, (int) written[0], System.nanoTime() - began);
      } finally {
        if (!released) {
          tracee.abandon();
        }
      }
    }
  }

  private Optional<String> problem(Tracee tracee, Tracee.Registers now, BooleanSupplier touched)
      throws GoneException {
    tracee.save(now);
    if (!waits(now)) {
      return Optional.of("it does not wait");
    }
    return touched.getAsBoolean()
        ? Optional.of("signal handlers, timers or the connection")
        : state.difference(tracee, registers);
  }

  void close() {
    memory.close();
    state.close();
    kernel.close(pidfd);
    arena.close();
  }
}
