package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import io.patchbay.base.Unavailable;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What cannot be done now is said as such, and the log's message stays in the log. */
class UnavailableTest {
  private static final String MESSAGES = "/api/v1/bots/acme/messages";
  private static final String HELLO = "{\"user\":{\"auth_id\":\"a\"},\"text\":\"hi\"}";

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private static final class Broken extends Unavailable {
    private static final long serialVersionUID = 1L;
    private final ErrorCode code;

    Broken(ErrorCode code) {
      super("/srv/data is broken");
      this.code = code;
    }

    @Override
    public ErrorCode code() {
      return code;
    }

    @Override
    public String advice() {
      return "Nothing was kept.";
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STORAGE_FULL", "UNAVAILABLE"})
  void its_code_and_advice_are_told_and_where_to_read_on(ErrorCode code) {
    JsonNode problem = Json.parse(fail(code).body());

    assertThat(problem.get("status").asInt()).isEqualTo(code.status());
    assertThat(problem.get("code").asString()).isEqualTo(code.wire());
    assertThat(problem.get("detail").asString())
        .startsWith("Nothing was kept. ")
        .contains("err_")
        .doesNotContain("/srv/data");
  }

  @Test
  void a_client_is_told_when_to_come_again_unless_people_must_act_first() {
    assertThat(retryAfter(ErrorCode.UNAVAILABLE)).contains("1");
    assertThat(retryAfter(ErrorCode.STORAGE_FULL)).isEmpty();
  }

  @Test
  void a_bug_stays_a_bug() {
    HttpResponse<String> answer = fail(ErrorCode.INTERNAL);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("/srv/data", "Nothing was kept");
  }

  @Test
  void every_route_that_needs_a_token_says_so_in_its_description() {
    JsonNode paths = Json.parse(server.get("/openapi.json").body()).get("paths");
    JsonNode messages = paths.get("/api/v1/bots/{bot}/messages").get("post").get("responses");
    assertThat(messages.has("503")).isTrue();
    assertThat(messages.has("507")).isTrue();
    JsonNode list = paths.get("/api/v1/bots").get("get").get("responses");
    assertThat(list.has("503")).isTrue();
    assertThat(list.has("507")).as("it keeps nothing").isFalse();
  }

  private Optional<String> retryAfter(ErrorCode code) {
    return fail(code).headers().firstValue("Retry-After");
  }

  private HttpResponse<String> fail(ErrorCode code) {
    server.rooms.beforeAnswer =
        () -> {
          throw new Broken(code);
        };
    return server.json("POST", MESSAGES, HELLO);
  }
}
