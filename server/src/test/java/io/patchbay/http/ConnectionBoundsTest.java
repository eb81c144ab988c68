package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections have a bound, beyond which health and operators still come in. */
class ConnectionBoundsTest {
  private static final String HERE = "127.0.0.1";
  private static final String THERE = "127.0.0.2";
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String PUBLIC = "GET /schemas/bot.json HTTP/1.1\r\nHost: localhost\r\n";
  private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String READY = "GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String OPERATOR = "Authorization: Bearer " + TestServer.TOKEN + "\r\n";

  private static final String MESSAGE = "{\"user\":{\"auth_id\":\"a\"},\"text\":\"hi\"}";
  private static final String TO_MESSAGES =
      "POST /api/v1/bots/acme/messages HTTP/1.1\r\nHost: localhost\r\n"
          + "Content-Type: application/json\r\n"
          + OPERATOR
          + "Content-Length: "
          + MESSAGE.length()
          + "\r\n\r\n";

  private final Semaphore served = new Semaphore(0);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final List<RawClient> clients = new ArrayList<>();
  private final TestServer server =
      TestServer.with(
          new Limits.Times(LONG, LONG, Duration.ofSeconds(3), LONG, 1), new Limits.Room(6, 4, 2));

  @BeforeEach
  void answer_no_message() {
    server.rooms.beforeAnswer =
        () -> {
          served.release();
          await(goOn);
        };
  }

  @AfterEach
  void close() {
    goOn.countDown();
    clients.forEach(RawClient::close);
    server.close();
  }

  private RawClient client(String from) {
    RawClient client = RawClient.of(server.server.port(), from, 0);
    clients.add(client);
    return client;
  }

  /** Connections whose messages are worked on until the end. */
  private void busy(int many, String from) {
    for (int i = 0; i < many; i++) {
      client(from).send(TO_MESSAGES + MESSAGE);
      assertThat(acquired(served)).as("served, client %s of %s", i, from).isTrue();
    }
  }

  private void begin(int many, String from, String request) {
    int before = server.server.connections();
    for (int i = 0; i < many; i++) {
      client(from).send(request);
    }
    server.awaitConnections(before + many);
  }

