package io.patchbay.store;

import static io.patchbay.store.Samples.draft;
import static io.patchbay.store.Samples.key;
import static io.patchbay.store.Samples.started;
import static io.patchbay.store.Samples.succeeded;
import static io.patchbay.store.Samples.turn;
import static io.patchbay.store.Samples.version;

import io.patchbay.bot.BotStore;
import io.patchbay.integration.InvocationRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/** A process of its own that uses a data folder and tells on standard output how far it came. */
final class StoreChild {
  private static final String MARK = "child: ";

  private StoreChild() {}

  /** Starts it; the caller ends it. */
  static Process start(List<String> before, String mode, Path folder) throws IOException {
    var command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            StoreChild.class.getName(),
            mode,
            folder.toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** The next thing that the child says; empty when it has ended. Log lines are skipped. */
  static Optional<String> next(BufferedReader said) throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(MARK)) {
        return Optional.of(line.substring(MARK.length()));
      }
    }
    return Optional.empty();
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    switch (args[0]) {
      case "hold" -> hold(folder);
      case "turns" -> turns(folder);
      case "fill" -> fill(folder);
      case "start" -> startOnFullDisk(folder);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void hold(Path folder) throws InterruptedException {
    try (var stores = Stores.open(folder)) {
      say("holds " + stores.database().folder());
      Thread.sleep(Duration.ofMinutes(1));
    }
  }

  /** Eight users talk until the process is killed; each turn is told once it is acknowledged. */
  private static void turns(Path folder) throws InterruptedException {
    Stores stores = Stores.open(folder);
    stores.bots().save(draft("acme", "Acme"), Optional.empty());
    stores.invocations().start(started("inv_left", "acme"));
    say("started inv_left");
    try (var users = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int user = 0; user < 8; user++) {
        String name = "user" + user;
        users.execute(() -> talk(stores, name));
      }
    }
  }

  private static void talk(Stores stores, String user) {
    for (int number = 1; ; number++) {
      String id = user + "-" + number;
      InvocationRecord invocation = started(id, "acme");
      stores.invocations().start(invocation);
      stores.conversations().commit(turn(key("acme", user), id, number, succeeded(invocation)));
      say("kept " + user + " " + number);
    }
  }

  /** Fills the file system of the folder, then makes room, and tells what the store did. */
  private static void fill(Path folder) throws IOException {
    Path ballast = folder.resolve("ballast");
    Files.write(ballast, new byte[2 * 1024 * 1024]);
    try (Stores stores = Stores.open(folder)) {
      stores.bots().save(draft("acme", "Acme"), Optional.empty());
      int kept = 0;
      try {
        while (kept < 10_000) {
          stores.bots().addVersion(big("v" + kept));
          kept++;
        }
      } catch (StoreFailure e) {
        say("failed " + e.kind());
      }
      say("kept " + stores.bots().versions("acme", Optional.empty(), 10_000).items().size());
      say("acknowledged " + kept);
      Files.delete(ballast);
      stores.bots().addVersion(big("after"));
      say("works " + stores.bots().version("acme", "after").isPresent());
    }
  }

  /** Opens a new store and one that was used, each with too little room first. */
  private static void startOnFullDisk(Path folder) throws IOException {
    // Beside the data folder, which a refused start leaves as it was.
    Path data = folder.resolve("data");
    Path ballast = Files.write(folder.resolve("ballast"), new byte[7 * 1024 * 1024 + 512 * 1024]);
    refused("new", data);
    Files.delete(ballast);
    try (Stores stores = Stores.open(data)) {
      stores.bots().save(draft("acme", "Acme"), Optional.empty());
      say("new made");
    }
    Files.write(ballast, new byte[7 * 1024 * 1024]);
    refused("used", data);
    Files.delete(ballast);
    try (Stores stores = Stores.open(data)) {
      say("used has acme " + stores.bots().exists("acme"));
    }
  }

  private static void refused(String which, Path data) {
    try (Stores stores = Stores.open(data)) {
      say(which + " was opened in " + stores.database().folder());
    } catch (StoreFailure e) {
      say(which + " refused " + e.kind() + " " + e.getMessage());
    }
  }

  private static BotStore.Version big(String name) {
    var small = version("acme", name);
    return new BotStore.Version(
        small.bot(),
        name,
        small.definition(),
        Map.of("TRACK", "#" + "x".repeat(50_000)),
        "",
        "",
        small.createdAt());
  }

  @SuppressWarnings("SystemOut") // the parent reads it
  private static void say(String line) {
    synchronized (StoreChild.class) {
      System.out.println(MARK + line);
      System.out.flush();
    }
  }
}
