package io.patchbay.integration.webhook;

import io.patchbay.base.Secret;
import io.patchbay.bot.Bot;
import io.patchbay.bot.Environment;
import io.patchbay.bot.Integration.Target;
import io.patchbay.executor.egress.HostText;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/** The URL that an API integration posts to. */
sealed interface Endpoint {
  /**
   * @param url its host is a name without a final dot, or an address in its usual spelling
   * @param name the host where it is a name
   */
  record Usable(HttpUrl url, Optional<String> name) implements Endpoint {
    boolean cleartext() {
      return !url.isHttps();
    }
  }

  /**
   * @param why names the part that is wrong and no value of a variable
   */
  record Unusable(String why) implements Endpoint {}

  /** Characters of the whole URL. */
  int MAX_LENGTH = 16 * 1024;

  /** The base URL of the environment plus the path, or the overriding URL (contract B3, B4). */
  static Endpoint of(
      Bot bot, Target target, Environment environment, Map<String, Secret> variables) {
    return switch (target) {
      case Target.Url(String template) ->
          switch (Placeholders.fill(template, variables)) {
            case Placeholders.Filled.Missing(String name) -> unset("url", name, environment);
            case Placeholders.Filled.Complete(String url) -> parse("url", url);
          };
      case Target.Path(String path) -> {
        String base = bot.baseUrl().get(environment);
        yield base == null || base.isBlank()
            ? new Unusable("the bot has no base_url for " + environment.wire())
            : below(base, path, environment, variables);
      }
    };
  }

  private static Endpoint below(
      String baseTemplate,
      String pathTemplate,
      Environment environment,
      Map<String, Secret> variables) {
    return switch (Placeholders.fill(baseTemplate, variables)) {
      case Placeholders.Filled.Missing(String name) -> unset("base_url", name, environment);
      case Placeholders.Filled.Complete(String base)
          when base.indexOf('?') >= 0 || base.indexOf('#') >= 0 ->
          new Unusable("base_url must end before any ? or #");
      case Placeholders.Filled.Complete(String base) ->
          switch (Placeholders.fill(pathTemplate, variables)) {
            case Placeholders.Filled.Missing(String name) -> unset("path", name, environment);
            case Placeholders.Filled.Complete(String path) ->
                parse("base_url with path", join(base, path));
          };
    };
  }

  /** Exactly one slash between the two; without a path the base stays as it is. */
  private static String join(String base, String path) {
    if (path.isEmpty()) {
      return base;
    }
    int end = base.length();
    while (end > 0 && base.charAt(end - 1) == '/') {
      end--;
    }
    int start = 0;
    while (start < path.length() && path.charAt(start) == '/') {
      start++;
    }
    return base.substring(0, end) + "/" + path.substring(start);
  }

  private static Endpoint unset(String part, String variable, Environment environment) {
    return new Unusable(
        "%s needs the variable %s, which has no value in %s"
            .formatted(part, variable, environment.wire()));
  }

  private static Endpoint parse(String part, String text) {
    if (text.length() > MAX_LENGTH) {
      return new Unusable(part + " is longer than " + MAX_LENGTH + " characters");
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c))) {
      return new Unusable(part + " holds a space, a tab or a line break");
    }
    if (!hasScheme(text)) {
      return new Unusable(part + " must begin with https:// (or http://)");
    }
    HttpUrl url = HttpUrl.parse(text);
    if (url == null) {
      return new Unusable(part + " is not a valid URL");
    }
    if (!url.encodedUsername().isEmpty() || !url.encodedPassword().isEmpty()) {
      return new Unusable(part + " holds a user name or password; send a header instead");
    }
    return switch (HostText.parse(url.host())) {
      case HostText.Name(String name) ->
          new Usable(url.newBuilder().host(name).build(), Optional.of(name));
      case HostText.Address(InetAddress address) ->
          new Usable(url.newBuilder().host(address.getHostAddress()).build(), Optional.empty());
      case HostText.Refused(String why) ->
          new Unusable("the host of " + part + " is not usable: " + why);
    };
  }

  private static boolean hasScheme(String text) {
    return text.regionMatches(true, 0, "https://", 0, 8)
        || text.regionMatches(true, 0, "http://", 0, 7);
  }
}
