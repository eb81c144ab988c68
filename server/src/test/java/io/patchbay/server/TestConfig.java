package io.patchbay.server;

import io.patchbay.bot.Isolation;
import io.patchbay.intent.MatchingModel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** For a whole server on a free port of loopback, without examples. */
public final class TestConfig {
  private TestConfig() {}

  public static ServerConfig of(Path data, String token) {
    return of(data, token, false);
  }

  static ServerConfig of(Path data, String token, boolean metricsOpen) {
    return new ServerConfig(
        "127.0.0.1",
        0,
        data,
        Optional.empty(),
        Optional.of(token),
        Optional.empty(),
        ServerConfig.Packages.standard(),
        SandboxChoice.AUTO,
        Isolation.RESTORED,
        MatchingModel.NONE,
        OptionalLong.empty(),
        metricsOpen);
  }
}
