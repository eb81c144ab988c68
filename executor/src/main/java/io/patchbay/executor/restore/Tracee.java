package io.patchbay.executor.restore;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The first thread of a process while it is stopped, on x86_64: its registers, and system calls
 * made in its place. Nothing that the process says is believed: what such a call has done is asked
 * of the kernel afterwards.
 */
final class Tracee {
  private static final int STEP = 9;
  private static final int GET_REGISTERS = 12;
  private static final int SET_REGISTERS = 13;
  private static final int DETACH = 17;
  private static final int GET_REGISTER_SET = 0x4204;
  private static final int SET_REGISTER_SET = 0x4205;
  private static final int SEIZE = 0x4206;
  private static final int INTERRUPT = 0x4207;
  private static final int KILL_IF_WE_END = 1 << 20;
  private static final int EXTENDED_STATE = 0x202;

  private static final int KILL = 9;

  /** Only who waits for something that no signal interrupts takes longer. */
  private static final long STOP_NANOS = 1_000_000_000;

  private static final int STOPPED = 0x7f;
  private static final int TRAP = 5;
  private static final int EVENT_STOP = 128;

  // Of struct user_regs_struct, counted in eight bytes.
  private static final int REGISTERS = 27;
  private static final int RAX = 10;
  private static final int ORIG_RAX = 15;
  private static final int RIP = 16;
  private static final int RSP = 19;
  private static final int[] ARGUMENTS = {14, 13, 12, 7, 9, 8};
  private static final int BYTES_OF_A_SYSTEM_CALL = 2;
  private static final long GO_ON = -516;
  private static final int EXTENDED_BYTES = 16 << 10;

  private final Kernel kernel;
  private final int process;
  private final MemorySegment registers;

  /**
   * @param arena of this stop
   */
  private Tracee(Kernel kernel, int process, Arena arena) {
    this.kernel = kernel;
    this.process = process;
    this.registers = arena.allocate(REGISTERS * 8L, 8);
  }

  /**
   * All that the processor holds of a thread.
   *
   * @param vector the argument that names the extended state
   */
  record Registers(MemorySegment general, MemorySegment extended, MemorySegment vector) {
    static Registers in(Arena arena) {
      MemorySegment extended = arena.allocate(EXTENDED_BYTES, 64);
      MemorySegment vector = arena.allocate(16, 8);
      vector.set(JAVA_LONG, 0, extended.address());
      vector.set(JAVA_LONG, 8, EXTENDED_BYTES);
      return new Registers(arena.allocate(REGISTERS * 8L, 8), extended, vector);
    }

    /** Whether it waits in this system call with this first argument. */
    boolean waitsIn(long number, long first) {
      return general.get(JAVA_LONG, ORIG_RAX * 8L) == number
          && general.get(JAVA_LONG, ARGUMENTS[0] * 8L) == first;
    }

    /** Where its stack ends. */
    long stack() {
      return general.get(JAVA_LONG, RSP * 8L);
    }

    /** Whether the kernel keeps more of the system call than the registers tell. */
    boolean wouldGoOn() {
      return general.get(JAVA_LONG, RAX * 8L) == GO_ON;
    }
  }

  /** Stops the process; only the thread that did so can go on with it. */
  static Tracee stop(Kernel kernel, int process, Arena arena) throws GoneException {
    kernel.trace(SEIZE, process, 0, KILL_IF_WE_END, "seize");
    Tracee tracee = new Tracee(kernel, process, arena);
    try {
      tracee.interrupt();
    } catch (GoneException unexpected) {
      tracee.abandon();
      throw unexpected;
    }
    return tracee;
  }

  private void interrupt() throws GoneException {
    kernel.trace(INTERRUPT, process, 0, 0, "interrupt");
    awaitStop(EVENT_STOP);
  }

  private void awaitStop(int event) throws GoneException {
    int status = kernel.await(process, STOP_NANOS);
    boolean stopped = (status & 0xff) == STOPPED;
    if (!stopped || (status >> 8 & 0xff) != TRAP || status >> 16 != event) {
      throw new GoneException("it stopped for another reason: " + Integer.toHexString(status));
    }
  }

  void save(Registers to) throws GoneException {
    kernel.trace(GET_REGISTERS, process, 0, to.general.address(), "registers");
    to.vector.set(JAVA_LONG, 8, EXTENDED_BYTES);
    kernel.trace(GET_REGISTER_SET, process, EXTENDED_STATE, to.vector.address(), "registers");
  }

  /** Makes it run on from there. */
  void release(Registers from) throws GoneException {
    kernel.trace(SET_REGISTERS, process, 0, from.general.address(), "registers");
    kernel.trace(SET_REGISTER_SET, process, EXTENDED_STATE, from.vector.address(), "registers");
    kernel.trace(DETACH, process, 0, 0, "detach");
  }

  /** Ends it, so that nobody waits for it in vain. */
  void abandon() {
    kernel.traceAnyway(DETACH, process, 0, KILL);
  }

  /**
   * Has it make one system call, at the place of the one that it waits in.
   *
   * @param from where it waits; to be released to afterwards
   */
  long make(Registers from, long number, long... arguments) throws GoneException {
    registers.copyFrom(from.general);
    registers.set(JAVA_LONG, RAX * 8L, number);
    registers.set(JAVA_LONG, ORIG_RAX * 8L, -1);
    long after = registers.get(JAVA_LONG, RIP * 8L);
    registers.set(JAVA_LONG, RIP * 8L, after - BYTES_OF_A_SYSTEM_CALL);
    for (int i = 0; i < arguments.length; i++) {
      registers.set(JAVA_LONG, ARGUMENTS[i] * 8L, arguments[i]);
    }
    kernel.trace(SET_REGISTERS, process, 0, registers.address(), "registers");
    kernel.trace(STEP, process, 0, 0, "step");
    awaitStop(0);
    kernel.trace(GET_REGISTERS, process, 0, registers.address(), "registers");
    return registers.get(JAVA_LONG, RAX * 8L);
  }
}
