package io.patchbay.executor.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The processes below this one, by what they are. */
final class BoxProcesses {
  private static final String TRACER = "TracerPid:";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private BoxProcesses() {}

  /** What was started by this process itself: a box dies with it. */
  static List<ProcessHandle> roots() {
    return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
  }

  /** Trusted: inside of the box, and not of a call. */
  static List<ProcessHandle> launchers() {
    return below().filter(process -> depth(process) == 2).toList();
  }

  /** One for each call that runs, and those that are kept ready. */
  static List<ProcessHandle> calls() {
    return below().filter(process -> depth(process) > 2).toList();
  }

  /** Those that are being put back at this moment. */
  static List<ProcessHandle> traced() {
    return calls().stream().filter(process -> isTraced(process.pid())).toList();
  }

  /** What has not ended, after some time for it to end. */
  static List<ProcessHandle> leftAlive() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<ProcessHandle> alive = below().toList();
    while (!alive.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(10);
      alive = below().toList();
    }
    return alive;
  }

  /** What stands still, or is still somebody's to trace, after some time for it to go on. */
  static List<String> leftStopped() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<String> stopped = stopped();
    while (!stopped.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(10);
      stopped = stopped();
    }
    return stopped;
  }

  private static List<String> stopped() {
    return below()
        .filter(process ->
            line(process.pid(), "State:").matches("State:\\s+[tT].*") || isTraced(process.pid()))
        .map(process -> line(process.pid(), "State:") + " " + line(process.pid(), TRACER))
        .toList();
  }

  /** KiB that these hold in memory themselves. */
  static long residentKib(List<ProcessHandle> processes) {
    return processes.stream().mapToLong(process -> number(process.pid(), "RssAnon:")).sum();
  }

  /** KiB of this process. */
  static long ownResidentKib() {
    return number(ProcessHandle.current().pid(), "RssAnon:");
  }

  private static Stream<ProcessHandle> below() {
    return ProcessHandle.current().descendants().filter(ProcessHandle::isAlive);
  }

  /** How many pid namespaces it is in; 0 if it is gone. */
  private static int depth(ProcessHandle process) {
    return line(process.pid(), "NSpid:").split("\\s+", -1).length - 1;
  }

  private static boolean isTraced(long process) {
    return line(process, TRACER).matches(TRACER + "\\s+[1-9].*");
  }

  private static long number(long process, String key) {
    String[] words = line(process, key).split("\\s+", -1);
    return words.length < 2 ? 0 : Long.parseLong(words[1]);
  }

  private static String line(long process, String key) {
    try {
      return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
          .filter(line -> line.startsWith(key))
          .findFirst()
          .orElse("");
    } catch (IOException gone) {
      return "";
    }
  }
}
