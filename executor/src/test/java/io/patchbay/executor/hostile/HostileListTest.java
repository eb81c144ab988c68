package io.patchbay.executor.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list that readers see and the files that run are the same, and a file says what it means. */
class HostileListTest {
  private static final Pattern ROW = Pattern.compile("\\| [^|]+ \\|([^|]*)\\|");
  private static final Pattern CASE = Pattern.compile("`([a-z0-9_]+)`");

  @Test
  void every_line_of_the_list_has_its_cases_and_every_case_its_line() throws IOException {
    assertThat(listed()).containsExactlyInAnyOrderElementsOf(names(HostileCases.all()));
  }

  @Test
  void no_line_of_the_list_is_without_a_case() throws IOException {
    assertThat(rows()).hasSizeGreaterThan(40).allMatch(row -> CASE.matcher(row).find());
  }

  private static List<String> names(List<HostileCase> cases) {
    return cases.stream().map(HostileCase::name).toList();
  }

  private static List<String> listed() throws IOException {
    return rows().stream()
        .flatMap(row -> CASE.matcher(row).results().map(found -> found.group(1)))
        .toList();
  }

  /** The second cells of the table. */
  private static List<String> rows() throws IOException {
    Path list = Path.of("..", "docs", "reference", "hostile-code.md");
    Assumptions.assumeTrue(Files.exists(list), "the documentation is not here");
    List<String> cells = new ArrayList<>();
    for (String line : Files.readAllLines(list)) {
      ROW.matcher(line).results().map(found -> found.group(1)).forEach(cells::add);
    }
    cells.removeIf(cell -> cell.equals(" cases "));
    return cells;
  }

  @Test
  void a_case_is_read_with_everything_that_it_says() {
    HostileCase hostile =
        HostileCases.parse(
            "name",
            """
            # Does harm.
            # expect: A.*|B
            # landlock: C
            # limit: 300ms
            # egress: open, silent
            # put: U+0041 3 times for @letters@

            main = "@letters@"
            """);
    assertThat(hostile.about()).isEqualTo("Does harm.");
    assertThat(hostile.expected().get(BoxLevel.NAMESPACES)).hasToString("A.*|B");
    assertThat(hostile.expected().get(BoxLevel.LANDLOCK)).hasToString("C");
    assertThat(hostile.limit()).isEqualTo(Duration.ofMillis(300));
    assertThat(hostile.opened())
        .containsExactly(Surroundings.Service.OPEN, Surroundings.Service.SILENT);
    assertThat(hostile.source()).endsWith("main = \"AAA\"\n").contains("for @letters@");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "# expect: A\n\n",
        "# About.\n\n",
        "# About.\n# expect: A",
        "# About.\n# expect: A\nimport os\n\n",
        "# About.\n# expect: (A\n\n",
        "# About.\n# expect: A\n# expect: B\n\n",
        "# About.\n# expects: A\n\n",
        "# About.\n# expect: A\n#limit: 1s\n\n",
        "# About.\n# expect: A\n# limit: 1\n\n",
        "# About.\n# expect: A\n# limit: 0s\n\n",
        "# About.\n# expect: A\n# egress: closed\n\n",
        "# About.\n# expect: A\n# egress: open, open\n\n",
        "# About.\n# expect: A\n# put: NUL for @x@\n\n@x@",
        "# About.\n# expect: A\n# put: U+0000 for @x@\n\n",
        "# About.\n# expect: A\n# put: U+0000 for @x@\n\n@x@@x@",
        "import os\n# About.\n# expect: A\n\n",
      })
  void a_case_that_is_not_understood_is_refused(String text) {
    assertThatThrownBy(() -> HostileCases.parse("name", text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Name", "two words", "name.py", "../name"})
  void a_name_that_is_not_lower_case_words_is_refused(String name) {
    assertThatThrownBy(() -> HostileCases.parse(name, "# About.\n# expect: A\n\n"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
