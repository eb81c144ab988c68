package io.patchbay.server;

import java.nio.file.Path;
import java.util.Optional;

/**
 * @param host address to listen on
 * @param port 0 for any free one
 * @param data folder of the database, keys and token; made where it is missing
 * @param examples folder of example bots that are installed and served
 * @param adminToken token given by the operator; empty: kept in the data folder
 * @param python interpreter that runs builders' code
 * @param sandbox what contains builders' code
 * @param metricsOpen whether {@code /metrics} can be read without a token
 */
public record ServerConfig(
    String host,
    int port,
    Path data,
    Optional<Path> examples,
    Optional<String> adminToken,
    Optional<Path> python,
    SandboxChoice sandbox,
    boolean metricsOpen) {}
