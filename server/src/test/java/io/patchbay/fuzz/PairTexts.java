package io.patchbay.fuzz;

import io.patchbay.base.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts and JSON of a size, of kinds that somebody has to walk through. */
final class PairTexts {
  /** Ends up as JSON of about so many characters. */
  private static final List<Sized> VALUES =
      List.of(
          n -> quoted("a".repeat(n)),
          n -> quoted("\\\"\n\u0001".repeat(n / 8)),
          n -> quoted("\ud83d\ude00\u00e9".repeat(n / 3)),
          n -> quoted("[[x]]".repeat(n / 5)),
          n -> quoted("{\"text\":\"x\",".repeat(n / 16)),
          n -> quoted("<b>&amp;%entitytag_e0 ".repeat(n / 22)),
          n -> quoted(base64(n)),
          n -> quoted("ordinary-secret-value-".repeat(n / 22)),
          n -> "[" + "[1,2],".repeat(n / 6) + "0]",
          n -> "[" + "\"ab\",".repeat(n / 5) + "0]",
          n -> "[" + "1234567890.125,".repeat(n / 15) + "0]",
          n -> "[" + "{\"k\":{\"k\":[]}},".repeat(n / 16) + "0]",
          n -> "[".repeat(Math.min(n / 2, 190)) + "0" + "]".repeat(Math.min(n / 2, 190)),
          n -> keys(n),
          n -> "[" + "\"true\",null,\"1e9\",".repeat(n / 18) + "0]");

  private static final List<Sized> MESSAGES =
      List.of(
          n -> "a".repeat(n),
          n -> "ab ".repeat(n / 3),
          n -> "1".repeat(n),
          n -> "+1 202 555 0143 ".repeat(n / 16),
          n -> "a@b.".repeat(n / 4),
          n -> "new ".repeat(n / 4),
          n -> "\ud83d\ude00\u0301e".repeat(n / 4),
          n -> unknown(n),
          n -> "tell me of thing ".repeat(n / 17),
          n -> "a1,5.".repeat(n / 5),
          n -> "[[x]]%name ".repeat(n / 11));

  private PairTexts() {}

  private interface Sized {
    String of(int size);
  }

  static String value(Genes genes, int size) {
    return genes.of(Dial.OUTPUT_KIND, VALUES).of(size);
  }

  static String message(Genes genes, int size) {
    return genes.of(Dial.MESSAGE_KIND, MESSAGES).of(size);
  }

  /** All that is masked is of the same beginning, so that a search goes far before it fails. */
  static Map<String, String> secrets(Genes genes) {
    int length = 4 + genes.size(Dial.SECRET_LENGTH, 4_000);
    String kind = genes.of(Dial.SECRET_KIND, List.of("a", "ordinary-secret-value-", "1", "=ab"));
    String text = kind.repeat(length / kind.length() + 1).substring(0, length);
    Map<String, String> secrets = new LinkedHashMap<>();
    int count = genes.size(Dial.SECRETS, 40);
    for (int n = 0; n < count; n++) {
      secrets.put("KEY_" + n, text.substring(Math.min(n, length - 4)) + "b" + n);
    }
    return secrets;
  }

  private static String keys(int size) {
    StringBuilder keys = new StringBuilder("{");
    for (int n = 0; keys.length() < size; n++) {
      keys.append("\"k").append(n).append("\":0,");
    }
    return keys.append("\"z\":0}").toString();
  }

  private static String unknown(int size) {
    StringBuilder words = new StringBuilder();
    for (int n = 0; words.length() < size; n++) {
      words.append("thin").append(n).append(" shel").append(n * 31 % 977).append(' ');
    }
    return words.toString();
  }

  private static String base64(int size) {
    byte[] bytes =
        "an ordinary text \u00ff\u0100".repeat(size / 28).getBytes(StandardCharsets.UTF_8);
    return Base64.getMimeEncoder().encodeToString(bytes);
  }

  private static String quoted(String text) {
    return Json.write(Json.array().add(text)).transform(t -> t.substring(1, t.length() - 1));
  }
}
