package io.patchbay.executor;

import io.patchbay.executor.egress.EgressPolicy;
import java.util.Optional;

/**
 * A builder's code, with all that is the same from call to call. Two equal ones may share a process
 * that was made ready, and, by their isolation, one that has served before.
 *
 * @param owner whose it is
 * @param functionName {@code context.function_name}: the node
 * @param source UTF-8 Python source, at most {@link Limits#MAX_SOURCE} bytes
 * @param packages name of the package set that it imports from, if any
 * @param memory bytes that a call may use
 * @param egress what it may connect to
 * @param isolation what lies between two calls
 */
public record Code(
    Owner owner,
    String functionName,
    String source,
    Optional<String> packages,
    long memory,
    EgressPolicy egress,
    Isolation isolation) {
  private static final Owner NOBODY = new Owner("", "");

  /**
   * @param name whose calls share the places fairly with those of others: the bot
   * @param space what a process of one space keeps is not for another: the environment
   */
  public record Owner(String name, String space) {}

  /** Nobody's in particular: no packages, no connections, a fresh process for each call. */
  public Code(String functionName, String source, long memory) {
    this(
        NOBODY,
        functionName,
        source,
        Optional.empty(),
        memory,
        EgressPolicy.closed(),
        Isolation.PROCESS);
  }

  public Code withEgress(EgressPolicy policy) {
    return new Code(owner, functionName, source, packages, memory, policy, isolation);
  }

  /** The same with a package set. */
  public Code withPackages(String set) {
    return new Code(owner, functionName, source, Optional.of(set), memory, egress, isolation);
  }

  public Code with(Isolation other) {
    return new Code(owner, functionName, source, packages, memory, egress, other);
  }
}
