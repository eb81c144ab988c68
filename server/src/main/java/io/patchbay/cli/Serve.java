package io.patchbay.cli;

import io.patchbay.base.ByteSize;
import io.patchbay.base.Secret;
import io.patchbay.bot.Isolation;
import io.patchbay.intent.MatchingModel;
import io.patchbay.server.HeapGuard;
import io.patchbay.server.PatchbayServer;
import io.patchbay.server.SandboxChoice;
import io.patchbay.server.ServerConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code patchbay serve}: runs in the foreground until it is told to end. */
@Command(
    name = "serve",
    description = "Starts the server and stays in the foreground.",
    mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {
  private static final long LEAST_MEMORY = 64L << 20;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Port to listen on, 0 for any free one (${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--data",
      defaultValue = "data",
      description = "Folder of the database, keys and token (${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  @Option(names = "--examples", description = "Folder of example bots to install and serve.")
  private @Nullable Path examples;

  @Option(
      names = "--package-index",
      paramLabel = "URL",
      description =
          "Index that Python packages come from; also PATCHBAY_PACKAGE_INDEX, which keeps a"
              + " password out of the process list. Without it, the one that pip itself takes.")
  private @Nullable String packageIndex;

  @Option(
      names = "--package-files",
      paramLabel = "HOST",
      description =
          "Host that the index keeps its files on, where it is another one, with or without :port;"
              + " may be repeated.")
  private List<String> packageFiles = List.of();

  @Option(
      names = "--default-packages",
      defaultValue = "auto",
      description =
          "Packages that all code can import: auto installs them from the index at the first start"
              + " where it answers, none takes what the distribution has (${DEFAULT-VALUE}).")
  private String defaultPackages = "auto";

  @Option(
      names = "--sandbox",
      defaultValue = "auto",
      description =
          "What contains builders' code: auto takes the strongest that this machine has,"
              + " namespaces and landlock that one or none (${DEFAULT-VALUE}).")
  private String sandbox = "auto";

  @Option(
      names = "--isolation",
      defaultValue = "restored",
      description =
          "What lies between two calls of code that does not say it itself: restored, process or"
              + " kept (${DEFAULT-VALUE}).")
  private String isolation = "restored";

  @Option(
      names = "--matching-model",
      defaultValue = "minilm",
      description =
          "What tells which node a message means where its words do not: minilm, a model of"
              + " sentences that runs inside the server, or none (${DEFAULT-VALUE}).")
  private String matchingModel = "minilm";

  @Option(
      names = "--calls-memory",
      paramLabel = "SIZE",
      description =
          "Memory that all calls of code have together, 64MiB or more, such as 12GiB; three"
              + " quarters of the machine's where it is not said.")
  private @Nullable String callsMemory;

  @Option(
      names = "--metrics-open",
      description = "Lets anybody read /metrics, which otherwise needs a token.")
  private boolean metricsOpen;

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > 65535) {
      System.err.println("patchbay: --port is " + port + ", not between 0 and 65535");
      return 2;
    }
    if (SandboxChoice.named(sandbox).isEmpty()) {
      System.err.println(
          "patchbay: --sandbox is " + sandbox + ", not auto, namespaces or landlock");
      return 2;
    }
    if (!List.of("auto", "none").contains(defaultPackages)) {
      System.err.println(
          "patchbay: --default-packages is " + defaultPackages + ", not auto or none");
      return 2;
    }
    if (Isolation.of(isolation).isEmpty()) {
      System.err.println(
          "patchbay: --isolation is " + isolation + ", not restored, process or kept");
      return 2;
    }
    if (MatchingModel.named(matchingModel).isEmpty()) {
      System.err.println("patchbay: --matching-model is " + matchingModel + ", not minilm or none");
      return 2;
    }
    if (callsMemory != null && callsMemory().isEmpty()) {
      System.err.println(
          "patchbay: --calls-memory is " + callsMemory + ", not a size of 64MiB or more");
      return 2;
    }
    ServerConfig config = config();
    HeapGuard _ = HeapGuard.start();
    PatchbayServer server;
    try {
      server = PatchbayServer.start(config, System.getenv());
    } catch (IOException | RuntimeException e) {
      System.err.println("patchbay: it did not start: " + reason(e));
      return 1;
    }
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  ended.countDown();
                },
                "shutdown"));
    Banner.print(System.out, server, config);
    ended.await();
    return 0;
  }

  ServerConfig config() {
    return new ServerConfig(
        host,
        port,
        data,
        Optional.ofNullable(examples),
        Optional.ofNullable(System.getenv("PATCHBAY_ADMIN_TOKEN")).filter(t -> !t.isBlank()),
        Optional.ofNullable(System.getenv("PATCHBAY_PYTHON")).map(Path::of),
        new ServerConfig.Packages(
            Optional.ofNullable(packageIndex)
                .or(() -> Optional.ofNullable(System.getenv("PATCHBAY_PACKAGE_INDEX")))
                .filter(url -> !url.isBlank())
                .map(Secret::new),
            packageFiles,
            defaultPackages.equals("auto")),
        SandboxChoice.named(sandbox).orElse(SandboxChoice.AUTO),
        Isolation.of(isolation).orElse(Isolation.RESTORED),
        MatchingModel.named(matchingModel).orElse(MatchingModel.MINILM),
        callsMemory(),
        metricsOpen);
  }

  private OptionalLong callsMemory() {
    return Optional.ofNullable(callsMemory).flatMap(ByteSize::of).stream()
        .mapToLong(Long::longValue)
        .filter(bytes -> bytes >= LEAST_MEMORY)
        .findFirst();
  }

  private static String reason(Throwable e) {
    StringBuilder reason = new StringBuilder(String.valueOf(e.getMessage()));
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      reason
          .append("\n  because: ")
          .append(
              cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }
    return reason.toString();
  }

  /** What a newcomer needs next. */
  static final class Banner {
    private Banner() {}

    static void print(PrintStream out, PatchbayServer server, ServerConfig config) {
      out.println();
      out.println("Patchbay is ready at " + server.address());
      out.println();
      out.println("  Open and sign in   " + server.signInLink());
      out.println("  Administrator      " + administrator(server, config));
      server.sandboxLines().forEach(line -> out.println("  Sandbox            " + line));
      server.packagesLine().ifPresent(line -> out.println("  Packages           " + line));
      if (!server.examples().isEmpty()) {
        out.println("  Example bots       " + String.join(", ", server.examples()));
      }
      out.println();
      out.println("Ctrl-C ends it.");
      out.flush();
    }

    private static String administrator(PatchbayServer server, ServerConfig config) {
      return config.adminToken().isPresent()
          ? "the token of PATCHBAY_ADMIN_TOKEN"
          : server.adminToken().reveal()
              + "  (kept in "
              + config.data().resolve("admin-token")
              + ")";
    }
  }
}
