package io.patchbay.fuzz;

import io.patchbay.base.Json;
import io.patchbay.bot.definition.BotYaml;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Makes requests for an operation: right ones, nearly right ones, and hostile ones. */
final class Requests {
  private static final String YAML = "application/yaml";

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "X-Y");

  private static final List<String> TYPES =
      List.of(
          "",
          "text/plain",
          "application/json; charset=utf-16",
          "application/json; charset=nonsense",
          "application/json;;;=",
          "multipart/form-data",
          "application/x-www-form-urlencoded",
          "a".repeat(3000),
          "\"");

  private static final List<Header> HEADERS =
      List.of(
          new Header("Content-Encoding", "gzip"),
          new Header("Accept", YAML),
          new Header("Accept", "*/*;q=nonsense, ,,"),
          new Header("Accept-Encoding", "gzip, br, zstd"),
          new Header("Range", "bytes=5-1"),
          new Header("Expect", "100-continue"),
          new Header("Expect", "the-impossible"),
          new Header("If-Match", "*"),
          new Header("If-Match", "\"x\", W/\"y\", z"),
          new Header("If-None-Match", "*"),
          new Header("If-None-Match", "\"" + "x".repeat(4000) + "\""),
          new Header("traceparent", "00-" + "0".repeat(32) + "-zz-01"),
          new Header("traceparent", "é"),
          new Header("Cookie", "patchbay_session=; =; a=\"b"),
          new Header("Cookie", "patchbay_session=" + "x".repeat(4000)),
          new Header("Host", "elsewhere.example"),
          new Header("Host", "a:b:c"),
          new Header("Origin", "null"),
          new Header("Sec-Fetch-Site", "cross-site"),
          new Header("X-Forwarded-Proto", "https"),
          new Header("X-Forwarded-For", "203.0.113.9"),
          new Header("X-HTTP-Method-Override", "DELETE"),
          new Header("Upgrade", "websocket"),
          new Header("X-Long", "y".repeat(7000)),
          new Header("X-Too-Long", "y".repeat(70_000)),
          new Header("X-Odd", "\u0001é👍"),
          new Header("Date", "yesterday"));

  private final Values values;
  private final Identity identity;

  Requests(Values values, Identity identity) {
    this.values = values;
    this.identity = identity;
  }

  Sent of(Operation operation, Dice dice) {
    String method = dice.oneIn(25) ? dice.of(METHODS) : operation.method();
    Sent sent = new Sent(method, target(operation, dice), identity.headers(dice), new byte[0]);
    if (!operation.body().isEmpty() || dice.oneIn(40)) {
      sent = withBody(sent, operation, dice);
    }
    return dice.oneIn(5) ? oddHeaders(sent, dice) : sent;
  }

  private String target(Operation operation, Dice dice) {
    String path = operation.path();
    List<String> query = new ArrayList<>();
    for (Operation.Parameter parameter : operation.parameters()) {
      boolean odd = dice.oneIn(12);
      String value = odd ? dice.of(Oddities.TEXTS) : values.parameter(parameter, dice);
      if (parameter.inPath()) {
        path = path.replace("{" + parameter.name() + "}", encoded(value, dice));
      } else if (dice.oneIn(3)) {
        query.add(parameter.name() + "=" + encoded(value, dice));
      }
    }
    if (dice.oneIn(40)) {
      query.add(encoded(dice.of(Oddities.TEXTS), dice) + "=1&&=&%");
    }
    if (dice.oneIn(40)) {
      path = oddPath(path, dice);
    }
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  private static String oddPath(String path, Dice dice) {
    return switch (dice.below(8)) {
      case 0 -> path + "/";
      case 1 -> path.replaceFirst("/", "//");
      case 2 -> path + "/../../x";
      case 3 -> path + ";a=b";
      case 4 -> path + "%00";
      case 5 -> path + "/" + "%2e%2e%2f".repeat(20);
      case 6 -> path.replaceFirst("/api", "/%61pi");
      default -> path + "/" + "z".repeat(9000);
    };
  }

  /** Nearly always as it must be. */
  private static String encoded(String value, Dice dice) {
    return switch (dice.below(60)) {
      case 0 -> value.replaceAll("[\\p{Cntrl} #?]", "");
      case 1 -> "%" + value.length();
      case 2 -> "%C0%AF%ED%A0%80";
      default -> URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    };
  }

  private Sent withBody(Sent sent, Operation operation, Dice dice) {
    String type = "application/json";
    JsonNode body = dice.of(Oddities.NODES);
    if (!operation.body().isEmpty()) {
      List<Map.Entry<String, JsonNode>> media = List.copyOf(operation.body().entrySet());
      Map.Entry<String, JsonNode> one = dice.of(media);
      type = one.getKey();
      body = values.body(one.getValue(), dice);
    }
    byte[] bytes = changed(type, body, dice);
    String sentType = dice.oneIn(25) ? dice.of(TYPES) : type;
    return sent.with(new Header("Content-Type", sentType)).withBody(bytes);
  }

  private static byte[] changed(String type, JsonNode body, Dice dice) {
    boolean structured = !type.startsWith("text/");
    JsonNode tree =
        structured && dice.oneIn(2) ? Trees.changed(body, 1 + dice.below(4), dice) : body;
    String text = !structured ? body.asString() : type.equals(YAML) ? yaml(tree) : Json.write(tree);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (dice.oneIn(3)) {
      bytes = Bytes.changed(bytes, Oddities.TOKENS, dice);
    }
    return dice.oneIn(400) ? "[0,".repeat(3_500_000).getBytes(StandardCharsets.UTF_8) : bytes;
  }

  private static String yaml(JsonNode tree) {
    return tree.isContainer() ? BotYaml.write(tree) : Json.write(tree);
  }

  private static Sent oddHeaders(Sent sent, Dice dice) {
    Header odd = dice.of(HEADERS);
    return switch (dice.below(4)) {
      case 0 -> sent.without(odd.name()).with(odd);
      case 1 -> sent.with(odd).with(odd);
      case 2 -> sent.without(dice.of(sent.headers()).name());
      default -> sent.with(odd);
    };
  }
}
