package io.patchbay.fuzz;

import static java.util.stream.Collectors.joining;

import io.patchbay.base.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes a pair of genes: sizes within the limits of a definition, so that they multiply. */
final class PairGrammar {
  private static final int MOST_OUTPUT = 1_000_000;
  private static final int LONGEST_TEXT = 10_000;

  /** What is said again and again. */
  private static final List<String> SAYS =
      List.of(
          "[[x]]",
          "[[x]]y",
          "[[x.0]]",
          "[[y]] ",
          "[[x.k1.k.0]]",
          "%entitytag_e0 ",
          "[[",
          "%name ",
          "%entitytag_none",
          "[[x]]%entitytag_e0",
          "<[[y]]>",
          "plain ");

  /** {@code $} is a count. */
  private static final List<String> PATTERNS =
      List.of(
          "(?:a{0,9}){$}b",
          "(?:a|aa|ab?){$}c",
          "[a-z]*1|[a-z]",
          "(?:[a-z ]*2)|.",
          "a{1,$}b|a{1,$}c",
          "(?i)(?:[^x]{1,9}){$}x",
          "\\pL{1,$}\\pN",
          "(?:\\b\\w{0,9}){$}!",
          "(a|b|ab)*c|a",
          "(?:.?){$}z");

  private static final List<String> KINDS =
      List.of("regex", "regex", "regex", "number", "phone_number", "email", "dictionary", "text");

  private static final List<String> RULES =
      List.of(
          "contains\": \"aaaaaaaaaaaaab",
          "equals\": \"a",
          "not_equals\": \"[1]",
          "at_most\": \"zz",
          "not_contains\": \"ab");

  private final Genes genes;
  private final String url;
  private final int longest;

  /**
   * @param url of the endpoint that answers with the output
   * @param longest message, in characters
   */
  PairGrammar(Genes genes, String url, int longest) {
    this.genes = genes;
    this.url = url;
    this.longest = longest;
  }

  Pair pair() {
    ObjectNode definition = Json.object().put("bot", Pair.BOT);
    definition.set("egress", Json.parse("{\"allow\": [\"127.0.0.1\"]}"));
    var secrets = PairTexts.secrets(genes);
    ObjectNode variables = definition.putObject("variables");
    secrets.keySet().forEach(name -> variables.putObject(name).put("secret", true));
    entities(definition.putObject("entities"));
    ObjectNode nodes = definition.putObject("nodes");
    ObjectNode next = nodes.putObject("NEXT").put("start", true);
    next.putArray("user_says").add(Pair.NEXT);
    next.putArray("bot_says").add(Pair.STILL_HERE);
    grow(nodes.putObject("GROW"));
    rules(nodes);
    sentences(nodes);
    return new Pair(definition, secrets, output(), messages());
  }

  private void grow(ObjectNode node) {
    node.put("start", true).putArray("user_says").add(Pair.GO);
    ArrayNode uses = node.putArray("entities");
    for (int n = 0; n < entityCount(); n++) {
      uses.addObject().put("entity", "e" + n).put("required", false).put("ask", "?");
    }
    ObjectNode integration = node.putObject("integration").put("timeout", "20s");
    if (isCode()) {
      integration.put("type", "code");
    } else {
      integration.put("type", "api").put("url", url);
    }
    node.set("bot_says", says());
  }

  boolean isCode() {
    return genes.of(Dial.INTEGRATION, List.of(false, true));
  }

  private ArrayNode says() {
    String unit = genes.of(Dial.SAY_KIND, SAYS);
    int times = 1 + genes.size(Dial.SAY_TIMES, LONGEST_TEXT / unit.length() - 1);
    String text = (unit.repeat(times) + "-".repeat(genes.size(Dial.SAY_LENGTH, LONGEST_TEXT)));
    String fits = text.substring(0, Math.min(text.length(), LONGEST_TEXT));
    ArrayNode says = Json.array();
    for (int n = 0; n <= genes.size(Dial.BUBBLES, 49); n++) {
      if (n % 3 == 2) {
        ObjectNode carousel = says.addObject().put("text", fits).put("type", "CAROUSEL");
        carousel.putObject("data").put("width", "THIN").put("items", "[[x]]").put("more", fits);
      } else {
        says.add(fits);
      }
    }
    return says;
  }

