package io.patchbay.executor.box;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.patchbay.executor.Execution.LogRecord;
import io.patchbay.executor.Executor.Level;
import io.patchbay.executor.egress.EgressPolicy;
import io.patchbay.executor.net.CallNetwork;
import io.patchbay.executor.net.Lookup;
import io.patchbay.executor.net.Supervisor;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs pip in boxes of its own, one for each installation: no file of the machine, no connection
 * but what the talk's policy allows. Whoever calls {@link #run} must be a platform thread that
 * lives as long as this object: bubblewrap's "die with parent" follows it.
 */
public final class InstallerBox implements AutoCloseable {
  private static final Duration END_LIMIT = Duration.ofSeconds(2);
  private static final int LONGEST_PAYLOAD = 2 << 20;
  private static final int LONGEST_LINE = 2000;
  private static final String NO_PIP =
      "pip is missing. Install it: sudo apt-get install python3-pip";

  private final BoxFolder folder;
  private final BoxCommand command;
  private final Interpreter python;
  private final Lookup lookup;
  private final Clock clock;
  private final Deadlines deadlines = new Deadlines();
  private final AtomicInteger generations = new AtomicInteger();
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private InstallerBox(
      BoxFolder folder, BoxCommand command, Interpreter python, Lookup lookup, Clock clock) {
    this.folder = folder;
    this.command = command;
    this.python = python;
    this.lookup = lookup;
    this.clock = clock;
  }

  /** What one installation says, and what it makes of the answers. */
  public interface Talk {
    /**
     * The job as one line of JSON in ASCII; goes in by standard input, where nobody else reads it.
     */
    String job();

    /**
     * What it may connect to.
     *
     * @param ownIndex pip's own index and the host of its files; empty if the job names an index
     */
    EgressPolicy egress(Optional<OwnIndex> ownIndex) throws IOException;

    /**
     * Hostile input.
     *
     * @throws IOException ends the installation, with this as the reason
     */
    void frame(int type, byte[] payload) throws IOException;
  }

  public record OwnIndex(String url, String filesHost) {}

  /**
   * How it ended; whether it succeeded only the frames tell.
   *
   * @param problem why there will be no further frames, if the box failed
   * @param refused connections that were not allowed
   */
  public record Ended(Optional<String> problem, List<LogRecord> refused) {}

  /** Where there can be no box, the reason is the exception's message. */
  public static InstallerBox open(ExecutorConfig config, Lookup lookup) throws IOException {
    Prerequisites machine = new Prerequisites(config);
    Optional<String> problem = machine.problem().or(machine::namespacesProblem);
    if (problem.isPresent()) {
      throw new IOException(problem.get());
    }
    Interpreter python = interpreter(config);
    BoxFolder folder = BoxFolder.create(config.work(), config.becomes());
    BoxCommand command =
        new BoxCommand(
            machine.asUser(),
            config.programs().bubblewrap(),
            python,
            new LauncherSettings(
                config.capacity(), new LauncherSettings.Packages(List.of(), Optional.empty())),
            folder);
    return new InstallerBox(folder, command, python, lookup, config.clock());
  }

  /** The interpreter that packages are made for, such as {@code cpython-3.11-amd64}. */
  public String platform() {
    String version = python.version();
    String minor = version.substring(0, version.lastIndexOf('.'));
    return "cpython-" + minor + "-" + System.getProperty("os.arch");
  }

  private static Interpreter interpreter(ExecutorConfig config) throws IOException {
    return Interpreter.find(config.programs().pythons(), new Prerequisites(config).asUser())
        .orElseThrow(() -> new IOException("No CPython 3.9 or newer can be run"));
  }

  /** Blocks until pip and its box are gone, by the limit at the latest. */
  public Ended run(Talk talk, Duration limit) throws IOException {
    int number = generations.incrementAndGet();
    Process process =
        new ProcessBuilder(command.installer(number)).redirectErrorStream(true).start();
    running.add(process);
    if (closed) {
      process.destroyForcibly();
    }
    Future<?> watchdog = deadlines.in(limit, process::destroyForcibly);
    Supervision supervision = new Supervision(command.control(number), lookup);
    boolean late = false;
    try (DataInputStream said = new DataInputStream(process.getInputStream())) {
      process.getOutputStream().write((talk.job() + "\n").getBytes(US_ASCII));
      process.getOutputStream().flush();
      Ended ended = new Dialogue(said, supervision).hold(talk);
      late = watchdog.isDone();
      return late ? tooLate(limit, ended.refused()) : ended;
    } catch (IOException failed) {
      if (watchdog.isDone()) {
        return tooLate(limit, List.of());
      }
      throw failed;
    } finally {
      watchdog.cancel(false);
      end(process);
      supervision.close();
      Files.deleteIfExists(command.control(number));
    }
  }

  private static Ended tooLate(Duration limit, List<LogRecord> refused) {
    return new Ended(
        Optional.of("it was not done within " + limit.toSeconds() + " seconds"), refused);
  }

  private void end(Process process) {
    try {
      if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } finally {
      running.remove(process);
    }
  }

  /** Lines of the trusted process, then frames of the one that runs pip. */
  private final class Dialogue {
    private final DataInputStream said;
    private final Supervision supervision;
    private Optional<OwnIndex> ownIndex = Optional.empty();

    Dialogue(DataInputStream said, Supervision supervision) {
      this.said = said;
      this.supervision = supervision;
    }

    Ended hold(Talk talk) throws IOException {
      int pid = awaitProcess();
      Supervisor supervisor =
          supervision
              .supervisor()
              .orElseThrow(() -> new IOException(supervision.problem().orElse("no network")));
      CallNetwork network = new CallNetwork(talk.egress(ownIndex), clock);
      supervisor.admit(pid, network);
      try {
        Optional<String> problem = frames(talk);
        return new Ended(problem, network.explanations());
      } finally {
        supervisor.dismiss(pid, network);
      }
    }

    private int awaitProcess() throws IOException {
      StringBuilder other = new StringBuilder();
      for (String line = line(); line != null; line = line()) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
          case "PIP" -> {}
          case "NOPIP" -> throw new IOException(NO_PIP);
          case "INDEX" -> ownIndex = Optional.of(new OwnIndex(words[1], words[2]));
          case "SUPERVISED" -> supervision.begin();
          case "PROCESS" -> {
            return Integer.parseInt(words[1]);
          }
          default -> other.append(line).append('\n');
        }
      }
      throw new IOException(Prerequisites.explain(Level.NAMESPACES, other.toString().strip()));
    }

    private @Nullable String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = said.read(); c >= 0; c = said.read()) {
        if (c == '\n') {
          return line.toString();
        }
        if (line.length() < LONGEST_LINE) {
          line.append((char) c);
        }
      }
      return line.isEmpty() ? null : line.toString();
    }

    /** Until the end; why it is not a proper one. */
    private Optional<String> frames(Talk talk) throws IOException {
      for (int type = said.read(); type >= 0; type = said.read()) {
        int length = said.readInt();
        if (length < 0 || length > LONGEST_PAYLOAD) {
          return Optional.of("the installer sent what is no frame");
        }
        byte[] payload = said.readNBytes(length);
        if (payload.length < length) {
          return Optional.of("the installer was ended in the middle of its work");
        }
        talk.frame(type, payload);
      }
      return Optional.empty();
    }
  }

  /** Ends what runs, idempotent. */
  @Override
  public void close() {
    closed = true;
    running.forEach(Process::destroyForcibly);
    running.forEach(this::end);
    deadlines.close();
    folder.close();
  }
}
