package io.patchbay.bot.definition;

import io.patchbay.bot.Bot;
import io.patchbay.bot.Integration;
import io.patchbay.bot.Node;
import io.patchbay.bot.definition.Address.Destination;
import io.patchbay.bot.definition.AllowEntry.Target;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares the addresses of a bot with its own allow-list. It resolves no names and does not know
 * what the operator permits, so silence here is no promise that an address is open.
 */
final class AddressReview {
  /** Link-local and metadata addresses, which no bot can open. */
  private static final List<Target.Network> NEVER_OPEN =
      networks("169.254.0.0/16", "fe80::/10", "fd00:ec2::254/128", "100.100.100.200/32");

  private static final Set<String> METADATA_NAMES =
      Set.of("metadata", "metadata.google.internal", "instance-data");

  /** Denied unless an entry opens them. */
  private static final List<Target.Network> DENIED =
      networks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "224.0.0.0/3",
          "::/127",
          "fc00::/7",
          "fe80::/10",
          "ff00::/8");

  private final Bot bot;
  private final List<AllowEntry> allow;
  private final Problems warnings;

  private AddressReview(Bot bot, Problems warnings) {
    this.bot = bot;
    this.warnings = warnings;
    this.allow = bot.egress().allow().stream().flatMap(e -> AllowEntry.parse(e).stream()).toList();
  }

  static void review(Bot bot, Problems warnings) {
    var review = new AddressReview(bot, warnings);
    review.entries();
    bot.baseUrl().forEach((environment, url) -> review.url("base_url." + environment.wire(), url));
    bot.nodes().values().forEach(review::node);
  }

  private void entries() {
    List<String> entries = bot.egress().allow();
    for (int i = 0; i < entries.size(); i++) {
      if (AllowEntry.parse(entries.get(i)).filter(AddressReview::opensNothing).isPresent()) {
        warn(
            "egress.allow[" + i + "]",
            "opens nothing: link-local and metadata addresses stay closed for every bot");
      }
    }
  }

  private static boolean opensNothing(AllowEntry entry) {
    return switch (entry.target()) {
      case Target.Host(String name) -> METADATA_NAMES.contains(name);
      case Target.Below _ -> false;
      case Target.Network network -> within(network, NEVER_OPEN);
    };
  }

  private void node(Node node) {
    node.integration()
        .ifPresent(integration -> {
          if (integration instanceof Integration.Api api
              && api.target() instanceof Integration.Target.Url(String url)) {
            url(BotReview.place(node) + ".integration.url", url);
          }
        });
  }

  private void url(String place, String url) {
    secrets(place, url);
    Optional<Destination> destination = Destination.of(url);
    if (destination.isEmpty()) {
      return;
    }
    Destination to = destination.get();
    boolean named = allow.stream().anyMatch(entry -> entry.covers(to.host(), to.port()));
    String entry = (to.host().contains(":") ? "[" + to.host() + "]" : to.host()) + ":" + to.port();
    if (!to.secure() && !named) {
      warn(place, "is http://, which fails with insecure_url unless egress.allow names " + entry);
    } else if (!named && isDenied(to.host())) {
      warn(place, "leads to a private address, which is closed unless egress.allow names " + entry);
    } else if (!named && !bot.egress().publicOpen()) {
      warn(place, "is closed: egress.public is false and egress.allow does not name " + entry);
    }
  }

  private void secrets(String place, String url) {
    for (String name : Address.variables(url)) {
      Bot.Variable variable = bot.variables().get(name);
      if (variable != null && variable.secret()) {
        warn(
            place,
            "holds the secret "
                + name
                + "; addresses end up in logs on the way, a header is the better place");
      }
    }
  }

  private static boolean isDenied(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || AllowEntry.literal(host)
            .filter(address -> within(new Target.Network(address, bits(address)), DENIED))
            .isPresent();
  }

  private static int bits(InetAddress address) {
    return address.getAddress().length * 8;
  }

  private static boolean within(Target.Network network, List<Target.Network> outer) {
    return outer.stream().anyMatch(o -> AllowEntry.within(network, o));
  }

  private static List<Target.Network> networks(String... entries) {
    return Stream.of(entries)
        .map(entry -> (Target.Network) AllowEntry.parse(entry).orElseThrow().target())
        .toList();
  }

  private void warn(String pointer, String message) {
    warnings.add(pointer, message);
  }
}
