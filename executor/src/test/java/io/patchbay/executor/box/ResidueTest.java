package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.ExecutorConfig.Capacity;
import io.patchbay.executor.box.Restoring.Counts;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs that try to leave something for the next call of the same code. Each looks, leaves, and
 * looks again twice; what it sees must be what it saw before. Its second line says what is expected
 * of it:
 *
 * <ul>
 *   <li>{@code leaves, put back}: it did what it tries, and its process is used again
 *   <li>{@code leaves, discarded}: it did, and its process is not used again
 *   <li>{@code leaves, in a process for each call}: it did, in a process that is never put back,
 *       because of what the module has done when it was loaded
 *   <li>{@code ends}: the process ends by it, before or after the call has returned
 *   <li>{@code refused}: the box did not let it
 *   <li>{@code differs}: what it sees must be another thing each time
 *   <li>{@code stays}: it is known, and told in the documentation, that this is left behind
 * </ul>
 */
class ResidueTest {
  /** None of the processes that wait makes room for another. */
  private static final Capacity CAPACITY = new Capacity(16, 64, 64, 1L << 30);

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String LOOK = "{\"step\":\"look\"}";
  private static final String LEAVE = "{\"step\":\"leave\"}";
  private static final String NEVER_HELD = "leaves, in a process for each call";
  private static final String NO_JSON = "{";

  private static TestBox box;

  @BeforeAll
  static void start() throws InterruptedException {
    box = TestBox.start(CAPACITY);
    box.assumeRestores();
  }

  @AfterAll
  static void close() {
    if (box != null) {
      box.close();
    }
  }

  static Stream<String> names() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void nothing_is_left_of(String name) throws IOException, URISyntaxException {
    String source = Files.readString(folder().resolve(name));
    String expected = source.lines().skip(1).findFirst().orElseThrow().substring("# ".length());
    Code code = code(source);
    boolean held = !expected.equals(NEVER_HELD);
    try {
      String before = answer(code, LOOK);
      Counts counted = counts();
      if (expected.equals("ends")) {
        var _ = run(code, LEAVE);
      } else {
        String left = held ? answer(code, LEAVE) : TestBox.returned(run(code, LEAVE));
        assertThat(left.startsWith("\"refused")).as(left).isEqualTo(expected.equals("refused"));
        assertThat(left).doesNotStartWith("\"nothing");
      }
      boolean putBack = counts().restores() > counted.restores();
      Map<String, Long> discards = counts().discards();
      List<String> after = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        after.add(held ? answer(code, LOOK) : TestBox.returned(run(code, LOOK)));
      }

      switch (expected) {
        case "differs" -> {
          after.add(before);
          assertThat(after).doesNotHaveDuplicates();
        }
        case "stays" -> assertThat(after.getFirst()).isNotEqualTo(before);
        default -> assertThat(after).containsOnly(before);
      }
      switch (expected) {
        case "leaves, put back" -> assertThat(putBack).as(discards.toString()).isTrue();
        case "leaves, discarded", NEVER_HELD -> assertThat(putBack).isFalse();
        case "ends", "refused", "differs", "stays" -> {}
        default -> throw new AssertionError("unknown expectation: " + expected);
      }
    } finally {
      end(code);
    }
  }

  /** A call that fails takes its process with it. */
  private static void end(Code code) {
    var _ = run(code, NO_JSON);
  }

  /** The answer, once it is known what became of the process. */
  private static String answer(Code code, String event) {
    long before = settled();
    String answer = TestBox.returned(run(code, event));
    long end = System.nanoTime() + LIMIT.toNanos();
    while (settled() == before) {
      assertThat(System.nanoTime()).as("nothing became of the process").isLessThan(end);
      Thread.onSpinWait();
    }
    return answer;
  }

  private static long settled() {
    return counts().settled();
  }

  private static Counts counts() {
    return box.executor().counts();
  }

  private static Execution run(Code code, String event) {
    return box.executor()
        .run(new CodeCall("call", code, event, TestBox.CLOCK.instant().plus(LIMIT)));
  }

  private static Code code(String source) {
    return new Code("NODE", source, TestBox.MEMORY).with(Isolation.RESTORED);
  }

  private static Path folder() throws URISyntaxException {
    URL folder = ResidueTest.class.getResource("/io/patchbay/executor/residue");
    return Path.of(Objects.requireNonNull(folder).toURI());
  }
}
