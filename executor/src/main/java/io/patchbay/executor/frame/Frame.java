package io.patchbay.executor.frame;

import java.util.Optional;

/** What a call process, or the launcher on its behalf, says. All of it is hostile input. */
public sealed interface Frame {
  /** The builder's module has run; its {@code main} waits for a call. */
  record Loaded() implements Frame {}

  /** The process waits, so that what it is put back with can be taken; no code is loaded yet. */
  record Held() implements Frame {}

  /** What the source was compiled to, said before any of it has run. */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Bytecode(byte[] code) implements Frame {}

  /** A record of the {@code logging} module. */
  record Log(String level, String logger, String message) implements Frame {}

  /** Bytes printed to {@code sys.stdout} or {@code sys.stderr}. */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Printed(Stream stream, byte[] data) implements Frame {}

  /**
   * Bytes written straight to a descriptor.
   *
   * @param offset of the first byte; the same bytes may come twice
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Raw(Stream stream, long offset, byte[] data) implements Frame {}

  /** Which process the call has: its id as the launcher sees it. The launcher says it first. */
  record Introduction(int process) implements Frame {}

  /** What {@code main} returned: strict JSON, checked. */
  record Result(String json) implements Frame {}

  /**
   * @param line 1-based, 0 where there is none
   * @param column 1-based, 0 where there is none
   */
  record Failure(String reason, String message, String traceback, int line, int column)
      implements Frame {}

  /**
   * What the call has cost so far; whoever says it may lie, within what a long holds from 0 on.
   *
   * @param cpuMicros processor time of all its threads
   * @param peakBytes the most memory that it had at once
   */
  record Measure(long cpuMicros, long peakBytes) implements Frame {}

  /**
   * How the process ended: by a signal, or with an exit code.
   *
   * @param entered whether it had entered its box, so that the builder's code may have run
   * @param cost as the kernel counted it; empty where there was no process
   */
  record Ended(boolean entered, boolean bySignal, int code, Optional<Measure> cost)
      implements Frame {}

  /** Which of the two standard streams. */
  enum Stream {
    OUT,
    ERR
  }
}
