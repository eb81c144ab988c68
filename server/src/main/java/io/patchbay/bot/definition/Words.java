package io.patchbay.bot.definition;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The small words of a definition: names, languages, durations, sizes. */
final class Words {
  static final String DEFAULT_LANGUAGE = "en";

  static final Pattern BOT = Pattern.compile("[a-z0-9_-]{1,64}");
  static final Pattern NODE = Pattern.compile("[A-Z0-9_]{1,64}");
  static final Pattern ENTITY = Pattern.compile("[a-z][a-z0-9_]{0,63}");
  static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
  static final Pattern SAMPLE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** ISO 639-1. */
  static final Set<String> LANGUAGES = new TreeSet<>(Arrays.asList(Locale.getISOLanguages()));

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m)");

  private Words() {}

  static boolean isLanguage(String code) {
    return LANGUAGES.contains(code);
  }

  /** {@code 500ms}, {@code 20s}, {@code 1m}; empty for anything else. */
  static Optional<Duration> duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          default -> Duration.ofMinutes(amount);
        });
  }
}
