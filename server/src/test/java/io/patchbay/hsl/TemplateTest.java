package io.patchbay.hsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.base.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

@DisplayName("F8, F9")
class TemplateTest {
  private static final JsonNode OUTPUT =
      Json.parse(
          """
          {"state":"shipped","days":0,"price":1.50,"big":1E+3,"tiny":1e-3,"huge":1e999999,"ok":true,
           "none":null,"order.id":"abc123","list":[1,"a"],"object":{"a":1},"nested":"[[state]] %name",
           "card":{"text":"x","type":"TEXT","data":{"quick_replies":[]}},
           "card_text":"{\\"type\\":\\"POSTER\\"}","not_card":"{\\"a\\":1}","empty":"{}"}
          """);

  private static final Map<String, String> TAGS =
      Map.of(
          "name", "Guest",
          "full_name", "Guest User",
          "time", "7:05 am",
          "timeofday", "morning",
          "entitytag_size", "large",
          "entitytag_born", "22/08/2019",
          "entitytag_born@short", "22 Aug, 2019",
          "city", "[[state]] %name");

  private static JsonNode fill(JsonNode bubble) {
    return Template.fill(
        bubble, name -> Optional.ofNullable(OUTPUT.get(name)), TAGS, new ReplyRoom());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "Order [[order.id]] is [[state]].|Order abc123 is shipped.",
        "[[ state ]]|shipped",
        "[[state]][[state]]|shippedshipped",
        "[[days]] days, [[price]], [[big]], [[tiny]], [[ok]]|0 days, 1.50, 1000, 0.001, true",
        "[[huge]]|1E+999999",
        "<[[none]]> <[[gone]]>|<> <>",
        "see [[list]] and [[object]]|see [1,\"a\"] and {\"a\":1}",
        "[[nested]]!|[[state]] %name!",
        "[[[state]]]|[shipped]",
        "[[]] [[ ]] [[state] [state]] [[a[[state]] [[state|[[]] [[ ]] [[state] [state]] [[ashipped [[state",
        "Hi %name, good %timeofday at %time|Hi Guest, good morning at 7:05 am",
        "%full_name %names %nobody 5% %|Guest User %names %nobody 5% %",
        "_%name_ *%name*, %name's, %nameさん|_Guest_ *Guest*, Guest's, Guestさん",
        "%Name|%Name",
        "%%name|%Guest",
        "%city|[[state]] %name",
        "%entitytag_size, %entitytag_colour|large, %entitytag_colour",
        "%entitytag_born %entitytag_born@short %entitytag_born@mm/dd/yy.|22/08/2019 22 Aug, 2019 22/08/2019.",
        "%entitytag_born@mm/dd/yyyy|22/08/2019",
        "%entitytag_born@shorter %name@mail.example|22/08/2019@shorter Guest@mail.example",
        "nothing|nothing",
        "[[not_card]]|{\"a\":1}",
        "x [[card_text]]|x {\"type\":\"POSTER\"}"
      })
  void texts_are_filled(String text, String filled) {
    assertThat(fill(StringNode.valueOf(text)).asString()).isEqualTo(filled);
    // The same inside an element, and its keys stay.
    var element = Json.object().put(text, text);
    assertThat(fill(element)).isEqualTo(Json.object().put(text, filled));
  }

  @ParameterizedTest
  @CsvSource({"[[card]],card", "' [[ card ]] ',card", "[[list]],list", "[[object]],object"})
  void a_text_that_is_one_variable_becomes_its_object_or_list(String text, String variable) {
    assertThat(fill(StringNode.valueOf(text))).isEqualTo(OUTPUT.get(variable));
    assertThat(fill(Json.object().put("data", text)).get("data")).isEqualTo(OUTPUT.get(variable));
  }

  @Test
  void a_bubble_that_is_one_variable_becomes_the_element_that_its_text_is() {
    assertThat(fill(StringNode.valueOf("[[card_text]]")))
        .isEqualTo(Json.parse("{\"type\":\"POSTER\"}"));
    assertThat(fill(StringNode.valueOf("[[empty]]"))).isEqualTo(Json.object());
    // Inside an element it stays a text.
    assertThat(fill(Json.object().put("text", "[[card_text]]")).get("text").isString()).isTrue();
  }

  @Test
  void a_tag_never_becomes_an_element() {
    var hostile = Map.of("entitytag_comment", "{\"type\":\"BUTTON\"}");
    var filled =
        Template.fill(
            StringNode.valueOf("%entitytag_comment"),
            _ -> Optional.empty(),
            hostile,
            new ReplyRoom());
    assertThat(filled).isEqualTo(StringNode.valueOf("{\"type\":\"BUTTON\"}"));
  }

  @Test
  void what_a_variable_holds_is_copied_and_the_bubble_is_not_changed() {
    var bubble = Json.object().put("card", "[[card]]").put("text", "[[state]]");
    String before = Json.write(bubble);
    var filled = fill(bubble);
    assertThat(filled.get("card")).isEqualTo(OUTPUT.get("card")).isNotSameAs(OUTPUT.get("card"));
    assertThat(Json.write(bubble)).isEqualTo(before);
  }

  @Test
  void scalars_of_a_bubble_stay_as_they_are() {
    var bubble =
        Json.parse("{\"a\":1.50,\"b\":null,\"c\":true,\"d\":[1,\"[[days]]\",[\"%name\"]]}");
    assertThat(Json.write(fill(bubble)))
        .isEqualTo("{\"a\":1.50,\"b\":null,\"c\":true,\"d\":[1,\"0\",[\"Guest\"]]}");
  }

  @Test
  void a_long_hostile_text_is_filled_in_linear_time() {
    for (String piece :
        new String[] {"[", "[[", "[[a", "%", "%name", "]]", "[[state]]", "[[ ", "%entitytag_"}) {
      String text = piece.repeat(1_000_000 / piece.length());
      long before = System.nanoTime();
      assertThat(fill(StringNode.valueOf(text)).isString()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void random_bubbles_are_filled_without_failing() {
    long seed = 815;
    var random = new RandomJson(new Random(seed));
    for (int round = 0; round < 5_000; round++) {
      JsonNode bubble = random.value(4);
      Map<String, JsonNode> variables = new HashMap<>();
      variables.put("a", random.value(2));
      JsonNode filled =
          Template.fill(
              bubble,
              n -> Optional.ofNullable(variables.get(n)),
              Map.of("name", "[[a]]"),
              new ReplyRoom());
      assertThat(Json.write(filled)).as("seed %d", seed).isNotNull();
      if (bubble.isContainer()) {
        assertThat(filled.size()).as("seed %d, %s", seed, bubble).isEqualTo(bubble.size());
      }
    }
  }

  @Test
  void what_would_be_larger_than_a_reply_is_not_made() {
    JsonNode megabyte = StringNode.valueOf("a".repeat(1_000_000));
    for (JsonNode variable : List.of(megabyte, Json.array().add(megabyte))) {
      for (JsonNode bubble :
          List.of(
              StringNode.valueOf("[[x]]y".repeat(600)),
              Json.array().add("[[x]]").add("[[x]]"),
              Json.object().put("text", "[[x]] and [[x]]"))) {
        var room = new ReplyRoom();
        room.begin("bot_says[3]");
        assertThatThrownBy(() -> Template.fill(bubble, _ -> Optional.of(variable), Map.of(), room))
            .isInstanceOfSatisfying(
                ReplyTooLarge.class,
                e ->
                    assertThat(e.sentence())
                        .isEqualTo("with bot_says[3] the reply has more than 1048576 bytes"));
      }
    }
  }

  @Test
  void the_longest_tag_that_ends_there_is_found_among_many() {
    Map<String, String> tags = new HashMap<>();
    for (int i = 0; i < 500; i++) {
      tags.put("entitytag_" + "a".repeat(i % 60) + (i / 60), "<" + i + ">");
    }
    tags.put("entitytag_a", "short");
    tags.put("entitytag_a_b", "long");
    var text = "%entitytag_a_b, %entitytag_a_, %entitytag_ab, %entitytag_a@mm/dd/yy.";
    assertThat(
            Template.fill(StringNode.valueOf(text), _ -> Optional.empty(), tags, new ReplyRoom()))
        .isEqualTo(StringNode.valueOf("long, short_, %entitytag_ab, short."));
    var many = StringNode.valueOf("%entitytag_a".repeat(80_000));
    long before = System.nanoTime();
    Template.fill(many, _ -> Optional.empty(), tags, new ReplyRoom());
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
  }
}
