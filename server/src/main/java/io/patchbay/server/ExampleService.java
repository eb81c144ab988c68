package io.patchbay.server;

import io.patchbay.base.Json;
import io.patchbay.store.OwnerOnly;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process behind an example. Its standard input is held open and never written: it ends when
 * this server does, however that comes about, and so tells the service to end. What it prints is
 * logged from {@link #show} on; what it prints before belongs to the samples of its bot, or is the
 * reason of a start that failed.
 */
final class ExampleService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExampleService.class);
  private static final long START_SECONDS = 10;
  private static final int LINES_KEPT = 20;

  /** What the command after it makes is its owner's only. */
  private static final List<String> CLOSED =
      List.of("/bin/sh", "-c", "umask 077; exec \"$@\"", "service");

  private final String name;
  private final Process process;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final String ready;
  private final Queue<String> unshown = new ConcurrentLinkedQueue<>();
  private volatile boolean shown;

  private ExampleService(String name, Process process, String ready) {
    this.name = name;
    this.process = process;
    this.ready = ready;
  }

  /** Where the service of a bot keeps what users told it; closed to others. */
  static Path folder(Path data, String bot) throws IOException {
    Path folder = data.resolve(DataFolder.SERVICES).resolve(bot);
    for (Path each : List.of(folder.resolveSibling("."), folder)) {
      if (!Files.isDirectory(each)) {
        OwnerOnly.createFolder(each.normalize());
      }
    }
    return folder;
  }

  /**
   * @param python interpreter that stands in for {@code python3} in the command
   * @throws IOException when the service does not start or does not tell its port in time
   */
  static ExampleService start(
      Path folder, ExampleManifest.Service service, Map<String, String> environment, String python)
      throws IOException {
    List<String> command = new ArrayList<>(service.command());
    if (command.getFirst().equals("python3")) {
      command.set(0, python);
    }
    command.addAll(0, CLOSED);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PATCHBAY_"));
    builder.environment().putAll(environment);
    ExampleService started =
        new ExampleService(String.valueOf(folder.getFileName()), builder.start(), service.ready());
    started.await();
    return started;
  }

  private void await() throws IOException {
    Thread errors = follow(process.errorReader(StandardCharsets.UTF_8), this::log);
    Thread output = follow(process.inputReader(StandardCharsets.UTF_8), this::heard);
    try {
      CompletableFuture<?> _ =
          process.onExit().thenRun(() -> port.completeExceptionally(new IOException("it ended")));
      port.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      close();
      endOf(errors);
      endOf(output);
      String said = String.join("\n", unshown);
      throw new IOException("the service of " + name + " told no port; it said: " + said, e);
    }
  }

  /** The first line tells the port, what follows is the service's log. */
  private void heard(String line) {
    if (port.isDone()) {
      log(line);
      return;
    }
    try {
      port.complete(Json.parse(line).path("port").asInt());
    } catch (Json.MalformedJson e) {
      log(line);
      port.completeExceptionally(e);
    }
  }

  private void log(String line) {
    if (shown) {
      LOG.info("{}: {}", name, line);
    } else if (unshown.size() < LINES_KEPT) {
      unshown.add(line);
    }
  }

  private Thread follow(BufferedReader from, Consumer<String> line) {
    return Thread.ofPlatform()
        .name("example-" + name)
        .daemon()
        .start(() -> {
          try (from) {
            from.lines().forEach(line);
          } catch (IOException | UncheckedIOException e) {
            LOG.debug("{}: its output cannot be read", name, e);
          }
        });
  }

  /** A process that it started may hold the pipe open. */
  private static void endOf(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From here on its lines are logged. */
  void show() {
    shown = true;
    unshown.clear();
  }

  int port() {
    return port.join();
  }

  String ready() {
    return ready;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
