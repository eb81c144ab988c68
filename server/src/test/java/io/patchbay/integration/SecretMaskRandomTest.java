package io.patchbay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import io.patchbay.base.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

/** Against masks that are made in the simplest way. */
class SecretMaskRandomTest {
  private static final long SEED = Long.getLong("patchbay.fuzz.seed", 42);
  private static final int ROUNDS = 3000;

  private static final List<UnaryOperator<String>> SPELLINGS =
      List.of(
          value -> value,
          value -> value.toUpperCase(Locale.ROOT),
          value -> URLEncoder.encode(value, StandardCharsets.UTF_8),
          value -> URLEncoder.encode(value, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT),
          value -> URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"),
          value -> Base64.getEncoder().encodeToString(bytes(value)),
          value -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(value)),
          value -> HexFormat.of().formatHex(bytes(value)),
          value -> HexFormat.of().withUpperCase().formatHex(bytes(value)),
          value -> Json.write(StringNode.valueOf(value)).replaceAll("^\"|\"$", ""),
          value -> value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));

  private final SplittableRandom random = new SplittableRandom(SEED);

  /** Of characters that no spelling changes, so that the value itself is all that is found. */
  @Test
  void exactly_the_occurrences_of_secrets_are_masked() {
    for (int round = 0; round < ROUNDS; round++) {
      List<String> secrets =
          IntStream.range(0, 1 + random.nextInt(6)).mapToObj(_ -> text("-._", 4, 9)).toList();
      String text = text("-._", 0, 200);
      assertThat(mask(secrets).mask(text))
          .as("seed %d, round %d: %s in %s", SEED, round, secrets, text)
          .isEqualTo(simplyMasked(text, secrets));
    }
  }

  @Test
  void every_spelling_of_a_secret_is_gone_and_what_stands_around_it_stays() {
    for (int round = 0; round < ROUNDS; round++) {
      List<String> secrets =
          IntStream.range(0, 1 + random.nextInt(8))
              .mapToObj(_ -> text("abcKL09 +/%&<\"'\\~é😀", 5, 24))
              .toList();
      String secret = secrets.get(random.nextInt(secrets.size()));
      String spelt = SPELLINGS.get(random.nextInt(SPELLINGS.size())).apply(secret);
      String before = text("WXYZ", 0, 30) + "|";
      String behind = "|" + text("WXYZ", 0, 30);
      String shown = mask(secrets).mask(before + spelt + behind);
      assertThat(shown)
          .as("seed %d, round %d: %s as %s", SEED, round, secrets, spelt)
          .doesNotContainIgnoringCase(spelt)
          .startsWith(before)
          .endsWith(behind);
    }
  }

  private static String simplyMasked(String text, List<String> secrets) {
    boolean[] hidden = new boolean[text.length()];
    boolean[] goesOn = new boolean[text.length() + 1];
    for (String secret : secrets) {
      for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
        Arrays.fill(hidden, at, at + secret.length(), true);
        Arrays.fill(goesOn, at + 1, at + secret.length(), true);
      }
    }
    var out = new StringBuilder();
    for (int i = 0; i < hidden.length; i++) {
      if (!hidden[i]) {
        out.append(text.charAt(i));
      } else if (!goesOn[i]) {
        out.append("***");
      }
    }
    return out.toString();
  }

  private String text(String alphabet, int least, int most) {
    int[] characters = alphabet.codePoints().toArray();
    var out = new StringBuilder();
    for (int left = least + random.nextInt(most - least + 1); left > 0; left--) {
      out.appendCodePoint(characters[random.nextInt(characters.length)]);
    }
    return out.toString();
  }

  private static SecretMask mask(List<String> secrets) {
    return new SecretMask(secrets.stream().map(Secret::new).toList());
  }

  private static byte[] bytes(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
