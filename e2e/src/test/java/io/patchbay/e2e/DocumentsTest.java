package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every block of every document is executed, or {@link DocumentRules} says why not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentsTest {
  @TempDir static Path data;
  @TempDir static Path work;

  private static final Path MODULE =
      Program.ROOT.resolve("executor/src/main/resources/io/patchbay/executor/box");

  private final Map<String, List<Fence>> pages = new HashMap<>();
  private final Map<String, DocumentShell.Result> runs = new HashMap<>();
  private Program program;
  private DocumentShell shell;

  @BeforeAll
  void start() {
    Fence.pages().forEach(page -> pages.put(page, Fence.of(page)));
    // An index that nobody runs: a document's packages are fetched from nowhere.
    program = Program.start(data, "--package-index", "http://127.0.0.1:9/simple");
    shell = new DocumentShell(program, data, work);
  }

  @AfterAll
  void end() throws IOException {
    program.close();
    shell.close();
  }

  @TestFactory
  Stream<DynamicTest> a_block_does_what_its_page_says() {
    return pages.keySet().stream()
        .sorted()
        .flatMap(page -> pages.getOrDefault(page, List.of()).stream())
        .filter(DocumentRules::isExecuted)
        .map(fence -> dynamicTest(fence.toString(), () -> check(fence)));
  }

  private void check(Fence fence) throws Exception {
    switch (fence.language()) {
      case "sh" -> commands(fence);
      case "python" -> python(fence);
      case "yaml" -> definition(fence);
      case "json" -> assertThat(Program.JSON.readTree(fence.text()).isContainer()).isTrue();
      case "", "text" ->
          assertThat(before(fence).map(Fence::language))
              .as("%s: text behind no commands needs a reason in DocumentRules", fence)
              .contains("sh");
      default -> throw new AssertionError("no rule for " + fence);
    }
  }

  private Optional<Fence> before(Fence fence) {
    return page(fence).stream()
        .filter(f -> fence.adjoins() && f.number() == fence.number() - 1)
        .findFirst();
  }

  private Optional<Fence> after(Fence fence) {
    return page(fence).stream().filter(f -> f.number() == fence.number() + 1).findFirst();
  }

  private List<Fence> page(Fence fence) {
    return pages.getOrDefault(fence.page(), List.of());
  }

  private void commands(Fence fence) throws Exception {
    for (String tool : List.of("bash", "curl", "openssl")) {
      assumeTrue(isThere(tool), tool + " is not installed");
    }
    assumeTrue(
        DocumentShell.isPossible(fence),
        () -> DocumentRules.need(fence).map(Map.Entry::getValue).orElse(""));
    DocumentShell.Result run = runs.get(fence.page());
    if (run == null) {
      run = shell.run(page(fence));
      runs.put(fence.page(), run);
    }
    String printed = run.printed().get(fence.number());
    assertThat(printed).as("%s, or a block before it, %s", fence, run.error()).isNotNull();
    for (String part : DocumentRules.prints(fence)) {
      assertThat(printed).as(fence.toString()).contains(part);
    }
    after(fence)
        .filter(next -> next.adjoins() && List.of("", "text").contains(next.language()))
        .ifPresent(next ->
            assertThat("\n" + printed).as(next.toString()).endsWith("\n" + next.text().strip()));
  }

  private static boolean isThere(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }

  /** Sessions show what they give; a program with {@code main} is run by the product as well. */
  private void python(Fence fence) throws Exception {
    boolean session = fence.text().contains(">>>");
    Path file = Files.createTempFile(work, "block", session ? ".txt" : ".py");
    if (session) {
      Files.writeString(file, fence.text());
      python(fence, "-m", "doctest", file.toString());
      return;
    }
    Files.writeString(file, fence.text() + "\n" + DocumentRules.check(fence).orElse(""));
    python(fence, file.toString());
    if (fence.text().contains("def main(")) {
      JsonNode output = testRun(fence);
      after(fence)
          .filter(next -> next.language().equals("json"))
          .ifPresent(next ->
              assertThat(output).as(next.toString()).isEqualTo(Program.JSON.readTree(next.text())));
    }
  }

  private static void python(Fence fence, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = Stream.concat(Stream.of("python3"), Stream.of(arguments)).toList();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PYTHONPATH", MODULE.toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s: %s", fence, said).isZero();
  }

  private JsonNode testRun(Fence fence) {
    String bot = "/api/v1/bots/snippet";
    accept(
        program.put(
            bot, "bot: snippet\nnodes: {RUN: {integration: {type: code}}}\n", "application/yaml"));
    accept(program.put(bot + "/code/RUN", fence.text(), "text/x-python"));
    ObjectNode body = Program.JSON.createObjectNode();
    body.set("input", Program.JSON.readTree(DocumentRules.input(fence)));
    JsonNode tested = accept(program.post(bot + "/integrations/RUN/test", body.toString()));
    assertThat(tested.path("outcome").asString()).as(tested.toString()).isEqualTo("succeeded");
    return tested.path("output");
  }

  /** A part of a definition becomes a whole one by what every bot has. */
  private void definition(Fence fence) {
    String whole =
        fence.text().startsWith("bot:")
            ? fence.text()
            : "bot: part\nbase_url: {staging: \"https://a.example\"}\n" + fence.text();
    String name = whole.lines().findFirst().orElseThrow().substring("bot:".length()).strip();
    accept(program.put("/api/v1/bots/" + name, whole, "application/yaml"));
  }

  private static JsonNode accept(Program.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isIn(200, 201);
    assertThat(answer.json().path("problems").size()).as(answer.text()).isZero();
    return answer.json();
  }

  @Test
  void no_rule_is_stale() {
    List<Fence> all = pages.values().stream().flatMap(List::stream).toList();
    assertThat(all).hasSizeGreaterThan(50);
    assertThat(DocumentRules.stale(all)).isEmpty();
    assertThat(DocumentGiven.stale(all)).isEmpty();
  }

  @Test
  void a_new_block_without_a_rule_is_found() {
    List<Fence> fences = Fence.parse("new.md", List.of("* a", "  ```go", "  x", "    y", "  ```"));
    assertThat(fences).containsExactly(new Fence("new.md", 1, 2, "go", "x\n  y\n", false));
    assertThat(fences).allMatch(DocumentRules::isExecuted);
    assertThat(catchThrowable(() -> check(fences.getFirst()))).hasMessageContaining("no rule");
  }
}
