package io.patchbay.bot.definition;

import io.patchbay.base.ByteSize;
import io.patchbay.bot.Bot;
import io.patchbay.bot.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what holds for the whole bot: base URLs, egress policy, limits, variables. */
final class SettingsReader {
  static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
  static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(60);
  static final long LEAST_MEMORY = 16L << 20;
  static final long MOST_MEMORY = 2L << 30;
  private static final int MOST_VARIABLES = 500;

  private final Known known;

  SettingsReader(Known known) {
    this.known = known;
  }

  Map<Environment, String> baseUrl(Place document) {
    var urls = new EnumMap<Environment, String>(Environment.class);
    document
        .at("base_url")
        .ifPresent(place -> {
          Set<String> environments = Set.of("staging", "production");
          if (!place.object("{staging: \"https://staging.acme.example\"}")) {
            return;
          }
          place.onlyKeys(environments);
          for (Environment environment : Environment.values()) {
            place
                .at(environment.wire())
                .flatMap(url -> Address.read(url, known, Address.Kind.BASE))
                .ifPresent(url -> urls.put(environment, url));
          }
          if (place.node().isEmpty()) {
            place.problem("names no environment; give staging, production or both");
          }
        });
    return urls;
  }

  Bot.Egress egress(Place document) {
    Optional<Place> place = document.at("egress");
    if (place.isEmpty() || !place.get().object("{allow: [\"*.acme.example\"], public: true}")) {
      return Bot.Egress.DEFAULT;
    }
    place.get().onlyKeys(List.of("allow", "public"));
    var allow = new ArrayList<String>();
    place
        .get()
        .at("allow")
        .ifPresent(list -> {
          for (Place entry : list.items("[\"10.2.0.0/16:5432\"]")) {
            entry
                .text("\"10.2.0.0/16:5432\"")
                .filter(text -> allowed(entry, text))
                .ifPresent(allow::add);
          }
        });
    return new Bot.Egress(allow, place.get().flag("public", true));
  }

  private static boolean allowed(Place place, String text) {
    Optional<AllowEntry> entry = AllowEntry.parse(text);
    if (entry.isEmpty()) {
      place.problem(AllowEntry.hint(text));
    }
    return entry.isPresent();
  }

  Bot.Limits limits(Place document) {
    Optional<Place> place = document.at("limits");
    if (place.isEmpty() || !place.get().object("{code_timeout: 20s, memory: 256MiB}")) {
      return Bot.Limits.DEFAULT;
    }
    place.get().onlyKeys(List.of("code_timeout", "api_timeout", "memory"));
    return new Bot.Limits(
        timeout(place.get(), "code_timeout").orElse(Bot.Limits.DEFAULT.codeTimeout()),
        timeout(place.get(), "api_timeout").orElse(Bot.Limits.DEFAULT.apiTimeout()),
        place
            .get()
            .at("memory")
            .flatMap(SettingsReader::memory)
            .orElse(Bot.Limits.DEFAULT.memory()));
  }

  /** The duration under a key, within the bounds of every timeout. */
  static Optional<Duration> timeout(Place parent, String key) {
    return parent
        .at(key)
        .flatMap(place -> {
          if (!place.node().isString()) {
            place.problem(
                "must be a duration such as 20s or 500ms; this is " + Quote.type(place.node()));
            return Optional.empty();
          }
          Optional<Duration> duration = Words.duration(place.node().asString());
          if (duration.isEmpty()) {
            place.problem(
                "no duration "
                    + Quote.text(place.node().asString())
                    + "; write for example 500ms, 20s or 1m");
          } else if (duration.get().compareTo(SHORTEST_TIMEOUT) < 0
              || duration.get().compareTo(LONGEST_TIMEOUT) > 0) {
            place.problem("must be between 100ms and 60s");
            return Optional.empty();
          }
          return duration;
        });
  }

  private static Optional<Long> memory(Place place) {
    if (!place.node().isString()) {
      place.problem("must be a size such as 256MiB; this is " + Quote.type(place.node()));
      return Optional.empty();
    }
    Optional<Long> size = ByteSize.of(place.node().asString());
    if (size.isEmpty()) {
      place.problem(
          "no size " + Quote.text(place.node().asString()) + "; write for example 256MiB or 1GiB");
    } else if (size.get() < LEAST_MEMORY || size.get() > MOST_MEMORY) {
      place.problem("must be between 16MiB and 2GiB");
      return Optional.empty();
    }
    return size;
  }

  Map<String, Bot.Variable> variables(Place document) {
    var variables = new LinkedHashMap<String, Bot.Variable>();
    document
        .at("variables")
        .ifPresent(all ->
            all.entries(MOST_VARIABLES, "{CRM_URL: {}, CRM_KEY: {secret: true}}")
                .forEach((name, place) -> variables.put(name, variable(name, place))));
    return variables;
  }

  private static final String NO_VALUES =
      "values do not stand in the definition; set them per environment over the API, with the"
          + " command line or in the studio";

  private static Bot.Variable variable(String name, Place place) {
    if (!Words.VARIABLE.matcher(name).matches()) {
      place.problem(
          "a variable's name has up to 64 of A-Z a-z 0-9 _ and does not start with a" + " digit");
    }
    if (!place.object("{} or {secret: true}")) {
      return new Bot.Variable(false);
    }
    place.onlyKeys(
        List.of("secret"),
        Map.of("value", NO_VALUES, "staging", NO_VALUES, "production", NO_VALUES));
    Optional<Place> secret = place.at("secret");
    if (secret.filter(s -> s.node().stringValue("").equals("sealed")).isPresent()) {
      secret.get().problem(Later.MESSAGE);
      return new Bot.Variable(true);
    }
    return new Bot.Variable(place.flag("secret", false));
  }
}
