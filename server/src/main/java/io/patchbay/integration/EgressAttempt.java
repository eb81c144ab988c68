package io.patchbay.integration;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One outgoing connection that an invocation tried to make.
 *
 * @param name the host name that was asked for, if it was a name
 * @param address the address that was connected or refused; empty when the name did not resolve
 * @param port 0-65535
 * @param bytesOut 0 where it cannot be known
 */
public record EgressAttempt(
    Instant time,
    Optional<String> name,
    Optional<String> address,
    int port,
    boolean allowed,
    long bytesOut,
    long bytesIn,
    Duration duration) {}
