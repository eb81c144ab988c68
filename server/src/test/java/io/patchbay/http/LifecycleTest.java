package io.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Starting and stopping. */
class LifecycleTest {
  private static final String HELLO = "{\"user\":{\"auth_id\":\"a\"},\"text\":\"wait\"}";

  @Test
  void a_turn_that_runs_is_answered_before_the_server_ends() throws Exception {
    var server = new TestServer();
    var arrived = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    server.rooms.beforeAnswer =
        () -> {
          arrived.countDown();
          await(goOn);
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> answer =
          threads.submit(() -> server.json("POST", "/api/v1/bots/acme/messages", HELLO));
      await(arrived);
      Future<?> stopped = threads.submit(server.server::close);
      awaitClosing(server.server);
      assertThat(stopped.isDone()).isFalse();
      goOn.countDown();
      assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      stopped.get(30, TimeUnit.SECONDS);
    }
    server.close();
  }

  private static void awaitClosing(HttpServer server) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!server.isClosing()) {
      assertThat(System.nanoTime()).as("the stop has begun").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void a_turn_may_take_longer_than_a_connection_may_idle() {
    try (var server = new TestServer()) {
      server.rooms.beforeAnswer =
          () -> {
            // From here on, so that a slow machine does not lose the request before.
            server.server.idleTimeout(Duration.ofMillis(100));
            pause(1000);
          };
      HttpResponse<String> answer = server.json("POST", "/api/v1/bots/acme/messages", HELLO);
      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void closing_twice_does_no_harm() {
    var server = new TestServer();
    server.close();
    server.close();
    assertThatThrownBy(() -> server.get("/health/live")).isInstanceOf(Throwable.class);
  }

  @Test
  void a_taken_port_is_said_at_start() {
    try (var server = new TestServer()) {
      int port = server.server.port();
      assertThatThrownBy(() -> TestServer.on(port)).hasMessageContaining("" + port);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
