package io.patchbay.executor.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads hostile cases: Python files that begin with a block of comments.
 *
 * <pre>
 * # What it tries, in a sentence.
 * # expect: regular expression for all of "RETURNED json" or "REASON message"
 * # landlock: the same where there are no namespaces, if that is another
 * # limit: 500ms or 60s, which is the standard
 * # egress: open, silent            services that may be connected; none is the standard
 * # put: U+0000 3 times for &#64;nul&#64;   for characters that a file should not hold
 * </pre>
 *
 * An empty line ends the block. Anything else in it is an error, so that no case is weaker than it
 * looks.
 */
final class HostileCases {
  /** Of which one is in the sample. */
  private static final int SAMPLED = 5;

  private static final Duration STANDARD_LIMIT = Duration.ofMinutes(1);
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern KEY = Pattern.compile("# ([a-z]+): (\\S.*)");
  private static final Pattern ABOUT = Pattern.compile("# [A-Z0-9].*");
  private static final Pattern LIMIT = Pattern.compile("([1-9]\\d{0,4})(ms|s)");
  private static final Pattern PUT =
      Pattern.compile("U\\+([0-9A-F]{4}) (?:([1-9]\\d{0,6}) times )?for (@[a-z]+@)");
  private static final Set<String> KEYS = Set.of("expect", "landlock", "limit", "egress", "put");

  private HostileCases() {}

  /** All cases, by name. */
  static List<HostileCase> all() {
    try (Stream<Path> files = Files.list(folder())) {
      return files.sorted().map(HostileCases::read).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** For builds that have no time for all of them: always the same. */
  static List<HostileCase> sample() {
    List<HostileCase> all = all();
    return IntStream.range(0, all.size()).filter(i -> i % SAMPLED == 0).mapToObj(all::get).toList();
  }

  static HostileCase named(String name) {
    return read(folder().resolve(name + ".py"));
  }

  private static Path folder() {
    try {
      // A file, since folders cannot be found by name everywhere.
      var one = HostileCases.class.getResource("cases/fork_bomb.py");
      return Objects.requireNonNull(Path.of(Objects.requireNonNull(one).toURI()).getParent());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static HostileCase read(Path file) {
    String name = Objects.toString(file.getFileName());
    try {
      if (!name.endsWith(".py")) {
        throw new IllegalArgumentException("not a Python file");
      }
      return parse(name.substring(0, name.length() - ".py".length()), Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(name + ": " + wrong.getMessage(), wrong);
    }
  }

  static HostileCase parse(String name, String text) {
    require(NAME.matcher(name).matches(), "the name is not lower_case_words");
    List<String> lines = text.lines().toList();
    require(
        !lines.isEmpty() && ABOUT.matcher(lines.getFirst()).matches(),
        "the first line does not say what it tries");
    Map<String, String> keys = keys(lines);
    String expect = keys.get("expect");
    if (expect == null) {
      throw new IllegalArgumentException("there is no expect");
    }
    return new HostileCase(
        name,
        lines.getFirst().substring(2),
        Map.of(
            BoxLevel.NAMESPACES,
            expected(expect),
            BoxLevel.LANDLOCK,
            expected(keys.getOrDefault("landlock", expect))),
        limit(keys.get("limit")),
        services(keys.get("egress")),
        filled(text, keys.get("put")));
  }

  private static Map<String, String> keys(List<String> lines) {
    Map<String, String> keys = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      if (line.isEmpty()) {
        return keys;
      }
      Matcher key = KEY.matcher(line);
      require(key.matches() && KEYS.contains(key.group(1)), "not understood: " + line);
      require(keys.put(key.group(1), key.group(2)) == null, key.group(1) + " is there twice");
    }
    throw new IllegalArgumentException("no empty line ends the block");
  }

  private static Pattern expected(String expression) {
    try {
      return Pattern.compile(expression, Pattern.DOTALL);
    } catch (PatternSyntaxException wrong) {
      throw new IllegalArgumentException("expect: " + wrong.getMessage(), wrong);
    }
  }

  private static Duration limit(@Nullable String text) {
    if (text == null) {
      return STANDARD_LIMIT;
    }
    Matcher limit = LIMIT.matcher(text);
    require(limit.matches(), "limit: neither 500ms nor 20s: " + text);
    int number = Integer.parseInt(limit.group(1));
    return limit.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
  }

  private static Set<Surroundings.Service> services(@Nullable String text) {
    Set<Surroundings.Service> services = EnumSet.noneOf(Surroundings.Service.class);
    for (String name : text == null ? List.<String>of() : List.of(text.split(", ", -1))) {
      Surroundings.Service service =
          Stream.of(Surroundings.Service.OPEN, Surroundings.Service.SILENT)
              .filter(known -> known.key().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("egress: no service: " + name));
      require(services.add(service), "egress: twice: " + name);
    }
    return services;
  }

  private static String filled(String text, @Nullable String put) {
    if (put == null) {
      return text;
    }
    Matcher wanted = PUT.matcher(put);
    require(wanted.matches(), "put: not U+0000 3 times for @name@: " + put);
    String times = wanted.group(2);
    String characters =
        Character.toString((char) Integer.parseInt(wanted.group(1), 16))
            .repeat(times == null ? 1 : Integer.parseInt(times));
    int end = text.indexOf("\n\n");
    String place = wanted.group(3);
    List<String> parts = new ArrayList<>(List.of(text.substring(end).split(place, -1)));
    require(parts.size() == 2, "put: " + place + " is not there once");
    return text.substring(0, end) + String.join(characters, parts);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
