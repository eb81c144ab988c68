package io.patchbay.executor.hostile;

import io.patchbay.executor.hostile.ResidueCase.Fate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads programs that leave something for the next call: Python files that begin with comments.
 *
 * <pre>
 * # What it leaves, in a sentence.
 * # leaves, put back                  what must become of it, see {@link Fate}
 * # landlock: leaves, discarded       the same where there are no namespaces, if that is another
 * </pre>
 */
final class ResidueCases {
  private static final String COMMENT = "# ";
  private static final String AT_LANDLOCK = "# landlock: ";

  /** Of which one is in the sample. */
  private static final int SAMPLED = 8;

  private ResidueCases() {}

  /** All programs, by name. */
  static List<ResidueCase> all() {
    try (Stream<Path> files = Files.list(folder())) {
      return files.sorted().map(ResidueCases::read).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** For builds that have no time for all of them: always the same. */
  static List<ResidueCase> sample() {
    List<ResidueCase> all = all();
    return IntStream.range(0, all.size()).filter(i -> i % SAMPLED == 0).mapToObj(all::get).toList();
  }

  static ResidueCase named(String name) {
    return read(folder().resolve(name + ".py"));
  }

  private static Path folder() {
    try {
      // A file, since folders cannot be found by name everywhere.
      var one = ResidueCases.class.getResource("/io/patchbay/executor/residue/global_list.py");
      return Objects.requireNonNull(Path.of(Objects.requireNonNull(one).toURI()).getParent());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ResidueCase read(Path file) {
    String name = Objects.toString(file.getFileName());
    try {
      return parse(name.substring(0, name.length() - ".py".length()), Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(name + ": " + wrong.getMessage(), wrong);
    }
  }

  private static ResidueCase parse(String name, String source) {
    List<String> lines = source.lines().limit(3).toList();
    String expected = lines.get(1).substring(COMMENT.length());
    String atLandlock =
        lines.get(2).startsWith(AT_LANDLOCK)
            ? lines.get(2).substring(AT_LANDLOCK.length())
            : expected;
    return new ResidueCase(
        name,
        lines.getFirst().substring(COMMENT.length()),
        Map.of(BoxLevel.NAMESPACES, Fate.of(expected), BoxLevel.LANDLOCK, Fate.of(atLandlock)),
        source);
  }
}
