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

  private static Result run(List<String> command) throws IOException, InterruptedException {
    List<String> asUser =
        List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--");
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
