package io.patchbay.executor.box;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Execution;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers that connect in C, and those that keep many connections, with the real servers. */
class DataStoreTest {
  private static final Path PACKAGES = Path.of("/usr/lib/python3/dist-packages");

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (Process process : started) {
      List<ProcessHandle> below = process.descendants().toList();
      below.forEach(ProcessHandle::destroy);
      process.destroy();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        below.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
      below.forEach(child -> child.onExit().join()); // else they write to the folder that goes
    }
  }

  @Test
  void redis_is_reached_by_name_and_refused_by_port() throws Exception {
    Path server = Path.of("/usr/bin/redis-server");
    Assumptions.assumeTrue(Files.isExecutable(server), "redis-server is not installed");
    Assumptions.assumeTrue(Files.isDirectory(PACKAGES.resolve("redis")), "no python3-redis");
    int port = freePort();
    start(
        List.of(
            server.toString(),
            "--port",
            "" + port,
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--daemonize",
            "no",
            "--dir",
            folder.toString()));
    awaitListener(port);
    try (TestBox box = box()) {
      String source =
          """
          import redis
          def main(e, c):
              r = redis.Redis("redis.test", %1$d, socket_timeout=30)
              r.set("a", "b" * 100000)
              pipe = r.pipeline()
              for _ in range(100): pipe.incr("n")
              found = [len(r.get("a")), pipe.execute()[-1]]
              try: redis.Redis("redis.test", %1$d + 1, socket_timeout=30).ping()
              except redis.exceptions.ConnectionError as error: found.append("Permission denied" in str(error))
              return found
          """
              .formatted(port);
      Execution execution = box.run(source, "redis.test:" + port);
      assertThat(TestBox.returned(execution)).isEqualTo("[100000,100,true]");
    }
  }

  @Test
  void postgresql_is_reached_by_name_and_by_address_and_refused_by_port() throws Exception {
    Optional<Path> programs = postgresPrograms();
    Assumptions.assumeTrue(programs.isPresent(), "postgresql is not installed");
    Assumptions.assumeTrue(Files.isDirectory(PACKAGES.resolve("psycopg2")), "no python3-psycopg2");
    int port = freePort();
    Path data = emptyFolder();
    run(programs.get().resolve("initdb"), "-D", data.toString(), "-U", "bot", "-A", "trust", "-N");
    start(
        asPostgres(
            programs.get().resolve("postgres").toString(),
            "-D",
            data.toString(),
            "-p",
            "" + port,
            "-h",
            "127.0.0.1",
            "-k",
            "",
            "-F"));
    awaitListener(port);
    try (TestBox box = box()) {
      String source =
          """
          import psycopg2, time
          def ask(host, port):
              for _ in range(150):
                  try: c = psycopg2.connect(host=host, port=port, dbname="postgres", user="bot", connect_timeout=30)
                  except psycopg2.OperationalError as error:
                      if "starting up" not in str(error): return "Permission denied" in str(error)
                      time.sleep(0.1); continue
                  k = c.cursor()
                  k.execute("create temp table t(a int); insert into t select generate_series(1,1000); select sum(a) from t")
                  return k.fetchone()[0]
          def main(e, c):
              return [ask("pg.test", %1$d), ask("127.0.0.1", %1$d), ask("pg.test", %1$d + 1)]
          """
              .formatted(port);
      Execution execution = box.run(source, "pg.test:" + port, "127.0.0.1:" + port);
      assertThat(TestBox.returned(execution)).isEqualTo("[500500,500500,true]");
    }
  }

  private static TestBox box() {
    return TestBox.start(name -> List.of(InetAddress.ofLiteral("127.0.0.1")));
  }

  /** Below the ports that the kernel gives to connections and to whoever asks for any. */
  private static int freePort() throws IOException {
    for (int port : new Random().ints(100, 20_000, 30_000).toArray()) {
      try (ServerSocket free = new ServerSocket(port)) {
        return free.getLocalPort();
      } catch (BindException taken) {
        // another one, then
      }
    }
    throw new BindException("no port is free");
  }

  private static Optional<Path> postgresPrograms() throws IOException {
    Path versions = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(versions)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(versions)) {
      return folders
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Path::compareTo);
    }
  }

  /** It refuses to run as root. */
  private static List<String> asPostgres(String... command) {
    List<String> all = new ArrayList<>();
    if (Identity.isRoot()) {
      all.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    }
    all.addAll(List.of(command));
    return all;
  }

  private Path emptyFolder() throws IOException, InterruptedException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path data = folder.resolve("data");
    run(Path.of("/usr/bin/mkdir"), data.toString());
    return data;
  }

  private void run(Path program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(asPostgres(program.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private void start(List<String> command) throws IOException {
    started.add(
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  private static void awaitListener(int port) throws InterruptedException {
    for (int i = 0; i < 1200; i++) {
      try (Socket probe = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
        assertThat(probe.isConnected()).isTrue();
        return;
      } catch (IOException notYet) {
        Thread.sleep(50);
      }
    }
    throw new AssertionError("nothing listens on port " + port);
  }
}
