package io.patchbay.executor.net;

/**
 * Numbers of the system calls that the supervisor makes, as the processor's kernel counts them.
 *
 * @param eventBytes size of struct epoll_event, which only x86_64 packs
 * @param eventData where its data begins
 */
record SystemCalls(
    Files files,
    Sockets sockets,
    Polling polling,
    Processes processes,
    int eventBytes,
    int eventData) {
  record Files(int read, int write, int close, int ioctl, int fcntl) {}

  /**
   * @param send {@code sendto} without an address
   */
  record Sockets(
      int socket,
      int connect,
      int send,
      int receiveMessage,
      int pair,
      int setOption,
      int getOption,
      int shutdown) {}

  /**
   * @param await {@code epoll_pwait}
   */
  record Polling(int await, int control, int event, int create) {}

  /** Those newer than Linux 5 have the same number everywhere. */
  record Processes(int readMemory, int open, int duplicate) {}

  private static final SystemCalls X86_64 =
      new SystemCalls(
          new Files(0, 1, 3, 16, 72),
          new Sockets(41, 42, 44, 47, 53, 54, 55, 48),
          new Polling(281, 233, 290, 291),
          new Processes(310, 434, 438),
          12,
          4);

  private static final SystemCalls AARCH64 =
      new SystemCalls(
          new Files(63, 64, 57, 29, 25),
          new Sockets(198, 203, 206, 212, 199, 208, 209, 210),
          new Polling(22, 21, 19, 20),
          new Processes(270, 434, 438),
          16,
          8);

  /**
   * @throws IllegalStateException on a processor without a table
   */
  static SystemCalls ofThisProcessor() {
    String processor = System.getProperty("os.arch");
    return switch (processor) {
      case "amd64" -> X86_64;
      case "aarch64" -> AARCH64;
      default -> throw new IllegalStateException("no system call table for " + processor);
    };
  }
}
