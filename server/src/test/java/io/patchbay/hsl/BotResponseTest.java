package io.patchbay.hsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.base.Json;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

class BotResponseTest {
  private static final String HELLO =
      "{\"text\":\"Hello\",\"type\":\"TEXT\",\"data\":{\"quick_replies\":[]}}";

  private static BotResponse said(JsonNode bubble) {
    return BotResponse.said(bubble, "bot_says[0]", new ReplyRoom());
  }

  private static BotResponse read(String json) {
    return BotResponse.read(Json.parse(json));
  }

  private static List<String> printed(BotResponse response) {
    return response.elements().stream().map(e -> Json.write(e.json())).toList();
  }

  @Test
  @DisplayName("C6: texts, objects and JSON texts are bubbles in order")
  void texts_objects_and_json_texts_are_bubbles_in_order() {
    var response =
        read(
            "[\"Hello\", {\"type\":\"SILENT\",\"data\":{\"silent_actions\":[1]}}, "
                + StringNode.valueOf(HELLO)
                + "]");
    assertThat(printed(response))
        .containsExactly(HELLO, "{\"type\":\"SILENT\",\"data\":{\"silent_actions\":[1]}}", HELLO);
    assertThat(response.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"Hello\"", "[\"Hello\"]"})
  @DisplayName("K11: a plain string is a list of one")
  void a_plain_string_is_a_list_of_one(String json) {
    assertThat(printed(read(json))).containsExactly(HELLO);
  }

  @Test
  void a_single_object_is_a_list_of_one() {
    assertThat(printed(read(HELLO))).containsExactly(HELLO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "null", "[{}]", "[\"{}\"]", "[\" {} \"]"})
  @DisplayName("K11, F10: an empty object sends nothing")
  void nothing_is_sent_for_what_is_empty(String json) {
    assertThat(read(json).elements()).isEmpty();
    assertThat(read(json).warnings()).isEmpty();
  }

