package io.patchbay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What masking costs, counted in steps. */
class SecretMaskBoundsTest {
  private static final int TEXT = 1 << 20;
  private static final int LONGEST = 4096;

  static Stream<Arguments> secretsAndTexts() {
    String a = "a".repeat(LONGEST);
    List<String> prefixes = IntStream.range(0, 20).mapToObj(k -> a.substring(k + 1) + "b").toList();
    List<String> nested = IntStream.rangeClosed(1, 500).mapToObj(k -> "a".repeat(4 * k)).toList();
    String pair = "\ud83d\ude00".repeat(LONGEST / 2);
    String base64 =
        Base64.getEncoder().encodeToString("a".repeat(TEXT / 4).getBytes(StandardCharsets.UTF_8));
    return Stream.of(
        Arguments.of("prefixes", prefixes, "a".repeat(TEXT)),
        Arguments.of("prefixes in base 64", prefixes, base64.repeat(3)),
        Arguments.of("prefixes in wrapped base 64", prefixes, base64.replaceAll(".{4}", "$0\n")),
        Arguments.of("nested", nested, "a".repeat(TEXT)),
        Arguments.of("nested in wrapped base 64", nested, base64.replaceAll(".{4}", "$0\\\\n  ")),
        Arguments.of("nested in hexadecimal", nested, "61".repeat(TEXT / 2)),
        Arguments.of(
            "two letters",
            List.of("ab".repeat(2048), "ba".repeat(2047) + "c"),
            "ab".repeat(TEXT / 2)),
        Arguments.of("pairs", List.of(pair, pair.substring(2) + "x"), pair.repeat(TEXT / LONGEST)),
        Arguments.of("breaks alone", prefixes, "\n".repeat(TEXT)),
        Arguments.of("backslashes alone", prefixes, "YWFh" + "\\".repeat(TEXT)),
        Arguments.of("random", random(32), String.join("", random(256))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("secretsAndTexts")
  void steps_grow_with_the_text_and_states_with_the_secrets(
      String name, List<String> secrets, String text) {
    var mask = new SecretMask(secrets.stream().map(Secret::new).toList());
    SecretScan scan = mask.scan();

    scan.mask(text, true);

    assertThat(scan.falls()).isLessThanOrEqualTo(2L * text.length());
    long characters = secrets.stream().mapToLong(String::length).sum();
    assertThat(mask.states()).isLessThan((int) (64 * characters));
  }

  private static List<String> random(int count) {
    var random = new SplittableRandom(7);
    return IntStream.range(0, count)
        .mapToObj(_ ->
            random
                .ints(LONGEST, '!', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString())
        .toList();
  }
}
