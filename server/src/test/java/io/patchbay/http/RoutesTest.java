package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Walks the route table: who may come in, what is described, what is always said. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesTest {
  private static final Set<String> PUBLIC =
      Set.of(
          "GET /health/live",
          "GET /health/ready",
          "GET /openapi.json",
          "GET /schemas/bot.json",
          "GET /api/v1/session",
          "POST /api/v1/session",
          "GET /signin",
          "GET /");

  private TestServer server;

  @BeforeAll
  void start() {
    server = new TestServer();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private List<Route> routes() {
    return server.server.table().routes();
  }

  private static String filled(Route route) {
    return route
        .path()
        .replace("{bot}", "acme")
        .replace("{node}", "TRACK")
        .replaceAll("\\{[^}]*}", "x");
  }

  @Test
  void every_route_has_a_rule_and_only_the_known_ones_are_public() {
    var open = new TreeSet<String>();
    for (Route route : routes()) {
      assertThat(route.access()).as("%s", route).isNotNull();
      if (route.access() == Access.PUBLIC && !route.path().startsWith("/studio/")) {
        open.add(route.toString());
      }
    }
    assertThat(open).isEqualTo(new TreeSet<>(PUBLIC));
  }

  @Test
  void every_route_but_the_public_ones_answers_401_without_credentials() {
    int walked = 0;
    for (Route route : routes()) {
      if (route.access() == Access.PUBLIC) {
        continue;
      }
      HttpResponse<String> answer = server.sendAs("", route.method(), filled(route), "");
      assertThat(answer.statusCode()).as("%s", route).isEqualTo(401);
      assertThat(TestServer.code(answer)).isEqualTo("unauthenticated");
      assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
      walked++;
    }
    assertThat(walked).isGreaterThan(20);
  }

  @Test
  void every_answer_has_the_security_headers() {
    for (String path :
        List.of("/", "/openapi.json", "/api/v1/bots", "/nothing", "/studio/icon.svg")) {
      var headers = server.get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(headers.firstValue("Server")).isEmpty();
    }
    assertThat(server.get("/api/v1/bots").headers().firstValue("Cache-Control"))
        .contains("no-store");
  }

  @Test
  void unknown_paths_are_not_found_and_wrong_methods_name_the_right_ones() {
    for (String path :
        List.of("/nothing", "/api/v1/bots/", "/api/v1", "//", "/studio/../x", "/studio/")) {
      HttpResponse<String> answer = server.sendAs("", "GET", path, "");
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(TestServer.code(answer)).isEqualTo("not_found");
      assertThat(answer.headers().firstValue("Content-Type")).contains(Problems.TYPE);
    }
    for (String method : List.of("POST", "OPTIONS", "TRACE", "BREW")) {
      HttpResponse<String> answer = server.send(method, "/api/v1/bots", "");
      assertThat(answer.statusCode()).as(method).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }
  }

  @Test
  void head_answers_as_get_without_a_body() {
    HttpResponse<String> answer = server.send("HEAD", "/api/v1/bots", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void openapi_names_every_route_and_all_its_references_resolve() {
    JsonNode document = TestServer.body(server.sendAs("", "GET", "/openapi.json", ""));
    assertThat(document.path("openapi").asString()).isEqualTo("3.1.0");
    for (Route route : routes()) {
      boolean isPage = route.path().matches("/|/studio/.*|/signin");
      JsonNode operation =
          document.path("paths").path(route.path()).path(route.method().toLowerCase(Locale.ROOT));
      assertThat(operation.path("operationId").isString()).as("%s", route).isEqualTo(!isPage);
      if (!isPage) {
        assertThat(operation.path("responses").isEmpty()).as("%s", route).isFalse();
        assertThat(operation.path("security").isEmpty()).isEqualTo(route.access() == Access.PUBLIC);
      }
    }
    assertThat(document.findValuesAsString("operationId")).doesNotHaveDuplicates();
    for (String reference : document.findValuesAsString("$ref")) {
      assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
    }
  }

  @Test
  void two_routes_for_one_path_are_refused() {
    Route one = Route.of("GET", "/a/{x}", Access.PUBLIC, _ -> Reply.empty());
    Route two = Route.of("GET", "/a/{y}", Access.PUBLIC, _ -> Reply.empty());
    assertThatThrownBy(() -> new RouteTable(List.of(one, two)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void health_is_open_and_ready_follows_the_server() {
    assertThat(server.sendAs("", "GET", "/health/live", "").body()).contains("live");
    assertThat(server.sendAs("", "GET", "/health/ready", "").statusCode()).isEqualTo(200);
    server.ready = false;
    HttpResponse<String> answer = server.sendAs("", "GET", "/health/ready", "");
    server.ready = true;
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(TestServer.body(answer).at("/details/store").asString()).isEqualTo("ok");
  }

  @Test
  void the_schema_of_bots_is_served_as_it_was_built() throws IOException {
    HttpResponse<String> answer = server.sendAs("", "GET", "/schemas/bot.json", "");
    try (var built = getClass().getResourceAsStream("/schemas/bot.json")) {
      if (built == null) {
        assertThat(answer.statusCode()).isEqualTo(404);
      } else {
        assertThat(answer.body())
            .isEqualTo(new String(built.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void the_page_is_served_with_its_files_and_an_etag() {
    HttpResponse<String> page = server.sendAs("", "GET", "/", "");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
    String etag = page.headers().firstValue("ETag").orElseThrow();
    assertThat(server.sendAs("", "GET", "/", "", "If-None-Match", etag).statusCode())
        .isEqualTo(304);
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
    assertThat(page.body())
        .doesNotContain("<style", " style=", "onclick", "http:", "https:")
        .contains("/studio/assets/");
  }

  @Test
  void assets_never_change_and_come_compressed_to_those_who_take_it() {
    int compressed = 0;
    for (Route route : routes()) {
      if (!route.path().startsWith("/studio/assets/")) {
        continue;
      }
      HttpResponse<String> plain = server.sendAs("", "GET", route.path(), "");
      assertThat(plain.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
      assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
      assertThat(plain.headers().firstValue("Vary")).contains("Accept-Encoding");
      HttpResponse<String> small =
          server.sendAs("", "GET", route.path(), "", "Accept-Encoding", "br, gzip;q=0.8");
      compressed += small.headers().firstValue("Content-Encoding").isPresent() ? 1 : 0;
      assertThat(small.headers().firstValue("ETag"))
          .isNotEqualTo(plain.headers().firstValue("ETag"));
      assertThat(
              server
                  .sendAs("", "GET", route.path(), "", "Accept-Encoding", "gzip;q=0")
                  .headers()
                  .firstValue("Content-Encoding"))
          .isEmpty();
    }
    assertThat(compressed).isGreaterThan(1);
  }

  /** Of the studio's own code; its libraries are held to it by the browser's trusted types. */
  @Test
  void the_studio_never_reads_html() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("../studio/src"))) {
      List<Path> sources = files.filter(f -> f.toString().matches(".*\\.tsx?")).toList();
      assertThat(sources).hasSizeGreaterThan(4);
      for (Path source : sources) {
        assertThat(Files.readString(source))
            .as("%s", source)
            .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "InnerHTML")
            .doesNotContain("document.write", "DOMParser", "eval(", "new Function");
      }
    }
  }
}
