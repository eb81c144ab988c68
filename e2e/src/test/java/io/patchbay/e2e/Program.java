package io.patchbay.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The program as {@code ./run} starts it, on a free port and a data folder of its own. */
final class Program implements AutoCloseable {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Duration START = Duration.ofMinutes(8);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  final Process process;
  final String address;
  final String token;
  final String signInLink;
  final List<String> output;

  private Program(
      Process process, String address, String token, String signInLink, List<String> output) {
    this.process = process;
    this.address = address;
    this.token = token;
    this.signInLink = signInLink;
    this.output = output;
  }

  /** Waits until the program says that it is ready. */
  static Program start(Path data, String... options) {
    return launch(List.of(), data, options).ready(data);
  }

  /**
   * Starts it and waits for nothing; on a free port where the options name none.
   *
   * @param before words of a command that runs the program, such as one that mounts its data folder
   */
  static Starting launch(List<String> before, Path data, String... options) {
    List<String> command = new ArrayList<>(before);
    command.addAll(List.of("bash", ROOT.resolve("run").toString(), "--data", data.toString()));
    command.addAll(List.of(options));
    if (!command.contains("--port")) {
      command.addAll(List.of("--port", "0"));
    }
    if (!command.contains("--default-packages")) {
      command.addAll(List.of("--default-packages", "none")); // no index is asked
    }
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      List<String> output = java.util.Collections.synchronizedList(new ArrayList<>());
      Starting starting =
          new Starting(process, new CompletableFuture<>(), new CompletableFuture<>(), output);
      Thread.ofPlatform()
          .name("program-output")
          .daemon()
          .start(() -> listen(process, output, starting.address, starting.link));
      return starting;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A program that may not be ready yet. */
  record Starting(
      Process process,
      CompletableFuture<String> address,
      CompletableFuture<String> link,
      List<String> output) {

    /**
     * Waits until it says that it is ready.
     *
     * @param data its data folder, as we see it
     */
    Program ready(Path data) {
      try {
        String at = address.orTimeout(START.toSeconds(), TimeUnit.SECONDS).join();
        String signIn = link.orTimeout(START.toSeconds(), TimeUnit.SECONDS).join();
        String token = Files.readString(data.resolve("admin-token")).strip();
        return new Program(process, at, token, signIn, output);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void listen(
      Process process,
      List<String> output,
      CompletableFuture<String> address,
      CompletableFuture<String> link) {
    String ready = "Patchbay is ready at ";
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        if (line.startsWith(ready)) {
          address.complete(line.substring(ready.length()).strip());
        }
        if (line.contains("/signin?code=")) {
          link.complete(line.substring(line.indexOf("http")).strip());
        }
      }
    } catch (IOException e) {
      output.add(e.toString());
    }
    IllegalStateException ended =
        new IllegalStateException("it ended without being ready: " + String.join("\n", output));
    address.completeExceptionally(ended);
    link.completeExceptionally(ended);
  }

  record Answer(int status, String text, Map<String, List<String>> headers) {
    JsonNode json() {
      return JSON.readTree(text);
    }
  }

  Answer get(String path) {
    return call("GET", path, null, "application/json");
  }

  Answer put(String path, String body, String type) {
    return call("PUT", path, body, type);
  }

  Answer post(String path, String json) {
    return call("POST", path, json, "application/json");
  }

  Answer delete(String path) {
    return call("DELETE", path, null, "application/json");
  }

  Answer call(
      String method, String path, @org.jspecify.annotations.Nullable String body, String type) {
    HttpRequest.BodyPublisher publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", type)
            .method(method, publisher)
            .build();
    try {
      HttpResponse<String> response =
          CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), response.body(), response.headers().map());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends a chat message and returns the whole turn. */
  ObjectNode say(String bot, String environment, String user, String text) {
    ObjectNode message = JSON.createObjectNode().put("text", text);
    message.putObject("user").put("auth_id", user);
    Answer answer =
        post(
            "/api/v1/bots/" + bot + "/messages?debug=true&environment=" + environment,
            message.toString());
    if (answer.status() != 200) {
      throw new AssertionError("status " + answer.status() + ": " + answer.text());
    }
    return (ObjectNode) answer.json();
  }

  static List<String> texts(JsonNode turn) {
    return turn.get("messages").valueStream().map(m -> m.path("text").asString("")).toList();
  }

  /** Processes that the program has started and that run now, the program included. */
  List<ProcessHandle> tree() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    return all;
  }

  /** As Ctrl-C or a service manager does. */
  boolean terminate(Duration patience) {
    process.destroy();
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns once it has ended, so that nothing writes into its data folder any more. */
  @Override
  public void close() {
    if (!terminate(Duration.ofSeconds(10))) {
      process.destroyForcibly().onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }
  }
}
