package io.patchbay.server;

import io.patchbay.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program as a process of its own, whose heap can be filled. */
final class ServerChild {
  private static final String READY = "Patchbay is ready at ";

  private ServerChild() {}

  /** What becomes of the heap as soon as a line comes on standard input. */
  enum Heap {
    /** More is kept until nothing is left. */
    LEAKS,
    /** What is left is used up and given back for ever, whatever errors that means. */
    LIMPS
  }

  /**
   * Starts it on a free port; the caller ends it.
   *
   * @param before words of a command that runs it
   * @param options of the JVM
   * @param more arguments of the program
   */
  static Process start(
      List<String> before, List<String> options, Heap heap, Path data, List<String> more)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ServerChild.class.getName(), heap.name()));
    command.addAll(List.of("serve", "--port", "0", "--data", data.toString()));
    command.addAll(List.of("--default-packages", "none")); // no index is asked
    command.addAll(more);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Waits until it is ready; all that it says later is read and forgotten. */
  static String address(Process process) throws IOException {
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      all.append(line).append('\n');
      if (line.startsWith(READY)) {
        Thread.ofVirtual().start(() -> said.lines().forEach(_ -> {}));
        return line.substring(READY.length()).strip();
      }
    }
    throw new AssertionError("it did not start: " + all);
  }

  public static void main(String[] arguments) {
    Heap heap = Heap.valueOf(arguments[0]);
    Thread.ofPlatform().daemon().start(() -> fill(heap));
    Main.main(List.of(arguments).subList(1, arguments.length).toArray(String[]::new));
  }

  private static void fill(Heap heap) {
    try {
      if (System.in.read() < 0) {
        return;
      }
    } catch (IOException e) {
      return;
    }
    List<byte[]> kept = new ArrayList<>(1_000_000);
    while (true) {
      try {
        kept.add(new byte[4 * 1024]);
      } catch (OutOfMemoryError full) {
        if (heap == Heap.LEAKS) {
          throw full;
        }
        // As code does that believes it can go on.
        kept.removeLast();
      }
    }
  }
}
