package io.patchbay.executor.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.executor.Executor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs {@link HostileMain} with fewer rights than this process has. For root only. */
final class OrdinaryUser implements AutoCloseable {
  private static final String USER = "60932";

  /** A copy of the classes: the user may not be able to get to where they are. */
  private final Path classes;

  private OrdinaryUser(Path classes) {
    this.classes = classes;
  }

  static OrdinaryUser create() throws IOException {
    OrdinaryUser user = new OrdinaryUser(Files.createTempDirectory("patchbay-classes-"));
    user.copy(Executor.class);
    user.copy(HostileMain.class);
    return user;
  }

  /** What it printed, and how it ended. */
  record Result(int code, String printed) {}

  /** As the user, who has no rights of root's. */
  Result run(Duration limit, String... arguments) throws IOException, InterruptedException {
    return runWith(
        limit,
        List.of("--reuid=" + USER, "--regid=" + USER, "--clear-groups"),
        List.of(HostileMain.class.getName()),
        arguments);
  }

  /** As root, who may not look into other processes. */
  Result runWithoutTracing(Duration limit, String... arguments)
      throws IOException, InterruptedException {
    return runWith(
        limit,
        List.of("--bounding-set=-sys_ptrace", "--inh-caps=-all"),
        List.of(HostileMain.class.getName()),
        arguments);
  }

  /** Whether the user can run this Java at all. */
  boolean hasJava() throws IOException, InterruptedException {
    return runWith(
                Duration.ofSeconds(60),
                List.of("--reuid=" + USER, "--regid=" + USER, "--clear-groups"),
                List.of("-version"))
            .code()
        == 0;
  }

  private Result runWith(
      Duration limit, List<String> rights, List<String> program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("setpriv"));
    command.addAll(rights);
    command.add("--");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classes.toString()));
    command.addAll(program);
    command.addAll(List.of(arguments));
    Path printed = Files.createTempFile("patchbay-printed-", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("/tmp").toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("not done after " + limit + ": " + Files.readString(printed));
      }
      return new Result(process.exitValue(), Files.readString(printed, UTF_8));
    } finally {
      process.destroyForcibly();
      Files.delete(printed);
    }
  }

  private void copy(Class<?> one) throws IOException {
    Path from = root(one);
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = classes.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
          Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        } else {
          Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
          Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
        }
      }
    }
  }

  private static Path root(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(classes)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
