package io.patchbay.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.StringNode;

class JsonSizeTest {
  private static final long NO_END = Long.MAX_VALUE;

  @Test
  void it_is_what_writing_gives() {
    for (String json :
        List.of(
            "{}",
            "[]",
            "\"\"",
            "[1,-2.50,1E+3,true,false,null]",
            "{\"a\":{\"b\":[{},[],\"\"]},\"\":0}",
            "\"\\u0000\\u0001\\b\\f\\n\\r\\t\\\"\\\\/\"",
            "\"\\u007f\\u00e9\\u0930\\ud83d\\ude00\"",
            "{\"\\n\":\"\\u0080\"}")) {
      JsonNode value = Json.parse(json);
      int written = Json.write(value).getBytes(StandardCharsets.UTF_8).length;
      assertThat(JsonSize.of(value, NO_END)).as(json).isEqualTo(written);
    }
  }

  @Test
  void a_text_counts_as_the_node_that_it_is() {
    assertThat(JsonSize.of("a\n", NO_END))
        .isEqualTo(JsonSize.of(StringNode.valueOf("a\n"), NO_END));
  }

  @Test
  void counting_ends_where_it_is_told_to() {
    ArrayNode large = Json.array();
    for (int i = 0; i < 1000; i++) {
      large.add("x".repeat(1000));
    }
    assertThat(JsonSize.of(large, 5000)).isBetween(5001L, 8000L);
    assertThat(JsonSize.of(large, 0)).isPositive();
  }
}
