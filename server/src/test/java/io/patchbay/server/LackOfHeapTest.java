package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A process without heap ends, and the next one goes on from what is on the disk. */
@Timeout(300)
class LackOfHeapTest {
  /** The JVM's own, with the option that the scripts start it with. */
  private static final int OUT_OF_MEMORY = 3;

  private static final String BOTS = "/api/v1/bots/slow";
  private static final String BOT =
      """
      bot: slow
      nodes:
        CALL:
          start: true
          user_says: [call]
          integration: {type: code, timeout: 60s}
      """;
  private static final String SLEEPS =
      """
      import time
      def main(event, context):
          time.sleep(50)
      """;

  @TempDir private Path data;

  @Test
  void a_heap_that_is_full_for_good_ends_the_process_and_the_next_start_marks_what_ran()
      throws Exception {
    assertThat(statusOf(ServerChild.Heap.LIMPS, List.of())).isEqualTo(HeapGuard.STATUS);

    try (WholeServer next = WholeServer.start(data)) {
      JsonNode invocation = next.get(BOTS + "/invocations").at("/invocations/0");
      assertThat(invocation.path("outcome").asString("")).isEqualTo("interrupted");
    }
  }

  @Test
  void an_error_of_the_heap_ends_the_process() throws Exception {
    assertThat(statusOf(ServerChild.Heap.LEAKS, List.of("-XX:+ExitOnOutOfMemoryError")))
        .isEqualTo(OUT_OF_MEMORY);

    try (WholeServer next = WholeServer.start(data)) {
      assertThat(next.get(BOTS + "/invocations").at("/invocations/0/outcome").asString(""))
          .isEqualTo("interrupted");
    }
  }

  /** Starts it, has a call run in it, fills its heap, and waits for its end. */
  private int statusOf(ServerChild.Heap heap, List<String> more) throws Exception {
    List<String> options = new ArrayList<>(List.of("-Xmx160m", "-XX:+UseG1GC"));
    options.addAll(more);
    Process process = ServerChild.start(List.of(), options, heap, data, List.of());
    try (HttpClient client = HttpClient.newHttpClient()) {
      String address = ServerChild.address(process);
      send(client, address, "PUT", BOTS, "application/yaml", BOT);
      send(client, address, "PUT", BOTS + "/code/CALL", "text/x-python", SLEEPS);
      deploy(client, address);
      Thread.ofVirtual().start(() -> call(client, address));
      String ran = "";
      while (!ran.contains("inv_")) {
        ran = send(client, address, "GET", BOTS + "/invocations", "application/json", "");
      }
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ended").isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private void deploy(HttpClient client, String address) throws IOException, InterruptedException {
    String trained = send(client, address, "POST", BOTS + "/train", "application/json", "");
    var deployment =
        Json.object()
            .put("version", Json.parse(trained).path("version").asString())
            .put("environment", "production");
    send(
        client, address, "POST", BOTS + "/deployments", "application/json", Json.write(deployment));
  }

  private void call(HttpClient client, String address) {
    try {
      var message = Json.object().put("text", "call");
      message.putObject("user").put("auth_id", "u1");
      send(client, address, "POST", BOTS + "/messages", "application/json", Json.write(message));
    } catch (IOException | InterruptedException | AssertionError ended) {
      // The process ends meanwhile.
    }
  }

  private String send(
      HttpClient client, String address, String method, String path, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(Duration.ofSeconds(60))
            .header(
                "Authorization", "Bearer " + Files.readString(data.resolve("admin-token")).strip())
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(body))
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
    return answer.body();
  }
}
