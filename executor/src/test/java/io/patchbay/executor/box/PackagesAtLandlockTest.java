package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Isolation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A package set under Landlock: a folder that only the calls that ask for it can read. */
class PackagesAtLandlockTest {
  @Test
  void a_call_reads_its_package_set_and_no_other(@TempDir Path folder) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    String own = "a".repeat(32);
    String others = "b".repeat(32);
    for (String name : List.of(own, others)) {
      Path set = Files.createDirectories(folder.resolve(name));
      Files.writeString(set.resolve("answer.py"), "VALUE = '" + name.charAt(0) + "'\n");
    }
    String source =
        """
        import answer, os
        def error_of(function, *arguments):
            try:
                return [function(*arguments)]
            except OSError as error:
                return error.errno
        def main(event, context):
            own = os.path.dirname(answer.__file__)
            sets = os.path.dirname(own)
            other = os.path.join(sets, "b" * 32, "answer.py")
            return [answer.VALUE, error_of(os.listdir, sets), error_of(open, other),
                    error_of(open, own + "/x", "w"), error_of(os.unlink, answer.__file__)]
        """;
    try (TestBox box = TestBox.startWithPackages(Containment.LANDLOCK, folder)) {
      assertThat(TestBox.returned(run(box, source, Optional.of(own))))
          .isEqualTo("[\"a\",13,13,13,13]");
      assertThat(TestBox.failed(run(box, source, Optional.empty())).message())
          .contains("No module named 'answer'");
      assertThat(TestBox.failed(run(box, source, Optional.of("c".repeat(32)))).message())
          .isNotBlank();
      assertThat(box.returned("def main(e, c): return 1")).isEqualTo("1");
    }
  }

  @Test
  void a_call_reads_the_set_that_all_share_also_if_that_comes_later(@TempDir Path folder)
      throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path shared = Files.createDirectories(folder.resolve(ExecutorConfig.DEFAULT_SET));
    String source = "import answer\ndef main(e, c): return answer.VALUE";
    try (TestBox box = TestBox.startWithPackages(Containment.LANDLOCK, folder)) {
      assertThat(TestBox.failed(run(box, source, Optional.empty())).message())
          .contains("No module named 'answer'");
      Path set = Files.createDirectories(shared.resolve("a".repeat(32)));
      Files.writeString(set.resolve("answer.py"), "VALUE = 42\n");
      Files.createSymbolicLink(shared.resolve(ExecutorConfig.CURRENT), set.getFileName());
      assertThat(TestBox.returned(run(box, source, Optional.empty()))).isEqualTo("42");
    }
  }

  private static Execution run(TestBox box, String source, Optional<String> packages) {
    Code code =
        new Code(
            new Code.Owner("", ""),
            "NODE",
            source,
            packages,
            TestBox.MEMORY,
            TestBox.policy(),
            Isolation.PROCESS);
    return box.executor()
        .run(new CodeCall("call", code, "{}", TestBox.CLOCK.instant().plusSeconds(60)));
  }
}
