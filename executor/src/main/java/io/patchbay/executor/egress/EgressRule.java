package io.patchbay.executor.egress;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/** One entry of an allow-list. */
public sealed interface EgressRule {
  /** The only port that it means; empty means every port. */
  OptionalInt port();

  /**
   * @param nameAsked lower case, without a trailing dot
   */
  boolean matches(Optional<String> nameAsked, InetAddress address, int port);

  /**
   * Matches what was asked.
   *
   * @param name lower case, ASCII, without a trailing dot
   * @param below whether it means every name below {@code name}, and not {@code name} itself
   */
  record Name(String name, boolean below, OptionalInt port) implements EgressRule {
    @Override
    public boolean matches(Optional<String> nameAsked, InetAddress address, int port) {
      return portMatches(this.port, port) && means(nameAsked);
    }

    /** Whatever the port. */
    boolean means(Optional<String> nameAsked) {
      return nameAsked
          .filter(asked -> below ? asked.endsWith("." + name) : asked.equals(name))
          .isPresent();
    }
  }

  /** Matches what is connected. */
  record Range(AddressRange range, OptionalInt port) implements EgressRule {
    @Override
    public boolean matches(Optional<String> nameAsked, InetAddress address, int port) {
      return portMatches(this.port, port) && range.contains(address);
    }
  }

  /**
   * Reads {@code host}, {@code *.host}, an IPv4 or IPv6 address, or a range such as {@code
   * 10.2.0.0/16} or {@code fd00::/8}, each with or without {@code :port}. An IPv6 address that has
   * a port stands in brackets: {@code [::1]:9000}, {@code [fd00::/8]:5432}.
   */
  static Parsed parse(String entry) {
    return EgressRuleParser.parse(entry);
  }

  /** What came of reading an entry. */
  sealed interface Parsed {
    record Valid(EgressRule rule) implements Parsed {}

    /**
     * @param problem what is wrong and what would be right
     */
    record Invalid(String problem) implements Parsed {}
  }

  private static boolean portMatches(OptionalInt rule, int port) {
    return rule.isEmpty() || rule.getAsInt() == port;
  }
}
