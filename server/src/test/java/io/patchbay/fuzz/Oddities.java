package io.patchbay.fuzz;

import io.patchbay.base.Json;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Values that have broken programs before. None names a host outside of this machine, and none
 * looks like what {@link Rules} forbids in answers.
 */
final class Oddities {
  static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\u0000",
          "\u0001\u001b[31m",
          "\r\n",
          "\u2028\u2029",
          "\u202e\u200b",
          "\ufeff",
          "\uffff",
          "👩‍👩‍👧‍👦",
          "\u0130\u0131ß\ufb01",
          "e\u0301\u0301\u0301\u0301\u0301",
          "[[a]]",
          "[[[[a]]]]",
          "[[",
          "%entitytag_a@b",
          "%name%",
          "%s%n%x",
          "${a.b}#{c}",
          "..",
          "../../../etc/passwd",
          "a/b",
          "a\\b",
          "'; DROP TABLE users; --",
          "<script>alert(1)</script>",
          "null",
          "true",
          "~",
          "0x10",
          "1_000",
          "1e999",
          "-0",
          "9223372036854775808",
          "NaN",
          "2026-02-30T25:61:61Z",
          "+999999999-12-31T23:59:59Z",
          "(a+)+$",
          "((((a{99}){99}){99}",
          "\\p{Foo}",
          "(?<n>a)\\k<n>",
          "http://localhost:1/",
          "http://[::1]:1/",
          "http://localhost:99999/",
          "localhost:1",
          "::1:80",
          "0.0.0.0/0",
          "0ms",
          "1s",
          "16MiB",
          "999999999999GiB",
          "type",
          "code",
          "api",
          "en",
          "zz",
          "x".repeat(300),
          "é".repeat(5000));

  /** As texts of a body in JSON or YAML, which need not be well-formed after it. */
  static final List<String> TOKENS =
      List.of(
          "\u0000",
          "\\ud800",
          "\\udc00\\ud800",
          "\\u0000",
          "1e999",
          "-1e-999",
          "-",
          "01",
          "NaN",
          "\"a\":1,\"a\":2,",
          "{\"a\":1,\"a\":2}",
          "[".repeat(500),
          "{\"a\":".repeat(300),
          "9".repeat(1500),
          ",",
          ":",
          "}",
          "]",
          "\"",
          "\n",
          "\t",
          "&a ",
          "*a",
          "&a [*a, *a]",
          "{<<: *a}",
          "!!binary aGk=",
          "!<tag:x> ",
          "? ",
          "| ",
          "# ",
          "\n---\n",
          "\n...\n",
          "%YAML 9.9\n",
          "\ufeff",
          "\u0085");

  static final List<JsonNode> NODES =
      Stream.concat(
              TEXTS.stream().map(t -> (JsonNode) Json.MAPPER.getNodeFactory().stringNode(t)),
              Stream.of(
                      "null",
                      "true",
                      "false",
                      "0",
                      "-1",
                      "1",
                      "2147483648",
                      "9223372036854775808",
                      "0.1",
                      "1e400",
                      "-1e-400",
                      "[]",
                      "{}",
                      "[[]]",
                      "{\"\":\"\"}",
                      "[null,1,\"a\",{},[]]",
                      "{\"en\":\"x\",\"hi\":null}",
                      "{\"type\":\"TEXT\",\"data\":{},\"text\":\"x\"}",
                      "{\"variants\":[\"x\"]}")
                  .map(Json::parse))
          .toList();

  private Oddities() {}
}
