package io.patchbay.server;

import io.patchbay.base.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process behind an example. Its standard input is held open and never written: it ends when
 * this server does, however that comes about, and so tells the service to end.
 */
final class ExampleService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExampleService.class);
  private static final long START_SECONDS = 10;

  private final Process process;
  private final int port;
  private final String ready;

  private ExampleService(Process process, int port, String ready) {
    this.process = process;
    this.port = port;
    this.ready = ready;
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
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.startsWith("PATCHBAY_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    CompletableFuture<Integer> told = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("example-" + folder.getFileName())
        .daemon()
        .start(() -> listen(folder, process, told));
    try {
      return new ExampleService(
          process, told.get(START_SECONDS, TimeUnit.SECONDS), service.ready());
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IOException("the service of " + folder + " told no port in time", e);
    }
  }

  /** The first line tells the port, what follows is the service's log. */
  private static void listen(Path folder, Process process, CompletableFuture<Integer> told) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String first = lines.readLine();
      if (first == null) {
        told.completeExceptionally(new IOException("the service ended at once"));
        return;
      }
      told.complete(Json.parse(first).path("port").asInt());
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        LOG.info("{}: {}", folder.getFileName(), line);
      }
    } catch (IOException | Json.MalformedJson e) {
      told.completeExceptionally(e);
    }
  }

  int port() {
    return port;
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