  /** What the only request of a connection is answered, once nothing is left of it. */
  private String ask(String from, String request) {
    int before = server.server.connections();
    String answer;
    try (RawClient client = RawClient.of(server.server.port(), from, 0)) {
      client.send(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      answer = client.rest();
    }
    server.awaitConnectionsAtMost(before);
    return answer;
  }

  private int status(String from, String request) {
    return RawHttp.status(ask(from, request));
  }

  @Test
  void beyond_what_one_address_may_have_only_health_and_operators_are_served() {
    busy(4, HERE);
    assertThat(status(HERE, LIVE)).isEqualTo(200);
    assertThat(status(HERE, READY)).isEqualTo(200);
    assertThat(status(HERE, PUBLIC + OPERATOR + "\r\n")).isEqualTo(200);
    assertThat(ask(HERE, PUBLIC + "\r\n"))
        .startsWith("HTTP/1.1 503 ")
        .contains("Retry-After: 1", "Connection: close", Problems.TYPE, "nosniff");
    assertThat(status(HERE, PUBLIC + OPERATOR.replace("test", "no") + "\r\n")).isEqualTo(503);
    assertThat(status(HERE, PUBLIC + OPERATOR.replace("Bearer ", "") + "\r\n")).isEqualTo(503);
    assertThat(status(THERE, PUBLIC + "\r\n")).isEqualTo(200);
  }

  @Test
  void beyond_what_all_may_have_a_session_is_served() {
    String session = "{\"token\":\"" + TestServer.TOKEN + "\"}";
    String signedIn =
        ask(
            HERE,
            "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: "
                + session.length()
                + "\r\n\r\n"
                + session);
    String cookie = signedIn.replaceAll("(?s).*Set-Cookie: (\\w+=\\w+).*", "Cookie: $1\r\n");
    busy(4, HERE);
    busy(2, THERE);
    assertThat(status("127.0.0.3", PUBLIC + "\r\n")).isEqualTo(503);
    assertThat(status("127.0.0.3", PUBLIC + cookie + "\r\n")).isEqualTo(200);
    assertThat(status("127.0.0.3", PUBLIC + cookie.replace("=", "=0") + "\r\n")).isEqualTo(503);
  }

  @Test
  void who_drips_a_head_for_a_while_gives_way_to_who_asks() {
    gives_way("GET /");
  }

  @Test
  void who_drips_a_body_for_a_while_gives_way_to_who_asks() {
    gives_way(TO_MESSAGES + "{");
  }

  @Test
  void who_reads_no_answer_for_a_while_gives_way_to_who_asks() {
    gives_way("GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(300));
  }

  private void gives_way(String beginning) {
    begin(4, HERE, beginning);
    untilServed();
  }

  private void untilServed() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    for (boolean served = false; !served; ) {
      RawClient next = client(HERE);
      next.send(PUBLIC + "\r\n");
      served = next.answer().startsWith("HTTP/1.1 200 ");
      assertThat(System.nanoTime()).isLessThan(end);
    }
  }

  @Test
  void who_has_asked_keeps_its_place_before_those_who_never_did() {
    RawClient asked = client(HERE);
    asked.send(LIVE);
    assertThat(RawHttp.status(asked.answer())).isEqualTo(200);
    for (int i = 0; i < 20; i++) {
      client(HERE).send(i % 2 == 0 ? "" : "GET /");
    }
    // All before it have been taken in when one is served, by whichever thread does so.
    untilServed();
    untilServed();
    asked.send(LIVE);
    assertThat(RawHttp.status(asked.answer())).isEqualTo(200);
    assertThat(clients.get(1).rest()).isEmpty();
  }

  @Test
  void who_rests_longest_gives_way_first() {
    List<RawClient> resting = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RawClient client = client(HERE);
      client.send(READY);
      assertThat(RawHttp.status(client.answer())).isEqualTo(200);
      resting.add(client);
    }
    untilServed();
    assertThat(resting.getFirst().rest()).isEmpty();
    resting.getLast().send(READY);
    assertThat(RawHttp.status(resting.getLast().answer())).isEqualTo(200);
  }

  @Test
  void who_comes_when_the_reserve_is_taken_too_is_closed_at_once() {
    busy(6, HERE);
    assertThat(ask(HERE, LIVE)).isEmpty();
    goOn.countDown();
    assertThat(RawHttp.status(clients.getLast().rest())).isEqualTo(200);
  }

  @Test
  void who_says_nothing_in_the_reserve_soon_gives_way() {
    busy(4, HERE);
    client(HERE);
    client(HERE).send("GET /health/live HTTP/1.1\r\n");
    server.awaitConnections(6);
    assertThat(clients.get(4).rest()).isEmpty();
    assertThat(clients.get(5).rest()).startsWith("HTTP/1.1 408 ");
    clients.get(4).close();
    clients.get(5).close();
    server.awaitConnections(4);
    assertThat(status(HERE, LIVE)).isEqualTo(200);
  }

  @Test
  void hundreds_that_come_and_go_leave_no_place_taken() {
    for (int i = 0; i < 300; i++) {
      try (RawClient client = RawClient.of(server.server.port())) {
        client.send(i % 2 == 0 ? LIVE : "GET /");
        if (i % 3 == 0) {
          client.reset();
        }
      }
    }
    // Those before it have been taken in when one is answered: by either thread that does so.
    ask(THERE, LIVE);
    ask(THERE, LIVE);
    server.awaitConnections(0);
    busy(4, HERE);
    busy(2, THERE);
  }

  private static boolean acquired(Semaphore semaphore) {
    try {
      return semaphore.tryAcquire(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
