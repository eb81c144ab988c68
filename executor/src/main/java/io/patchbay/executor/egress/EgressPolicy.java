package io.patchbay.executor.egress;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses one bot may connect to. Loopback, private and reserved addresses are closed
 * unless the bot's allow-list names them and the operator lets builders open them; link-local,
 * metadata, multicast, unspecified and broadcast addresses and the server's own ports are never
 * open; all other addresses are open, unless the bot closes those that it does not name. An IPv6
 * address that carries an IPv4 address is as closed as the carried one.
 *
 * <p>Ask with the very address that is about to be connected, immediately before: a name may
 * resolve to something else each time.
 */
public final class EgressPolicy {
  /** The answer for one connection. */
  public sealed interface Verdict {
    /**
     * @param named whether the allow-list names it, rather than it being open to every bot
     */
    record Allowed(boolean named) implements Verdict {}

    /**
     * @param why one clause for the builder, such as {@code 10.0.0.1 is a private address, ...}
     */
    record Denied(String why) implements Verdict {}
  }

  private static final EgressPolicy CLOSED =
      new EgressPolicy(List.of(), false, new OperatorBounds(List.of(), new OwnPorts(_ -> true)));

  private final List<EgressRule> allow;
  private final boolean publicOpen;
  private final OperatorBounds bounds;

  /**
   * @param publicOpen whether public addresses are open without being named
   */
  public EgressPolicy(List<EgressRule> allow, boolean publicOpen, OperatorBounds bounds) {
    this.allow = List.copyOf(allow);
    this.publicOpen = publicOpen;
    this.bounds = bounds;
  }

  /** From entries as authored; one that cannot be read opens nothing. */
  public static EgressPolicy of(List<String> allow, boolean publicOpen, OperatorBounds bounds) {
    List<EgressRule> rules =
        allow.stream()
            .map(EgressRule::parse)
            .filter(EgressRule.Parsed.Valid.class::isInstance)
            .map(parsed -> ((EgressRule.Parsed.Valid) parsed).rule())
            .toList();
    return new EgressPolicy(rules, publicOpen, bounds);
  }

  /** Opens nothing at all. */
  public static EgressPolicy closed() {
    return CLOSED;
  }

  /**
   * Whether the name may be looked up: names of a bot that is closed to public addresses go out
   * only if its allow-list holds them, since a question alone can carry data to whoever answers.
   */
  public boolean mayResolve(String name) {
    Optional<String> asked = Optional.of(comparable(name));
    return publicOpen
        || allow.stream().anyMatch(rule -> rule instanceof EgressRule.Name by && by.means(asked));
  }

  /**
   * @param nameAsked the name that was asked for, if it was a name
   * @param address what is about to be connected
   */
  public Verdict decide(Optional<String> nameAsked, InetAddress address, int port) {
    InetAddress connected = AddressRange.plain(address);
    AddressKind kind = AddressKind.of(connected);
    String shown = connected.getHostAddress();
    if (!kind.openable()) {
      return new Verdict.Denied(shown + " is " + kind.text() + ", which is never open");
    }
    if (own(connected, port)) {
      return new Verdict.Denied(shown + " port " + port + " belongs to this server");
    }
    Optional<String> name = nameAsked.map(EgressPolicy::comparable);
    boolean named = allow.stream().anyMatch(rule -> rule.matches(name, connected, port));
    if (kind != AddressKind.PUBLIC && named && !bounds.permits(name, connected, port)) {
      return new Verdict.Denied(
          "%s is %s, which the operator does not let builders open".formatted(shown, kind.text()));
    }
    return named || (kind == AddressKind.PUBLIC && publicOpen)
        ? new Verdict.Allowed(named)
        : new Verdict.Denied(notNamed(kind, shown, port));
  }

  private static String notNamed(AddressKind kind, String shown, int port) {
    return kind == AddressKind.PUBLIC
        ? shown + " port " + port + " is not in egress.allow, and egress.public is false"
        : "%s is %s, and egress.allow does not name it with port %d"
            .formatted(shown, kind.text(), port);
  }

  private boolean own(InetAddress address, int port) {
    return bounds.ownPorts().covers(address, port)
        || AddressKind.carried(address)
            .filter(carried -> bounds.ownPorts().covers(carried, port))
            .isPresent();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EgressPolicy policy
        && publicOpen == policy.publicOpen
        && allow.equals(policy.allow)
        && bounds.equals(policy.bounds);
  }

  @Override
  public int hashCode() {
    return Objects.hash(allow, publicOpen, bounds);
  }

  private static String comparable(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
