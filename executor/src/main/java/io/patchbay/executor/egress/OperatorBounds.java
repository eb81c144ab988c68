package io.patchbay.executor.egress;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the operator lets builders open of the addresses that are closed by default.
 *
 * @param openable entries inside which an allow-list has effect
 * @param ownPorts never openable
 */
public record OperatorBounds(List<EgressRule> openable, OwnPorts ownPorts) {
  /** Loopback and private ranges: what a single-workspace installation lets builders open. */
  public static final List<EgressRule> SINGLE_WORKSPACE =
      Stream.of(
              "127.0.0.0/8",
              "::1",
              "10.0.0.0/8",
              "172.16.0.0/12",
              "192.168.0.0/16",
              "100.64.0.0/10",
              "fc00::/7")
          .map(OperatorBounds::known)
          .toList();

  public OperatorBounds {
    openable = List.copyOf(openable);
  }

  boolean permits(Optional<String> nameAsked, InetAddress address, int port) {
    return openable.stream().anyMatch(rule -> rule.matches(nameAsked, address, port));
  }

  /**
   * Why an allow-list entry opens nothing, for a warning to its author; empty where it may open
   * something. What a name opens is known only when it is resolved.
   */
  public Optional<String> whyUseless(EgressRule entry) {
    return switch (entry) {
      case EgressRule.Name _ -> Optional.empty();
      case EgressRule.Range range -> whyUseless(range);
    };
  }

  private Optional<String> whyUseless(EgressRule.Range entry) {
    if (AddressKind.neverOpenable(entry.range())) {
      AddressKind kind = AddressKind.of(entry.range().base());
      return Optional.of(entry.range() + " opens nothing: " + kind.text() + " is never open");
    }
    boolean useful =
        AddressKind.of(entry.range().base()) == AddressKind.PUBLIC
            || openable.stream().anyMatch(rule -> meets(rule, entry));
    return useful
        ? Optional.empty()
        : Optional.of(entry.range() + " opens nothing: the operator does not let builders open it");
  }

  private static boolean meets(EgressRule rule, EgressRule.Range entry) {
    return rule instanceof EgressRule.Range range
        && range.range().overlaps(entry.range())
        && (range.port().isEmpty() || entry.port().isEmpty() || range.port().equals(entry.port()));
  }

  private static EgressRule known(String entry) {
    return switch (EgressRule.parse(entry)) {
      case EgressRule.Parsed.Valid(EgressRule rule) -> rule;
      case EgressRule.Parsed.Invalid(String problem) -> throw new IllegalStateException(problem);
    };
  }
}
