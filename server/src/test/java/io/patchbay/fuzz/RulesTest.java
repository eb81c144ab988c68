package io.patchbay.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge of the fuzzer sees what it has to see. */
class RulesTest {
  private static final Rules RULES = new Rules(List.of("the-token"), List.of("/srv/data"));
  private static final Operation OPERATION =
      new Operation("GET", "/a/{b}", List.of(), Map.of(), Set.of(200, 404));
  private static final Sent SENT =
      new Sent("GET", "/a/x?c=d", List.of(new Header("Authorization", "the-token")), new byte[0]);

  private static final String PROBLEM =
      "{\"type\":\"urn:patchbay:problem:not_found\",\"title\":\"t\",\"status\":404,"
          + "\"code\":\"not_found\",\"detail\":\"%s\"}";

  private static Answer answer(String status, String type, String body) {
    String wire = "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\n\r\n" + body;
    return Answers.of(wire.getBytes(StandardCharsets.UTF_8), Duration.ZERO).getFirst();
  }

  @Test
  void what_is_right_passes() {
    for (Answer answer :
        List.of(
            answer("200 OK", "application/json", "{\"a\": [1]}"),
            answer("200 OK", "text/html; charset=utf-8", "<p>"),
            answer("304 Not Modified", "", ""),
            answer("404 Not Found", "application/problem+json", PROBLEM.formatted("no x")))) {
      assertThat(RULES.broken(OPERATION, SENT, answer)).as("%s", answer).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 Oops | application/json | {} | status 500",
        "101 Switching | text/plain | x | status 101",
        "503 Busy | application/json | {} | status 503",
        "200 OK | application/json | {\"a\":1,} | not well-formed",
        "200 OK | application/json | {\"a\":1,\"a\":2} | not well-formed",
        "418 Teapot | application/json | {} | a refusal of type application/json",
        "404 Not Found | text/html | <p> | a refusal of type text/html",
        "404 Not Found | application/problem+json | {} | lacks something",
        "201 Created | application/json | {} | status 201 is not documented",
        "200 OK | text/plain | is the-token it | a secret",
        "200 OK | text/plain | in /srv/data/patchbay.db | a path of this machine",
        "200 OK | text/plain | at io.patchbay.http.Desk.serve(Desk.java:57) | internals",
        "200 OK | text/plain | java.lang.IllegalStateException | internals",
        "200 OK | text/plain | an IllegalStateException | internals",
        "200 OK | text/plain | see tools.jackson.core | internals"
      })
  void what_is_wrong_is_told(String status, String type, String body, String why) {
    assertThat(RULES.broken(OPERATION, SENT, answer(status, type, body)).orElse("nothing"))
        .contains(why);
  }

  @Test
  void no_answer_is_wrong_for_a_request_and_right_for_what_is_none() {
    assertThat(RULES.broken(OPERATION, SENT, Answer.NONE)).contains("no answer");
    assertThat(RULES.always("\u0000", Answer.NONE)).isEmpty();
  }

  @Test
  void what_was_sent_may_be_shown_back() {
    Sent own = SENT.withBody("a the-token".getBytes(StandardCharsets.UTF_8));
    Answer echo =
        answer("404 Not Found", "application/problem+json", PROBLEM.formatted("no the-token"));
    assertThat(RULES.broken(OPERATION, own, echo)).isEmpty();
    assertThat(RULES.broken(OPERATION, SENT, echo)).isPresent();
  }

  @Test
  void several_answers_of_one_connection_are_told_apart() {
    String wire =
        String.join(
            "\r\n",
            List.of(
                "HTTP/1.1 100 Continue",
                "",
                "HTTP/1.1 200 OK",
                "Transfer-Encoding: chunked",
                "",
                "3",
                "{\"a",
                "4",
                "\":1}",
                "0",
                "",
                "HTTP/1.1 204 No Content",
                "",
                "HTTP/1.1 400 Bad",
                "Content-Length: 2",
                "",
                "\u00e9"));
    assertThat(Answers.of(wire.getBytes(StandardCharsets.UTF_8), Duration.ZERO))
        .extracting(answer -> answer.status() + " " + answer.body())
        .containsExactly("200 {\"a\":1}", "204 ", "400 \u00e9");
  }
}
