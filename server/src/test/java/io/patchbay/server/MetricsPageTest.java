package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.metrics.Scrape;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What docs/reference/metrics.md lists is what the whole server measures, no more and no less. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "metrics.md");
  private static final String TOKEN = "token-of-this-test";

  /** Name, type, labels. */
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z0-9_]+)` \\| ([a-z]+) \\|([^|]*)\\|", Pattern.MULTILINE);

  private static final String BOT =
      """
      bot: shop
      nodes:
        HELLO: {start: true, user_says: [hello], bot_says: [Hi]}
        RUN: {start: true, user_says: [run], integration: {type: code}}
        ASK:
          start: true
          user_says: [ask]
          integration: {type: api, url: 'http://127.0.0.1:1/secret-path'}
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private PatchbayServer server;
  private Scrape scrape;

  private record Documented(String type, Set<String> labels) {}

  private static final Documented NOTHING = new Documented("not documented", Set.of());

  @BeforeAll
  void use_everything_once(@TempDir Path data) throws Exception {
    server = PatchbayServer.start(TestConfig.of(data, TOKEN, true));
    send("PUT", "/api/v1/bots/shop", "application/yaml", BOT);
    send(
        "PUT",
        "/api/v1/bots/shop/code/RUN",
        "text/x-python",
        "def main(event, context):\n    return {'statusCode': 200, 'body': '{\"response\": \"ok\"}'}\n");
    Matcher version =
        Pattern.compile("\"version\": *\"([^\"]+)\"")
            .matcher(send("POST", "/api/v1/bots/shop/train", "application/json", ""));
    assertThat(version.find()).isTrue();
    send(
        "POST",
        "/api/v1/bots/shop/deployments",
        "application/json",
        "{\"version\": \"%s\", \"environment\": \"production\"}".formatted(version.group(1)));
    for (String text : new String[] {"hello", "hello", "run", "ask", "what"}) {
      send(
          "POST",
          "/api/v1/bots/shop/messages",
          "application/json",
          "{\"user\": {\"auth_id\": \"secret-user\"}, \"text\": \"%s\", \"message_id\": \"%s\"}"
              .formatted(text, text));
    }
    scrape = Scrape.of(send("GET", "/metrics", "text/plain", ""));
  }

  @AfterAll
  void stop() {
    server.close();
    client.close();
  }

  @Test
  void everything_measured_is_documented_as_it_is() throws IOException {
    Map<String, Documented> documented = documented();
    scrape
        .types()
        .forEach((family, type) -> check(documented.getOrDefault(family, NOTHING), family, type));
  }

  private void check(Documented documented, String family, String type) {
    assertThat(documented.type).as(family).isEqualTo(type);
    if (scrape.has(family)) {
      assertThat(scrape.labels(family)).as(family).isEqualTo(documented.labels);
    }
  }

  @Test
  void everything_documented_is_measured() throws IOException {
    Set<String> missing = new TreeSet<>(documented().keySet());
    missing.removeAll(scrape.types().keySet());
    // Only after the first collection of its kind.
    missing.removeIf(name -> name.matches("jvm_gc_(pause|concurrent_phase_time)_seconds(_max)?"));
    assertThat(missing).isEmpty();
  }

  @Test
  void what_was_done_is_counted() {
    assertThat(scrape.value("patchbay_turn_seconds_count")).isEqualTo(4);
    assertThat(scrape.value("patchbay_turns_repeated_total")).isEqualTo(1);
    assertThat(scrape.value("patchbay_bot_breaks_total")).as("of the API").isEqualTo(1);
    assertThat(scrape.value("patchbay_invocations_total", "outcome", "succeeded")).isEqualTo(1);
    assertThat(scrape.value("patchbay_invocations_total", "type", "api", "outcome", "failed"))
        .isEqualTo(1);
    assertThat(
            scrape.value(
                "patchbay_http_request_seconds_count",
                "route",
                "/api/v1/bots/{bot}/messages",
                "status",
                "200"))
        .isEqualTo(5);
    assertThat(scrape.value("patchbay_store_commits_total")).isPositive();
    assertThat(scrape.value("patchbay_store_writes_total"))
        .isGreaterThanOrEqualTo(scrape.value("patchbay_store_commits_total"));
  }

  @Test
  void no_user_no_bot_and_no_secret_is_in_a_label() {
    for (Scrape.Sample sample : scrape.samples()) {
      assertThat(sample.labels().values())
          .noneMatch(value -> value.matches(".*(secret|shop|RUN|HELLO|" + TOKEN + ").*"));
    }
  }

  private static Map<String, Documented> documented() throws IOException {
    Map<String, Documented> rows = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(PAGE));
    while (row.find()) {
      Set<String> labels = new TreeSet<>();
      Arrays.stream(row.group(3).split("`"))
          .filter(part -> part.matches("[a-z_]+"))
          .forEach(labels::add);
      assertThat(rows.put(row.group(1), new Documented(row.group(2), labels))).isNull();
    }
    return rows;
  }

  private String send(String method, String path, String type, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isLessThan(300);
    return answer.body();
  }
}
