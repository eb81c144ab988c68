package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens, sessions, one-time links, and what foreign pages may not do with them. */
class SignInTest {
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private record SignedIn(String cookie, String csrf) {}

  private HttpResponse<String> anonymous(
      String method, String path, String body, String... headers) {
    return server.sendAs("", method, path, body, headers);
  }

  private HttpResponse<String> signIn(String token) {
    String body = "{\"token\":\"" + token + "\"}";
    return anonymous("POST", "/api/v1/session", body, "Content-Type", "application/json");
  }

  private SignedIn signedIn() {
    HttpResponse<String> answer = signIn(TestServer.TOKEN);
    assertThat(answer.statusCode()).isEqualTo(200);
    return new SignedIn(cookie(answer), TestServer.body(answer).path("csrf_token").asString());
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  @Test
  void the_token_opens_and_any_other_does_not() {
    assertThat(server.get("/api/v1/bots").statusCode()).isEqualTo(200);
    assertThat(server.sendAs("bearer  test-token", "GET", "/api/v1/bots", "").statusCode())
        .isEqualTo(200);
    for (String wrong :
        new String[] {"Bearer test-tokem", "Bearer", "Bearer test-token x", "Basic dDp0", "x"}) {
      assertThat(server.sendAs(wrong, "GET", "/api/v1/bots", "").statusCode())
          .as(wrong)
          .isEqualTo(401);
    }
  }

  @Test
  void the_cookie_is_strict_and_hidden_from_scripts() {
    String cookie = signIn(TestServer.TOKEN).headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie)
        .contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200")
        .doesNotContain("Secure", TestServer.TOKEN);
    HttpResponse<String> behindTls =
        anonymous(
            "POST",
            "/api/v1/session",
            "{\"token\":\"test-token\"}",
            "Content-Type",
            "application/json",
            "X-Forwarded-Proto",
            "https");
    assertThat(behindTls.headers().firstValue("Set-Cookie").orElseThrow()).contains("; Secure");
  }

  @Test
  void a_session_reads_freely_and_writes_only_with_its_csrf_token() {
    SignedIn me = signedIn();
    assertThat(anonymous("GET", "/api/v1/bots", "", "Cookie", me.cookie).statusCode())
        .isEqualTo(200);
    String train = "/api/v1/bots/acme/train";
    HttpResponse<String> without = anonymous("POST", train, "", "Cookie", me.cookie);
    assertThat(without.statusCode()).isEqualTo(403);
    assertThat(TestServer.code(without)).isEqualTo("forbidden");
    HttpResponse<String> wrong =
        anonymous("POST", train, "", "Cookie", me.cookie, "X-CSRF-Token", signedIn().csrf);
    assertThat(wrong.statusCode()).isEqualTo(403);
    HttpResponse<String> right =
        anonymous("POST", train, "", "Cookie", me.cookie, "X-CSRF-Token", me.csrf);
    assertThat(right.statusCode()).isEqualTo(200);
  }

  @Test
  void a_page_can_ask_whether_it_is_signed_in() {
    assertThat(TestServer.body(anonymous("GET", "/api/v1/session", "")).path("signed_in"))
        .hasToString("false");
    SignedIn me = signedIn();
    var shown = TestServer.body(anonymous("GET", "/api/v1/session", "", "Cookie", me.cookie));
    assertThat(shown.path("csrf_token").asString()).isEqualTo(me.csrf);
    assertThat(shown.path("expires_at").asString()).isEqualTo("2026-03-02T00:00:00.000Z");
  }

  @Test
  void a_session_ends_after_twelve_hours_and_when_its_user_signs_out() {
    SignedIn one = signedIn();
    server.clock.now = server.clock.now.plus(Sessions.LIFETIME).minusSeconds(1);
    assertThat(anonymous("GET", "/api/v1/bots", "", "Cookie", one.cookie).statusCode())
        .isEqualTo(200);
    server.clock.now = server.clock.now.plusSeconds(1);
    assertThat(anonymous("GET", "/api/v1/bots", "", "Cookie", one.cookie).statusCode())
        .isEqualTo(401);
    SignedIn two = signedIn();
    HttpResponse<String> out =
        anonymous("DELETE", "/api/v1/session", "", "Cookie", two.cookie, "X-CSRF-Token", two.csrf);
    assertThat(out.statusCode()).isEqualTo(204);
    assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    assertThat(anonymous("GET", "/api/v1/bots", "", "Cookie", two.cookie).statusCode())
        .isEqualTo(401);
  }

