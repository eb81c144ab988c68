package io.patchbay.bot.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# a remark",
        "requests",
        "requests==2.32.5",
        "Acme.Tools_x[extra,other] >= 1.0, < 2 ; python_version >= \"3.9\" # why",
        "a~=1.4.2",
        "a===1.0+local",
        "a!=1.*",
        "a ; sys_platform == 'linux' and (extra == 'x' or os_name in 'posix')",
      })
  void names_versions_and_markers_are_fine(String line) {
    assertThat(Requirements.problems(line)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-r other.txt                       | options",
        "--index-url http://127.0.0.1/      | options",
        "-e .                               | options",
        "https://acme.example/a.whl         | addresses",
        "a @ https://acme.example/a.whl     | addresses",
        "git+ssh://git@acme.example/a       | addresses",
        "./local                            | paths",
        "/etc/passwd                        | paths",
        "folder/a.whl                       | paths",
        "a==1.0 \\                          | paths",
        "a b                                | no name",
        "a==                                | no name",
        "==1.0                              | no name",
        "a; $(reboot)                       | no name",
      })
  void all_else_is_refused_with_its_reason(String line, String reason) {
    assertThat(Requirements.problems("fine\n" + line))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.pointer()).isEqualTo("requirements:2");
          assertThat(problem.message()).contains(reason);
        });
  }

  @Test
  void there_are_limits_of_lines_and_characters() {
    assertThat(Requirements.problems("a\n".repeat(200))).isEmpty();
    assertThat(Requirements.problems("a\n".repeat(201))).hasSize(1);
    assertThat(Requirements.problems("#" + "x".repeat(20 * 1024))).hasSize(1);
    assertThat(Requirements.problems("a".repeat(501))).hasSize(1);
  }

  @Test
  void remarks_alone_ask_for_nothing() {
    assertThat(Requirements.isEmpty("\n # x\n\t\n")).isTrue();
    assertThat(Requirements.isEmpty("# x\na\n")).isFalse();
  }
}
