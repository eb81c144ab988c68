package io.patchbay.executor.box;

/** Names of the signals that end processes, as Linux numbers them. */
final class Signals {
  private Signals() {}

  static String name(int number) {
    return switch (number) {
      case 4 -> "SIGILL (illegal instruction)";
      case 6 -> "SIGABRT (it gave up by itself)";
      case 7 -> "SIGBUS (bad memory access)";
      case 8 -> "SIGFPE (bad arithmetic)";
      case 9 -> "SIGKILL (from outside, most likely because the machine ran out of memory)";
      case 11 -> "SIGSEGV (bad memory access, or the stack was full)";
      case 31 -> "SIGSYS (forbidden system call)";
      default -> "signal " + number;
    };
  }
}
