package io.patchbay.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentTest {
  @Test
  void the_least_recently_used_make_room_by_weight() {
    var recent = new Recent<String, String>(10, String::length);
    recent.get("a", () -> "aaaa");
    recent.get("b", () -> "bbbb");
    recent.get("a", () -> "never made");
    recent.get("c", () -> "cccc");
    assertThat(recent.get("a", () -> "again")).isEqualTo("aaaa");
    assertThat(recent.get("b", () -> "again")).isEqualTo("again");
  }

  @Test
  void one_that_weighs_more_than_all_may_is_kept_alone() {
    var recent = new Recent<String, String>(10, String::length);
    recent.get("a", () -> "a");
    recent.get("heavy", () -> "x".repeat(100));
    assertThat(recent.get("heavy", () -> "again")).hasSize(100);
    assertThat(recent.get("a", () -> "again")).isEqualTo("again");
    assertThat(recent.get("heavy", () -> "gone")).isEqualTo("gone");
  }

  @Test
  void what_is_forgotten_weighs_nothing() {
    var recent = new Recent<String, String>(10, String::length);
    recent.get("a", () -> "aaaaaaaa");
    recent.forget("a"::equals);
    recent.get("b", () -> "bbbb");
    recent.get("c", () -> "cccc");
    assertThat(recent.get("b", () -> "again")).isEqualTo("bbbb");
    assertThat(recent.get("a", () -> "again")).isEqualTo("again");
  }

  @Test
  void a_value_that_many_ask_for_at_once_is_made_once() throws Exception {
    var recent = new Recent<String, String>(10);
    var made = new AtomicInteger();
    var go = new CountDownLatch(1);
    List<Future<String>> asking = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        asking.add(
            threads.submit(() ->
                recent.get(
                    "a",
                    () -> {
                      await(go);
                      return "made " + made.incrementAndGet();
                    })));
      }
      go.countDown();
      for (Future<String> one : asking) {
        assertThat(one.get()).isEqualTo("made 1");
      }
    }
  }

  @Test
  void a_value_that_could_not_be_made_is_made_by_the_next() {
    var recent = new Recent<String, String>(10);
    assertThatThrownBy(() ->
            recent.get(
                "a",
                () -> {
                  throw new IllegalStateException("not now");
                }))
        .hasMessage("not now");
    assertThat(recent.get("a", () -> "a")).isEqualTo("a");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
