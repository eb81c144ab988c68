package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.work.Work;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Large bodies are admitted to memory, and read and written where they hold up nobody. */
class LargeBodyTest {
  private static final String MESSAGES = "/api/v1/bots/acme/messages";
  private static final int LARGE = 900_000;

  private final TestServer server = new TestServer();

  @AfterEach
  void close() {
    server.close();
  }

  private static String message(int bytes) {
    return "{\"user\":{\"auth_id\":\"a\",\"custom_data\":{\"a\":\""
        + "a".repeat(bytes)
        + "\"}},\"text\":\"x\"}";
  }

  @Test
  void a_large_body_is_held_until_it_is_answered_and_read_aside() {
    var during = new AtomicReference<Work.State>();
    server.rooms.beforeAnswer = () -> during.set(server.work.state());

    server.json("POST", MESSAGES, message(LARGE));

    assertThat(during.get().heldBytes()).isGreaterThan(LARGE);
    assertThat(during.get().tasks()).isEqualTo(1);
    server.awaitHeld(0);
  }

  @Test
  void a_small_body_is_neither() {
    var during = new AtomicReference<Work.State>();
    server.rooms.beforeAnswer = () -> during.set(server.work.state());

    server.json("POST", MESSAGES, message(1000));

    assertThat(during.get().heldBytes()).isZero();
    assertThat(server.work.state().tasks()).isZero();
  }

  @Test
  void a_large_answer_is_written_aside_and_comes_whole() {
    server.rooms.padding = 3_000_000;

    var answer = server.json("POST", MESSAGES, message(10));

    assertThat(TestServer.body(answer).path("padding").asString()).hasSize(3_000_000);
    assertThat(answer.headers().firstValue("Content-Length"))
        .contains(Integer.toString(answer.body().length()));
    assertThat(server.work.state().tasks()).isEqualTo(1);
  }

  @Test
  void what_was_held_for_a_body_that_is_refused_is_given_back() {
    assertThat(server.json("POST", MESSAGES, message(LARGE) + "}").statusCode()).isEqualTo(400);
    assertThat(server.json("POST", MESSAGES, message(2 * LARGE)).statusCode()).isEqualTo(413);
    server.awaitHeld(0);
  }

  @Test
  void signing_in_takes_no_large_body() {
    var answer = server.sendAs("", "POST", "/api/v1/session", message(100_000));
    assertThat(TestServer.code(answer)).isEqualTo("too_large");
  }
}