  @Test
  void a_link_signs_in_once_and_leaves_no_code_in_the_address() {
    String link = server.server.signInLink().substring(server.server.address().length());
    assertThat(anonymous("HEAD", link, "").headers().firstValue("Set-Cookie")).isEmpty();
    HttpResponse<String> first = anonymous("GET", link, "");
    assertThat(first.statusCode()).isEqualTo(303);
    assertThat(first.headers().firstValue("Location")).contains("/");
    assertThat(anonymous("GET", "/api/v1/bots", "", "Cookie", cookie(first)).statusCode())
        .isEqualTo(200);
    HttpResponse<String> second = anonymous("GET", link, "");
    assertThat(second.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(second.headers().firstValue("Location")).contains("/#link-expired");
  }

  @Test
  void a_link_is_dead_after_fifteen_minutes() {
    String link = server.server.signInLink().substring(server.server.address().length());
    server.clock.now = server.clock.now.plus(SignInCodes.LIFETIME);
    assertThat(anonymous("GET", link, "").headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void failed_attempts_are_slowed_down_and_forgiven_with_time() {
    for (int i = 0; i < AttemptLimit.BURST; i++) {
      assertThat(i % 2 == 0 ? signIn("wrong").statusCode() : badBearer()).isEqualTo(401);
    }
    HttpResponse<String> limited = signIn("wrong");
    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(TestServer.code(limited)).isEqualTo("too_many_requests");
    assertThat(limited.headers().firstValue("Retry-After")).contains("6");
    assertThat(badBearer()).isEqualTo(429);
    server.clock.now = server.clock.now.plus(AttemptLimit.REFILL);
    assertThat(signIn("wrong").statusCode()).isEqualTo(401);
  }

  @Test
  void strangers_at_the_same_address_keep_nobody_out_who_has_the_token_or_a_link() {
    String link = server.server.signInLink().substring(server.server.address().length());
    for (int i = 0; i < AttemptLimit.BURST; i++) {
      badBearer();
    }
    assertThat(badBearer()).isEqualTo(429);
    assertThat(anonymous("GET", link, "").headers().firstValue("Set-Cookie")).isPresent();
    assertThat(signIn(TestServer.TOKEN).statusCode()).isEqualTo(200);
    assertThat(anonymous("GET", link, "").statusCode()).isEqualTo(429);
  }

  private int badBearer() {
    return server.sendAs("Bearer wrong", "GET", "/api/v1/bots", "").statusCode();
  }

  @Test
  void sessions_stay_usable_while_an_address_is_slowed_down() {
    SignedIn me = signedIn();
    for (int i = 0; i <= AttemptLimit.BURST; i++) {
      badBearer();
    }
    assertThat(badBearer()).isEqualTo(429);
    assertThat(anonymous("GET", "/api/v1/bots", "", "Cookie", me.cookie).statusCode())
        .isEqualTo(200);
  }

  @Test
  void the_memory_for_failed_attempts_is_bounded() {
    var limit = new AttemptLimit(server.clock);
    for (int i = 0; i < AttemptLimit.BURST; i++) {
      limit.failed("10.0.0.1");
    }
    assertThat(limit.pause("10.0.0.1")).isEqualTo(AttemptLimit.REFILL);
    for (int i = 0; i < AttemptLimit.ADDRESSES; i++) {
      limit.failed("192.0." + i / 256 + "." + i % 256);
    }
    assertThat(limit.pause("10.0.0.1")).isEqualTo(Duration.ZERO);
  }

  @Test
  void one_network_of_ipv6_counts_as_one_address() {
    var limit = new AttemptLimit(server.clock);
    for (int i = 0; i < AttemptLimit.BURST; i++) {
      limit.failed("2001:db8:1:2:0:0:0:" + i);
    }
    assertThat(limit.pause("2001:db8:1:2:ffff:0:0:1")).isPositive();
    assertThat(limit.pause("2001:db8:1:3:0:0:0:1")).isEqualTo(Duration.ZERO);
  }

  private int withSession(SignedIn me, String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Cookie: " + me.cookie;
    return RawHttp.status(RawHttp.request(server.server.port(), "GET /api/v1/bots", all));
  }

  @Test
  void a_session_works_only_under_our_own_names() {
    SignedIn me = signedIn();
    String port = ":" + server.server.port();
    for (String ours :
        new String[] {"localhost", "127.0.0.1", "[::1]", "BOTS.example", "10.1.2.3"}) {
      assertThat(withSession(me, "Host: " + ours + port)).as(ours).isEqualTo(200);
      assertThat(withSession(me, "Host: " + ours)).as(ours).isEqualTo(200);
    }
    for (String foreign : new String[] {"evil.example", "localhost.evil.example", "127.0.0.1.x"}) {
      assertThat(withSession(me, "Host: " + foreign + port)).as(foreign).isEqualTo(403);
    }
  }

  @Test
  void a_session_is_refused_to_pages_of_other_origins() {
    SignedIn me = signedIn();
    String host = "Host: localhost:8080";
    assertThat(withSession(me, host, "Origin: http://localhost:8080")).isEqualTo(200);
    assertThat(withSession(me, host, "Sec-Fetch-Site: same-origin")).isEqualTo(200);
    for (String origin :
        new String[] {"null", "http://localhost:9999", "https://evil.example", ""}) {
      assertThat(withSession(me, host, "Origin: " + origin)).as(origin).isEqualTo(403);
    }
    assertThat(withSession(me, host, "Sec-Fetch-Site: cross-site")).isEqualTo(403);
    assertThat(withSession(me, host, "Sec-Fetch-Site: same-site")).isEqualTo(403);
  }

  @Test
  void a_rebound_name_can_neither_sign_in_nor_read_a_csrf_token() {
    SignedIn me = signedIn();
    String shown =
        RawHttp.request(
            server.server.port(),
            "GET /api/v1/session",
            "Host: evil.example",
            "Cookie: " + me.cookie);
    assertThat(shown).contains("\"signed_in\":false").doesNotContain(me.csrf);
    String link = server.server.signInLink().substring(server.server.address().length());
    String followed = RawHttp.request(server.server.port(), "GET " + link, "Host: evil.example");
    assertThat(RawHttp.status(followed)).isEqualTo(403);
  }

  @Test
  void the_access_log_holds_no_codes_tokens_or_user_ids() {
    Logger log = Logger.getLogger(Desk.class.getName());
    List<String> said = new CopyOnWriteArrayList<>();
    var lines =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            said.add(line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    log.setLevel(Level.FINE);
    log.addHandler(lines);
    try {
      server.get("/api/v1/bots/acme/users/ann-secret/conversation");
      anonymous("GET", "/signin?code=abc-secret", "");
      signIn("token-secret");
    } finally {
      log.removeHandler(lines);
      log.setLevel(null);
    }
    assertThat(said).hasSize(3).noneMatch(line -> line.contains("secret"));
    assertThat(said.getFirst())
        .startsWith("GET /api/v1/bots/{bot}/users/{auth_id}/conversation 200");
  }
}
