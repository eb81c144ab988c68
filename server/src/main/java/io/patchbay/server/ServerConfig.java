package io.patchbay.server;

import io.patchbay.base.Secret;
import io.patchbay.bot.Isolation;
import io.patchbay.intent.MatchingModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * @param host address to listen on
 * @param port 0 for any free one
 * @param data folder of the database, keys and token; made where it is missing
 * @param examples folder of example bots that are installed and served
 * @param adminToken token given by the operator; empty: kept in the data folder
 * @param python interpreter that runs builders' code
 * @param packages where packages come from
 * @param sandbox what contains builders' code
 * @param isolation what lies between two calls of code that does not say it
 * @param matchingModel what tells which node a message means where its words do not
 * @param callsMemory bytes that all calls of code have together; empty: three quarters of what the
 *     machine has
 * @param metricsOpen whether {@code /metrics} can be read without a token
 */
public record ServerConfig(
    String host,
    int port,
    Path data,
    Optional<Path> examples,
    Optional<String> adminToken,
    Optional<Path> python,
    Packages packages,
    SandboxChoice sandbox,
    Isolation isolation,
    MatchingModel matchingModel,
    OptionalLong callsMemory,
    boolean metricsOpen) {
  /**
   * @param index address of the package index, which may hold a password; empty: pip's own
   * @param files hosts that the index keeps its files on, {@code host} or {@code host:port}
   * @param defaults whether the default packages are installed for all code
   */
  public record Packages(Optional<Secret> index, List<String> files, boolean defaults) {
    public Packages {
      files = List.copyOf(files);
    }

    /** pip's own index, for bots that name packages. */
    public static Packages standard() {
      return new Packages(Optional.empty(), List.of(), false);
    }
  }
}
