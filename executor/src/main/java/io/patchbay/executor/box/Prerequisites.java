package io.patchbay.executor.box;

import io.patchbay.executor.Executor.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the machine must have before a box can be tried, and what to do where it has not. */
final class Prerequisites {
  private final ExecutorConfig config;

  Prerequisites(ExecutorConfig config) {
    this.config = config;
  }

  /** Why no box can be made; empty if one may be tried. */
  Optional<String> problem() {
    if (!Processor.isKnown() || !isLinux()) {
      return Optional.of(
          "Code runs on Linux on x86_64 and aarch64 only: the box knows no other system calls");
    }
    if (Identity.isRoot() && config.becomes().isEmpty()) {
      return Optional.of(
          "Boxes are never started as root: start as an ordinary user, or name one to become");
    }
    if (!Identity.isRoot() && config.becomes().isPresent()) {
      return Optional.of("Only root can become another user: leave the user of the box out");
    }
    if (config.becomes().isPresent() && !Files.isExecutable(config.programs().setpriv())) {
      return Optional.of("setpriv is missing. Install it: sudo apt-get install util-linux");
    }
    return Optional.empty();
  }

  /** Why namespaces need not even be tried, and what to do; empty if they may be. */
  Optional<String> namespacesProblem() {
    if (!Files.isExecutable(config.programs().bubblewrap())) {
      return Optional.of("bubblewrap is missing. Install it: sudo apt-get install bubblewrap");
    }
    return kernelProblem();
  }

  /** Runs what follows as the user of the box; empty when we are that user. */
  List<String> asUser() {
    return config
        .becomes()
        .map(user ->
            List.of(
                config.programs().setpriv().toString(),
                "--reuid=" + user.uid(),
                "--regid=" + user.gid(),
                "--clear-groups",
                "--inh-caps=-all",
                "--"))
        .orElse(List.of());
  }

  private static Optional<String> kernelProblem() {
    if ("0".equals(setting("user/max_user_namespaces"))) {
      return Optional.of(forbidden("sudo sysctl -w user.max_user_namespaces=15000"));
    }
    if ("0".equals(setting("kernel/unprivileged_userns_clone"))) {
      return Optional.of(forbidden("sudo sysctl -w kernel.unprivileged_userns_clone=1"));
    }
    return Optional.empty();
  }

  /** What a box that could not be made said, with the way out where we know one. */
  static String explain(Level level, String said) {
    if (level == Level.NAMESPACES
        && "1".equals(setting("kernel/apparmor_restrict_unprivileged_userns"))) {
      return forbidden("sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0")
          + " (it said: "
          + said
          + ")";
    }
    return "The box could not be made: " + said;
  }

  private static String forbidden(String command) {
    return "This system forbids user namespaces to ordinary users. Allow them: " + command;
  }

  private static String setting(String name) {
    try {
      return Files.readString(Path.of("/proc/sys", name)).strip();
    } catch (IOException absent) {
      return "";
    }
  }

  private static boolean isLinux() {
    return "Linux".equals(System.getProperty("os.name"));
  }
}
