package io.patchbay.executor;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs builders' Python, each call in a fresh process in a box. Safe for use by many threads. */
public interface Executor extends AutoCloseable {
  /** Blocks until the call has an outcome, by the deadline at the latest. Never throws for it. */
  Execution run(CodeCall call);

  /** Compiles without running, in the box. Empty when the source is fine. */
  List<SourceProblem> check(String source);

  Status status();

  /** Of processes that serve one call after the other and are put back in between. */
  default Restores restores() {
    return new Restores(0, Map.of(), 0, 0, 0);
  }

  /**
   * @param restored processes that were put back, since the start
   * @param discarded that could not be, since the start, by what had changed
   * @param waiting processes of any isolation that have loaded their code and wait for a call now
   * @param waitingBytes of memory that these may take
   * @param warming codes that are being loaded now
   */
  record Restores(
      long restored, Map<String, Long> discarded, int waiting, long waitingBytes, int warming) {
    /** Of how many processes that have served a call it is known what became of them. */
    public long settled() {
      return restored + discarded.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** It will be called: a process is to have loaded it by then, as far as that goes unnoticed. */
  default void warm(Code code) {}

  /** What every call can import has changed: what was imported ahead is not used any more. */
  default void importsChanged() {}

  /** Whether a call that may use so many bytes of memory can ever run here. */
  default boolean fits(long memory) {
    return true;
  }

  /** Ends what waits for calls of an owner that is no more; what serves one ends with it. */
  default void forget(String owner) {}

  /**
   * Refuses all calls from now on and waits for those that run.
   *
   * @return false if some were still running in the end
   */
  default boolean drain(Duration patience) {
    return true;
  }

  /** Ends every process that was started, idempotent. */
  @Override
  void close();

  /**
   * @param line 1-based, 0 where there is none
   * @param column 1-based, 0 where there is none
   */
  record SourceProblem(int line, int column, String message) {}

  /** What contains calls; docs/explanation/sandbox.md says which threat each stops. */
  enum Level {
    /** Namespaces of their own, made by bubblewrap and the kernel. */
    NAMESPACES("namespaces"),
    /** Landlock alone: weaker where its table says so. */
    LANDLOCK("landlock"),
    /** Nothing can run. */
    NONE("none");

    private final String text;

    Level(String text) {
      this.text = text;
    }

    /** For people and programs. */
    public String text() {
      return text;
    }
  }

  /**
   * @param available whether calls can run
   * @param level what contains them
   * @param description of it in words; or why nothing can run
   * @param connections {@code supervised}, or why all are refused
   * @param restore {@code restored}, or why calls that ask for it have a process each
   * @param missing why what would be stronger is not used, and what would allow it
   */
  record Status(
      boolean available,
      Level level,
      String description,
      Machine machine,
      String connections,
      String restore,
      List<String> missing) {
    public Status {
      missing = List.copyOf(missing);
    }

    /** Where nothing is restored. */
    public Status(
        boolean available,
        Level level,
        String description,
        Machine machine,
        String connections,
        List<String> missing) {
      this(available, level, description, machine, connections, "not tried", missing);
    }

    public Status withRestore(String other) {
      return new Status(available, level, description, machine, connections, other, missing);
    }
  }

  /**
   * @param python version and path of the interpreter
   * @param processor kind of it, and whether the filters were proven on it
   * @param cgroup limits of all calls together, or why there are none
   */
  record Machine(String python, String processor, String cgroup) {}
}