  private int entityCount() {
    return genes.size(Dial.ENTITIES, 50);
  }

  private void entities(ObjectNode entities) {
    for (int n = 0; n < entityCount(); n++) {
      String kind = genes.of(Dial.ENTITY_KIND, KINDS);
      ObjectNode entity = entities.putObject("e" + n).put("type", kind);
      if (kind.equals("regex")) {
        String count = String.valueOf(Math.max(1, genes.size(Dial.COUNT, 900) - n));
        String pattern = PATTERNS.get((n + genes.size(Dial.WORD_PARTS, 9)) % PATTERNS.size());
        entity.put("pattern", pattern.replace("$", count));
      } else if (kind.equals("dictionary")) {
        dictionary(entity.putObject("values"), n);
      }
    }
  }

  private void dictionary(ObjectNode values, int entity) {
    String parts = "new ".repeat(genes.size(Dial.WORD_PARTS, 40));
    int words = 1 + genes.size(Dial.WORDS, 20_000) / entityCount();
    for (int n = 0; n < words; n++) {
      values.putArray("w" + entity + "-" + n).add(parts + n);
    }
  }

  private void rules(ObjectNode nodes) {
    int count = genes.size(Dial.RULES, 180);
    if (count == 0) {
      return;
    }
    String rule = "{\"variable\": \"x\", \"" + genes.of(Dial.RULE_KIND, RULES) + "\"}";
    String all = IntStream.range(0, 50).mapToObj(_ -> rule).collect(joining(","));
    ArrayNode connections = nodes.withObject("/GROW").putArray("connections");
    for (int n = 0; n < count; n++) {
      connections.addObject().put("to", "NEXT").set("when", Json.parse("{\"any\": [" + all + "]}"));
    }
    connections.addObject().put("to", "SAID");
    nodes.putObject("SAID").set("bot_says", says());
  }

  private void sentences(ObjectNode nodes) {
    int count = genes.size(Dial.SENTENCES, 8_000);
    String parts = "tell me of thing ".repeat(1 + genes.size(Dial.SENTENCE_PARTS, 25));
    for (int n = 0; n < count; n++) {
      ObjectNode node = nodes.withObject("/S_" + n / 900);
      node.put("start", true).withArray("bot_says");
      node.withArray("user_says").add(parts + n + " shel" + n * 31 % 977);
    }
  }

  private String output() {
    int size = genes.size(Dial.OUTPUT_SIZE, MOST_OUTPUT);
    String x = PairTexts.value(genes, size);
    String y = PairTexts.value(genes, Math.min(size, 2_000));
    int bubbles = genes.size(Dial.RESPONSE, 300);
    int details = genes.size(Dial.DETAILS, 60_000);
    StringBuilder output = new StringBuilder("{\"status\": true, \"x\": ").append(x);
    output.append(", \"y\": ").append(y);
    if (bubbles > 0) {
      String each = PairTexts.value(genes, size / bubbles / 2);
      output.append(", \"response\": [").append((each + ",").repeat(bubbles)).append("\"end\"]");
    }
    if (details > 0) {
      String kept = "{\"kept\": " + PairTexts.value(genes, details) + "}";
      output.append(", \"conversation_details\": ").append(kept);
      output.append(", \"user_details\": ").append(kept);
    }
    return output.append('}').toString();
  }

  private List<String> messages() {
    String large = PairTexts.message(genes, genes.size(Dial.MESSAGE_SIZE, longest));
    List<String> messages = new ArrayList<>();
    for (int n = 0; n <= genes.size(Dial.TURNS, 3); n++) {
      messages.add(Pair.GO);
      if (!large.isBlank()) {
        messages.add(large);
      }
    }
    return messages;
  }
}
