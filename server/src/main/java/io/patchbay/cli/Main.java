package io.patchbay.cli;

import io.patchbay.server.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code patchbay}: the one program. */
@Command(
    name = "patchbay",
    description = "Connects a chatbot to the outside world.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Versions.class,
    subcommands = Serve.class)
public final class Main implements Runnable {
  @CommandLine.Spec private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  public static void main(String[] arguments) {
    Logging.setUp();
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(System.out);
    }
  }

  static final class Versions implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"patchbay " + Version.current()};
    }
  }
}
