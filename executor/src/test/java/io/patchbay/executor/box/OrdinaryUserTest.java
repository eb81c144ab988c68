package io.patchbay.executor.box;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Executor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Root becomes a user of its own for boxes; an ordinary user starts them directly. Both hold. */
class OrdinaryUserTest {
  private static final String USER = "60932";
  private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

  @Test
  void the_box_holds_when_an_ordinary_user_starts_it() throws Exception {
    Assumptions.assumeTrue(Identity.isRoot(), "all other tests run as an ordinary user already");
    String classPath = classes(Executor.class) + ":" + classes(OrdinaryUserMain.class);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Assumptions.assumeTrue(
        run(List.of(java, "-cp", classPath, "-version")).code() == 0, "java is out of its reach");
    Result result = run(List.of(java, NATIVE, "-cp", classPath, OrdinaryUserMain.class.getName()));
    Assumptions.assumeTrue(
        !result.printed().contains("ClassNotFound"), "the classes are out of its reach");
    Assumptions.assumeTrue(result.code() != 2, "no box on this machine: " + result.printed());
    assertThat(result.code()).as(result.printed()).isZero();
  }

  @Test
  void without_the_right_to_look_into_the_box_nothing_is_connected_and_calls_run()
      throws Exception {
    Assumptions.assumeTrue(Identity.isRoot(), "only root has a right that can be taken away");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Result result =
        run(
            List.of("setpriv", "--bounding-set=-sys_ptrace", "--inh-caps=-all", "--"),
            List.of(
                java,
                NATIVE,
                "-cp",
                classes(Executor.class) + ":" + classes(OrdinaryUserMain.class),
                OrdinaryUserMain.class.getName(),
                "connect"));
    assertThat(result.printed()).contains("; no connections: ").contains("RETURNED [38]");
  }

  private static Result run(List<String> command) throws IOException, InterruptedException {
    return run(
        List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--"), command);
  }

  private static Result run(List<String> asUser, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(Stream.of(asUser, command).flatMap(List::stream).toList())
            .directory(Path.of("/tmp").toFile())
            .redirectErrorStream(true)
            .start();
    try {
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      return new Result(process.exitValue(), printed);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Path classes(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private record Result(int code, String printed) {}
}
