package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import io.patchbay.bot.Environment;
import io.patchbay.conversation.ChatMessage;
import io.patchbay.conversation.ConversationStore;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Messages in, replies out, conversations from outside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatApiTest {
  private static final String MESSAGES = "/api/v1/bots/acme/messages";

  private TestServer server;

  @BeforeAll
  void start() {
    server = new TestServer();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private HttpResponse<String> say(String body) {
    return server.json("POST", MESSAGES, body);
  }

  private List<String> pointers(String body) {
    HttpResponse<String> answer = say(body);
    assertThat(answer.statusCode()).as(body).isEqualTo(422);
    assertThat(TestServer.code(answer)).isEqualTo("invalid_content");
    return TestServer.body(answer)
        .path("problems")
        .valueStream()
        .map(p -> p.path("pointer").asString())
        .toList();
  }

  @Test
  void a_message_reaches_the_room_with_all_its_parts() {
    HttpResponse<String> answer =
        server.json(
            "POST",
            MESSAGES + "?environment=staging",
            """
            {"message_id":"m1","user":{"auth_id":"ann/é","name":"Ann","language_code":"hi",
            "device_platform":5,"auth_code":"c","email":"a@x","mobile_no":"1",
            "custom_data":{"a":[1]}},"text":"hi","payload":{"gogo_message":"x"},
            "attachments":["u"],"unknown":1}\
            """);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(TestServer.body(answer).path("turn_id").asString()).isEqualTo("turn_1");
    assertThat(TestServer.body(answer).has("log")).isFalse();
    ChatMessage message = server.rooms.messages.getLast();
    assertThat(message.key())
        .isEqualTo(new ConversationStore.Key("acme", Environment.STAGING, "ann/é"));
    assertThat(message.messageId()).contains("m1");
    assertThat(message.text()).contains("hi");
    assertThat(message.attachments()).hasSize(1);
    assertThat(message.user())
        .isEqualTo(
            new ChatMessage.UserFields(
                Optional.of("Ann"),
                Optional.of("hi"),
                OptionalInt.of(5),
                Optional.of("c"),
                Optional.of("a@x"),
                Optional.of("1"),
                Optional.of((ObjectNode) Json.parse("{\"a\":[1]}"))));
  }

  @Test
  void environment_defaults_to_production_and_an_unknown_one_is_refused() {
    say("{\"user\":{\"auth_id\":\"a\"},\"text\":\"x\"}");
    assertThat(server.rooms.messages.getLast().key().environment())
        .isEqualTo(Environment.PRODUCTION);
    HttpResponse<String> answer =
        server.json("POST", MESSAGES + "?environment=Staging", "{\"user\":{\"auth_id\":\"a\"}}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(TestServer.code(answer)).isEqualTo("unknown_environment");
  }

  @Test
  void debug_adds_the_message_log() {
    String hello = "{\"user\":{\"auth_id\":\"a\"},\"text\":\"x\"}";
    JsonNode answer = TestServer.body(server.json("POST", MESSAGES + "?debug=true", hello));
    assertThat(answer.at("/log/invocations/0").asString()).isEqualTo("inv_1");
    assertThat(server.json("POST", MESSAGES + "?debug=1", hello).statusCode()).isEqualTo(400);
  }

  @Test
  void all_problems_of_a_message_are_named_at_once() {
    assertThat(
            pointers(
                """
                {"message_id":7,"user":{"auth_id":"","full_name":{},"device_platform":"5",
                "custom_data":[]},"text":["x"],"payload":"p","attachments":{}}\
                """))
        .containsExactlyInAnyOrder(
            "message_id",
            "user.auth_id",
            "user.full_name",
            "user.device_platform",
            "user.custom_data",
            "text",
            "payload",
            "attachments");
  }

  @Test
  void what_a_message_needs_is_asked_for() {
    assertThat(pointers("{}")).containsExactly("user");
    assertThat(pointers("{\"user\":{},\"text\":\"x\"}")).containsExactly("user.auth_id");
    assertThat(pointers("{\"user\":{\"auth_id\":\"a\"}}")).containsExactly("");
    assertThat(pointers("{\"user\":{\"auth_id\":\"a\"},\"text\":\"\",\"payload\":{}}"))
        .containsExactly("");
    assertThat(pointers("[]")).containsExactly("");
    assertThat(pointers("null")).containsExactly("");
  }

  @Test
  void lengths_count_characters_not_code_units() {
    String longest = "😀".repeat(255);
    assertThat(say("{\"user\":{\"auth_id\":\"" + longest + "\"},\"text\":\"x\"}").statusCode())
        .isEqualTo(200);
    assertThat(pointers("{\"user\":{\"auth_id\":\"" + longest + "a\"},\"text\":\"x\"}"))
        .containsExactly("user.auth_id");
    String text = "😀".repeat(10_000);
    assertThat(say("{\"user\":{\"auth_id\":\"a\"},\"text\":\"" + text + "\"}").statusCode())
        .isEqualTo(200);
    assertThat(pointers("{\"user\":{\"auth_id\":\"a\"},\"text\":\"" + text + "a\"}"))
        .containsExactly("text");
  }

  @Test
  void payloads_and_attachments_have_a_bound_in_json() {
    String user = "{\"user\":{\"auth_id\":\"a\"},";
    String small = "{\"a\":\"" + "é".repeat((16 * 1024 - 8) / 2) + "\"}";
    assertThat(say(user + "\"payload\":" + small + "}").statusCode()).isEqualTo(200);
    assertThat(pointers(user + "\"payload\":" + small.replace("{\"a", "{\"ab") + "}"))
        .containsExactly("payload");
    String said = "\"payload\":{\"gogo_message\":\"" + "a".repeat(10_000);
    assertThat(say(user + said + "\"}}").statusCode()).isEqualTo(200);
    assertThat(pointers(user + said + "a\"}}")).containsExactly("payload.gogo_message");
    assertThat(pointers(user + said.replace("gogo_", "") + "a\"}}"))
        .containsExactly("payload.message");
    String many = "\"attachments\":[" + "1,".repeat(19) + "1";
    assertThat(say(user + many + "]}").statusCode()).isEqualTo(200);
    assertThat(pointers(user + many + ",1]}")).containsExactly("attachments");
    String large = "\"attachments\":[\"" + "a".repeat(64 * 1024 - 4);
    assertThat(say(user + large + "\"]}").statusCode()).isEqualTo(200);
    assertThat(pointers(user + large + "a\"]}")).containsExactly("attachments");
    assertThat(
            pointers(
                user
                    + "\"payload\":{\"a\":"
                    + "[1,".repeat(150)
                    + "1"
                    + "]".repeat(150)
                    + "},"
                    + "\"text\":\""
                    + "a".repeat(10_001)
                    + "\"}"))
        .containsExactly("text");
  }

  @Test
  void numbers_that_are_no_small_whole_number_are_refused() {
    for (String number : List.of("1.5", "1e400", "99999999999", "true")) {
      assertThat(
              pointers(
                  "{\"user\":{\"auth_id\":\"a\",\"device_platform\":"
                      + number
                      + "},\"text\":\"x\"}"))
          .containsExactly("user.device_platform");
    }
  }

  @Test
  void lone_surrogates_are_refused_wherever_they_stand() {
    assertThat(
            pointers(
                """
                {"user":{"auth_id":"\\ud800"},"text":"\\udc00x","payload":{"a":["\\ud83d"]}}\
                """))
        .containsExactlyInAnyOrder("user.auth_id", "text", "payload.a[0]");
    HttpResponse<String> key = say("{\"user\":{\"auth_id\":\"a\"},\"text\":\"x\",\"\\ud800\":1}");
    assertThat(TestServer.code(key)).isEqualTo("invalid_content");
    assertThat(say("{\"user\":{\"auth_id\":\"a\"},\"text\":\"\\ud83d\\ude00\"}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_conversation_is_read_restarted_and_patched_for_any_user_id() {
    String path = "/api/v1/bots/acme/users/a%2Fb%20%C3%A9%3F%2B+/conversation";
    assertThat(server.get(path + "?environment=staging").statusCode()).isEqualTo(200);
    assertThat(server.rooms.keys.getLast())
        .isEqualTo(new ConversationStore.Key("acme", Environment.STAGING, "a/b é?++"));
    assertThat(server.send("DELETE", path, "").statusCode()).isEqualTo(204);
    HttpResponse<String> patched =
        server.json("PATCH", path, "{\"user_details\":{\"a\":1},\"conversation_details\":null}");
    assertThat(patched.statusCode()).isEqualTo(200);
    assertThat(server.rooms.told.getLast()).isEqualTo(Optional.of(Json.parse("{\"a\":1}")));
    assertThat(server.rooms.told).contains(Optional.empty());
  }

  @Test
  void a_patch_of_anything_else_is_refused() {
    String path = "/api/v1/bots/acme/users/a/conversation";
    HttpResponse<String> answer =
        server.json("PATCH", path, "{\"conversation_detail\":{},\"user_details\":[]}");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("conversation_detail", "user_details");
  }

  @Test
  void user_ids_that_are_no_text_are_refused() {
    for (String id : List.of("%FF", "%C3", "a".repeat(256))) {
      HttpResponse<String> answer = server.get("/api/v1/bots/acme/users/" + id + "/conversation");
      assertThat(answer.statusCode()).as(id).isEqualTo(400);
      assertThat(answer.headers().firstValue("Content-Type")).contains(Problems.TYPE);
    }
  }
}