  @Test
  void a_missing_response_is_empty() {
    assertThat(BotResponse.read(MissingNode.getInstance()))
        .isEqualTo(new BotResponse(List.of(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{oops",
        "{\"a\":1}",
        "{\"type\":\"TEXT\"",
        "{\"type\":\"TEXT\"} x",
        "{\"type\":\"A\",\"type\":\"B\"}",
        "[1]",
        "{}{}",
        "{"
      })
  @DisplayName("K11: a text that is no element stays a text")
  void a_text_that_is_no_element_stays_a_text(String text) {
    var response = BotResponse.read(Json.array().add(text));
    assertThat(response.elements()).containsExactly(HslElement.text(text));
    assertThat(response.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"text\":\"x\"}; response[0] is an object without \"type\"",
        "{\"type\":\"POSTER\",\"data\":5}; response[0] is of the unknown type \"POSTER\"",
        "{\"type\":\"text\"}; response[0] is of the unknown type \"text\"",
        "{\"type\":5}; response[0] is of the unknown type 5",
        "{\"type\":null,\"a\":{}}; response[0] is of the unknown type null",
        "{\"type\":\"TEXT\"}; response[0] is a TEXT without text, data.quick_replies",
        "{\"type\":\"TEXT\",\"text\":\"x\",\"data\":{\"quick_replies\":[{}]}}; response[0] is a TEXT without data.quick_replies[0].actionable_text, data.quick_replies[0].is_default, data.quick_replies[0].type, data.quick_replies[0].payload.message",
        "{\"type\":\"TEXT\",\"text\":\"x\",\"data\":{\"quick_replies\":\"no\"}}; response[0] is a TEXT without data.quick_replies",
        "{\"type\":\"BUTTON\",\"text\":\"x\",\"data\":{\"items\":[]}}; response[0] is a BUTTON without data.items",
        "{\"type\":\"BUTTON\",\"text\":\"x\",\"data\":[]}; response[0] is a BUTTON without data.items",
        "{\"type\":\"CAROUSEL\",\"data\":{\"width\":\"\",\"items\":[{\"actionables\":[]},7]}}; response[0] is a CAROUSEL without data.width, data.items[0].thumbnail.image, data.items[0].title, data.items[0].sub_title, data.items[1].thumbnail.image and 3 more",
        "{\"type\":\"FORM\",\"data\":{\"fields\":[{\"key\":\"a\"}]}}; response[0] is a FORM without title, data.fields[0].type",
        "{\"type\":\"SYSTEM\"}; response[0] is a SYSTEM without data.event_name"
      })
  @DisplayName("K11: odd objects pass unchanged, with a warning")
  void odd_objects_pass_unchanged_with_a_warning(String json, String warning) {
    var response = read("[" + json + "]");
    assertThat(printed(response)).containsExactly(json);
    assertThat(response.warnings()).containsExactly(warning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "5; 5; neither text nor an object",
        "1e3; 1000; neither text nor an object",
        "true; true; neither text nor an object",
        "\"\"; ''; empty text"
      })
  void other_scalars_are_sent_as_text_with_a_warning(String json, String words, String warning) {
    var response = read("[" + json + "]");
    assertThat(response.elements()).containsExactly(HslElement.text(words));
    assertThat(response.warnings()).singleElement().asString().contains("response[0]", warning);
  }

  @Test
  void a_null_in_a_list_is_passed_over_with_a_warning() {
    var response = read("[null, \"Hello\"]");
    assertThat(printed(response)).containsExactly(HELLO);
    assertThat(response.warnings()).containsExactly("response[0] is null: nothing is sent for it");
  }

  @Test
  void the_items_of_a_list_in_a_list_take_its_place_with_a_warning() {
    var response = read("[[\"Hello\", [\"Hello\"]], \"Hello\"]");
    assertThat(printed(response)).containsExactly(HELLO, HELLO, HELLO);
    assertThat(response.warnings()).hasSize(2).first().asString().contains("response[0]");
  }

  @Test
  void a_very_deep_list_becomes_text() {
    var response = read("[".repeat(150) + "]".repeat(150));
    assertThat(response.elements()).hasSize(1);
    assertThat(response.elements().getFirst().text()).startsWith("[[");
  }

  @Test
  void said_texts_are_never_read_as_elements() {
    assertThat(said(StringNode.valueOf(HELLO)).elements()).containsExactly(HslElement.text(HELLO));
    assertThat(said(Json.parse(HELLO)).elements()).containsExactly(HslElement.text("Hello"));
    assertThat(said(Json.object()).elements()).isEmpty();
    assertThat(said(StringNode.valueOf(HELLO)).warnings()).isEmpty();
  }

  @Test
  void a_said_list_is_the_response_of_an_integration() {
    var response = said(Json.array().add("Hello").add(HELLO).add(Json.parse(HELLO)));
    assertThat(printed(response)).containsExactly(HELLO, HELLO, HELLO);
    assertThat(response.warnings()).isEmpty();
  }

  @Test
  void parts_can_be_read_by_name() {
    var response =
        read(
            """
            [{"type":"TEXT","text":"t","data":{"quick_replies":[
                {"actionable_text":"A","payload":{"message":"m","gogo_message":null}}, 5,
                {"actionable_text":"B","payload":{"message":"m","gogo_message":"g"}},
                {"actionable_text":"C"}]}},
             {"type":"BUTTON","data":{"items":[{"uri":"LINK","type":"APP_ACTION","payload":{"url":"u"}}]}},
             {"type":"CAROUSEL","data":{"items":[{"title":"T","sub_title":"S","description":5,
                "thumbnail":{"image":"i"},"actionables":[{"actionable_text":"D"}]}, null]}},
             {"type":"SILENT","data":{"silent_actions":[{"actionable_text":"no"}]}}]
            """);
    var elements = response.elements();
    assertThat(elements.get(0).actionables())
        .extracting(HslElement.Actionable::sends)
        .containsExactly("m", "g", "C");
    assertThat(elements.get(1).text()).isEmpty();
    assertThat(elements.get(1).actionables().getFirst().link()).contains("u");
    assertThat(elements.get(1).actionables().getFirst().uri()).isEqualTo("LINK");
    assertThat(elements.get(1).actionables().getFirst().type()).isEqualTo("APP_ACTION");
    var item = ((HslElement.Carousel) elements.get(2)).items().getFirst();
    assertThat(List.of(item.title(), item.subTitle(), item.description(), item.image().orElse("")))
        .containsExactly("T", "S", "", "i");
    assertThat(elements.get(2).actionables())
        .extracting(HslElement.Actionable::text)
        .containsExactly("D");
    assertThat(elements.get(3)).isInstanceOf(HslElement.Other.class);
    assertThat(elements.get(3).actionables()).isEmpty();
  }

  @Test
  void random_responses_are_read_and_printed_unchanged() {
    long seed = 4711;
    var random = new RandomJson(new Random(seed));
    for (int round = 0; round < 5_000; round++) {
      JsonNode response = random.value(4);
      BotResponse read = BotResponse.read(Json.parse(Json.write(response)));
      for (HslElement element : read.elements()) {
        String printed = Json.write(element.json());
        assertThat(HslElement.of(element.json()))
            .as("seed %d, %s", seed, response)
            .isEqualTo(element);
        assertThat(BotResponse.read(Json.parse(printed)).elements()).containsExactly(element);
        assertThat(element.actionables()).doesNotContainNull();
      }
      if (response.isObject() && !response.isEmpty()) {
        assertThat(printed(read)).as("seed %d", seed).containsExactly(Json.write(response));
      }
    }
  }

  @Test
  void a_response_of_many_small_items_that_would_be_a_large_reply_is_refused_with_its_place() {
    var empty = Json.array();
    for (int i = 0; i < 200_000; i++) {
      empty.add("");
    }
    assertThatThrownBy(() -> BotResponse.read(empty))
        .isInstanceOfSatisfying(
            ReplyTooLarge.class,
            e -> assertThat(e.sentence()).startsWith("with response[1").contains("1048576 bytes"));
  }

  @Test
  void a_response_is_as_large_as_a_reply_may_be() {
    int around = Json.write(HslElement.text("").json()).length() + 1;
    String most = "x".repeat(ReplyRoom.MOST - around);
    assertThat(BotResponse.read(Json.array().add(most)).elements()).hasSize(1);
    assertThatThrownBy(() -> BotResponse.read(Json.array().add(most + "x")))
        .isInstanceOf(ReplyTooLarge.class);
  }

  @Test
  void of_thousands_of_odd_items_some_are_told_and_the_rest_is_counted() {
    var odd = Json.array();
    for (int i = 0; i < 10_000; i++) {
      odd.addNull();
    }
    assertThat(BotResponse.read(odd).warnings())
        .hasSize(51)
        .last()
        .isEqualTo("and 9950 more items are odd");
  }

  @Test
  void an_element_of_a_hundred_thousand_incomplete_parts_is_looked_at_in_time() {
    ObjectNode element = Json.object().put("type", "CAROUSEL").put("text", "x");
    ArrayNode items = element.putObject("data").putArray("items");
    for (int i = 0; i < 100_000; i++) {
      items.addObject();
    }
    long before = System.nanoTime();
    var read = BotResponse.read(Json.array().add(element));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    assertThat(read.warnings())
        .singleElement()
        .asString()
        .contains("data.items[0].")
        .contains("more");
  }
}
