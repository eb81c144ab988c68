package io.patchbay.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A real Chromium, driven over the WebDriver protocol. */
final class Browser implements AutoCloseable {
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
  private static final int MOST_STARTS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process driver;
  private final String session;

  private Browser(Process driver, String address, int width, Path profile) {
    this.driver = driver;
    ObjectNode wanted = Program.JSON.createObjectNode();
    ObjectNode match = wanted.putObject("capabilities").putObject("alwaysMatch");
    match.putObject("goog:loggingPrefs").put("browser", "ALL");
    ObjectNode chrome = match.putObject("goog:chromeOptions");
    ArrayNode arguments = chrome.putArray("args");
    Stream.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            // Containers have 64 MB of shared memory.
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + profile,
            "--window-size=" + width + ",900")
        .forEach(arguments::add);
    this.session =
        address
            + "/session/"
            + send("POST", address + "/session", wanted).get("sessionId").asString();
  }

  /** Skips the test, with the reason, where there is no browser. */
  static Browser start(int width, Path profile) {
    assumeTrue(Files.isExecutable(DRIVER), "chromedriver is not installed");
    // It takes a port of IPv4 that may be somebody else's of IPv6, and ends then.
    for (int attempt = 1; attempt <= MOST_STARTS; attempt++) {
      Optional<Browser> started = attempt(width, profile);
      if (started.isPresent()) {
        return started.get();
      }
    }
    throw new IllegalStateException("chromedriver ended at once, " + MOST_STARTS + " times");
  }

  private static Optional<Browser> attempt(int width, Path profile) {
    try {
      Process driver = new ProcessBuilder(DRIVER.toString(), "--port=0").start();
      BufferedReader lines = driver.inputReader();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher started = STARTED.matcher(line);
        if (started.find()) {
          String address = "http://127.0.0.1:" + started.group(1);
          return Optional.of(new Browser(driver, address, width, profile));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode send(String method, String url, @Nullable JsonNode body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofMinutes(3))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode value = Program.JSON.readTree(answer.body()).get("value");
      if (answer.statusCode() != 200) {
        throw new Refused(value);
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A command that was not done: there is no such element, another one is above it, and so on. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(JsonNode said) {
      super(said.toString());
    }
  }

  /** Tries again until it is not refused: what it needs may come with the next drawing. */
  private static void patiently(Runnable command) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        command.run();
        return;
      } catch (Refused refused) {
        if (System.nanoTime() > until) {
          throw refused;
        }
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  void open(String url) {
    send("POST", session + "/url", Program.JSON.createObjectNode().put("url", url));
  }

  /** The value of a script's {@code return}. */
  JsonNode run(String script) {
    ObjectNode body = Program.JSON.createObjectNode().put("script", script);
    body.putArray("args");
    return send("POST", session + "/execute/sync", body);
  }

  /** Waits until the expression is true; fails with what the page shows. */
  void await(String expression) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!isTrue(expression)) {
      if (System.nanoTime() > until) {
        throw new AssertionError(
            "never true: " + expression + "; the page: " + run("return document.body.innerText"));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** False as well where it cannot be told yet: a page that is being left, an element not there. */
  private boolean isTrue(String expression) {
    try {
      return run("return Boolean(" + expression + ")").asBoolean();
    } catch (Refused refused) {
      return false;
    }
  }

  /** Types into a field. */
  void type(String css, String text) {
    ObjectNode by = Program.JSON.createObjectNode().put("using", "css selector").put("value", css);
    ObjectNode keys = Program.JSON.createObjectNode().put("text", text);
    patiently(() -> {
      String id = idOf(send("POST", session + "/element", by));
      send("POST", session + "/element/" + id + "/value", keys);
    });
  }

  private static String idOf(JsonNode element) {
    return element
        .propertyStream()
        .findFirst()
        .orElseThrow(() -> new Refused(element))
        .getValue()
        .asString();
  }

  /** Presses keys one after another, whatever has the focus; those of {@code held} stay down. */
  void press(String held, String keys) {
    ObjectNode body = Program.JSON.createObjectNode();
    ObjectNode source = body.putArray("actions").addObject();
    source.put("type", "key").put("id", "keyboard");
    ArrayNode actions = source.putArray("actions");
    held.codePoints().forEach(key -> action(actions, "keyDown", key));
    keys.codePoints()
        .forEach(key -> {
          action(actions, "keyDown", key);
          action(actions, "keyUp", key);
        });
    held.codePoints().forEach(key -> action(actions, "keyUp", key));
    send("POST", session + "/actions", body);
  }

  private static void action(ArrayNode actions, String type, int key) {
    actions.addObject().put("type", type).put("value", Character.toString(key));
  }

  /** A real click in the middle of the element that the expression gives. */
  void click(String expression) {
    patiently(() -> {
      String id = idOf(run("return " + expression));
      send("POST", session + "/element/" + id + "/click", Program.JSON.createObjectNode());
    });
  }

  /** Presses the mouse on the one element, and lets it go on the other. */
  void drag(String from, String to) {
    patiently(() -> {
      ObjectNode body = Program.JSON.createObjectNode();
      ObjectNode mouse = body.putArray("actions").addObject().put("type", "pointer").put("id", "m");
      ArrayNode actions = mouse.putArray("actions");
      moveTo(actions, run("return " + from));
      actions.addObject().put("type", "pointerDown").put("button", 0);
      moveTo(actions, run("return " + to));
      moveTo(actions, run("return " + to));
      actions.addObject().put("type", "pointerUp").put("button", 0);
      send("POST", session + "/actions", body);
    });
  }

  private static void moveTo(ArrayNode actions, JsonNode element) {
    ObjectNode move = actions.addObject().put("type", "pointerMove").put("duration", 150);
    move.put("x", 0).put("y", 0).set("origin", element);
  }

  /** A command of the browser's own protocol. */
  void command(String name, ObjectNode parameters) {
    ObjectNode body = Program.JSON.createObjectNode().put("cmd", name);
    body.set("params", parameters);
    send("POST", session + "/goog/cdp/execute", body);
  }

  /** The tab that is looked at. */
  String tab() {
    return send("GET", session + "/window", null).asString();
  }

  /** Opens another tab, and looks at it. */
  String newTab() {
    ObjectNode kind = Program.JSON.createObjectNode().put("type", "tab");
    String tab = send("POST", session + "/window/new", kind).get("handle").asString();
    lookAt(tab);
    return tab;
  }

  void lookAt(String tab) {
    send("POST", session + "/window", Program.JSON.createObjectNode().put("handle", tab));
  }

  /** Errors and warnings of the console since the last look. */
  List<String> complaints() {
    return send("POST", session + "/se/log", Program.JSON.createObjectNode().put("type", "browser"))
        .valueStream()
        .map(JsonNode::toString)
        .toList();
  }

  void screenshot(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
      Files.write(
          file, Base64.getDecoder().decode(send("GET", session + "/screenshot", null).asString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns once nothing of the browser runs any more, which would write into its profile. */
  @Override
  public void close() {
    List<ProcessHandle> processes = driver.descendants().toList();
    try {
      send("DELETE", session, null);
    } finally {
      driver.destroy();
      long until = System.nanoTime() + LAST_WORDS.toNanos();
      while (processes.stream().anyMatch(Browser::runs) && System.nanoTime() < until) {
        pause();
      }
      processes.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** One that has ended counts for Java until its parent has asked how; that may take a second. */
  private static boolean runs(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return process.isAlive() && !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    } catch (IOException ended) {
      return false;
    }
  }
}
