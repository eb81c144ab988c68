package io.patchbay.bot.definition;

import io.patchbay.bot.Integration;
import io.patchbay.bot.Isolation;
import io.patchbay.bot.Say;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads the {@code integration} of a node. */
final class IntegrationReader {
  private static final int MOST_HEADERS = 50;
  private static final String EXAMPLE = "{type: code} or {type: api, path: /otp/verify}";
  private static final List<String> BOTH =
      List.of("type", "timeout", "output_sample", "response_before", "response_after");
  private static final List<String> CODE = List.of("isolation", "reuse");
  private static final List<String> API = List.of("path", "url", "secret", "headers");
  private static final List<String> LATER = List.of("auth", "retry");

  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

  /** Written by the product itself or by HTTP; in lower case. */
  private static final Set<String> OWN_HEADERS =
      Set.of(
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "webhook-id",
          "webhook-signature",
          "webhook-timestamp");

  private final Known known;
  private final SayReader says;

  IntegrationReader(Known known, SayReader says) {
    this.known = known;
    this.says = says;
  }

  Optional<Integration> integration(Place node) {
    return node.at("integration")
        .filter(place -> place.object(EXAMPLE))
        .flatMap(place -> {
          List<String> all = Stream.of(BOTH, CODE, API, LATER).flatMap(List::stream).toList();
          String kind =
              place.required("type", "code or api").flatMap(t -> t.text("code")).orElse("");
          return switch (kind) {
            case "code" -> Optional.of(code(place));
            case "api" -> Optional.of(api(place));
            default -> {
              place.onlyKeys(all);
              place
                  .at("type")
                  .filter(type -> type.node().isString())
                  .ifPresent(type ->
                      type.problem(
                          "no integration type " + Quote.name(kind) + "; there is code, api"));
              yield Optional.empty();
            }
          };
        });
  }

  private Integration code(Place place) {
    var hints = new LinkedHashMap<String, String>();
    Stream.of(API, LATER)
        .flatMap(List::stream)
        .forEach(key ->
            hints.put(key, key + " belongs to integrations of type api; this one is of type code"));
    List<String> keys = Stream.of(BOTH, CODE).flatMap(List::stream).toList();
    place.onlyKeys(keys, hints);
    return new Integration.Code(
        isolation(place), timeout(place), outputSample(place), before(place), after(place));
  }

  /** {@code reuse} is the older word for two of the three. */
  private static Optional<Isolation> isolation(Place place) {
    boolean kept = place.flag("reuse", false);
    Optional<Isolation> said =
        place
            .at("isolation")
            .flatMap(at ->
                at.text("restored")
                    .flatMap(word -> {
                      Optional<Isolation> known = Isolation.of(word);
                      if (known.isEmpty()) {
                        at.problem(
                            "no isolation "
                                + Quote.name(word)
                                + "; there is restored, process, kept");
                      }
                      return known;
                    }));
    if (kept && said.isPresent() && said.get() != Isolation.KEPT) {
      place
          .at("reuse")
          .ifPresent(at ->
              at.problem("says kept, isolation says " + said.get().wire() + "; leave reuse out"));
    }
    return kept ? Optional.of(Isolation.KEPT) : said;
  }

  private Integration api(Place place) {
    List<String> keys = Stream.of(BOTH, API, LATER).flatMap(List::stream).toList();
    place.onlyKeys(
        keys,
        Map.of(
            "isolation",
            "isolation belongs to integrations of type code; this one is of type api",
            "reuse",
            "reuse belongs to integrations of type code; this one is of type api"));
    place
        .at("auth")
        .filter(auth -> !Later.isNoAuth(auth.node()))
        .ifPresent(auth -> auth.problem(Later.MESSAGE));
    place.at("retry").ifPresent(retry -> retry.problem(Later.MESSAGE));
    return new Integration.Api(
        target(place),
        headers(place),
        place.at("secret").flatMap(this::secret),
        timeout(place),
        outputSample(place),
        before(place),
        after(place));
  }

  private Integration.Target target(Place place) {
    if (place.has("path") == place.has("url")) {
      place.problem(
          place.has("path")
              ? "has both path and url; path is appended to base_url, url stands alone: keep one"
              : "lacks path or url: path is appended to base_url, url is a whole URL");
    }
    Optional<String> path =
        place
            .at("path")
            .flatMap(p -> {
              if (!known.hasBaseUrl()) {
                p.problem(
                    "needs base_url at the top of the definition; or write a whole URL as url");
              }
              return Address.path(p, known);
            });
    Optional<String> url = place.at("url").flatMap(u -> Address.read(u, known, Address.Kind.WHOLE));
    return url.isPresent()
        ? new Integration.Target.Url(url.get())
        : new Integration.Target.Path(path.orElse("/"));
  }

  private Optional<String> secret(Place place) {
    return place
        .text("OTP_HOOK_SECRET")
        .filter(name -> {
          if (!known.variable(place, name)) {
            return false;
          }
          boolean secret = known.variables().getOrDefault(name, false);
          if (!secret) {
            place.problem(
                "variable " + Quote.name(name) + " is no secret; declare it as {secret: true}");
          }
          return secret;
        });
  }

  private Map<String, String> headers(Place place) {
    var headers = new LinkedHashMap<String, String>();
    var seen = new HashSet<String>();
    place
        .at("headers")
        .ifPresent(all ->
            all.entries(MOST_HEADERS, "{Authorization: \"Bearer [[TOKEN]]\"}")
                .forEach((name, value) -> {
                  header(name, value);
                  if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                    value.problem("is there twice; header names do not tell upper from lower case");
                  }
                  value
                      .text("\"Bearer [[TOKEN]]\"")
                      .ifPresent(text -> {
                        headerValue(value, text);
                        headers.put(name, text);
                      });
                }));
    return headers;
  }

  private static void header(String name, Place place) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!HEADER.matcher(name).matches()) {
      place.problem("is no header name; write letters, digits and - such as X-Api-Version");
    } else if (OWN_HEADERS.contains(lower)
        || lower.startsWith("x-patchbay-")
        || lower.startsWith("x-hub-signature")) {
      place.problem("is set with every request and cannot be given here");
    }
  }

  private void headerValue(Place place, String text) {
    Address.declared(place, text, known);
    if (text.length() > Address.LONGEST || text.chars().anyMatch(c -> c < ' ' || c > '~')) {
      place.problem("must be one line of up to " + Address.LONGEST + " ASCII characters");
    }
  }

  private static Optional<Duration> timeout(Place place) {
    return SettingsReader.timeout(place, "timeout");
  }

  private static Optional<JsonNode> outputSample(Place place) {
    return place.at("output_sample").map(sample -> sample.node().deepCopy());
  }

  private List<Say> before(Place place) {
    return says.says(place, "response_before");
  }

  private List<Say> after(Place place) {
    return says.says(place, "response_after");
  }
}
