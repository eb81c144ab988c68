package io.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.store.WriteQueue.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WriteQueueTest {
  private static final long HUGE = 3L * 1024 * 1024;

  private final WriteQueue queue = new WriteQueue(1024);
  private final Map<WriteTask<?>, String> names = new HashMap<>();

  @Test
  void a_small_unit_is_in_the_next_transaction_however_much_others_wait() {
    for (int i = 0; i < 100; i++) {
      put("loud", "loud" + i, HUGE);
      put("rude", "rude" + i, 8 * HUGE);
    }
    put("quiet", "quiet", 100);

    assertThat(take()).contains("quiet");
  }

  @Test
  void a_transaction_has_a_bounded_number_of_bytes_and_one_unit_at_least() {
    for (int i = 0; i < 10; i++) {
      put("one", "one" + i, WriteQueue.BYTES / 4);
    }
    put("two", "two", 10 * WriteQueue.BYTES);

    assertThat(take()).containsExactly("one0", "one1", "one2", "one3");
    assertThat(take()).as("it was passed once, and is not again").containsExactly("two");
    assertThat(take()).containsExactly("one4", "one5", "one6", "one7");
  }

  @Test
  void owners_take_turns_and_the_units_of_each_keep_their_order() {
    for (int i = 0; i < 300; i++) {
      put("many", "many" + i, 10);
    }
    put("few", "few0", 10);
    put("few", "few1", 10);

    List<String> first = take();
    assertThat(first).hasSize(WriteQueue.UNITS).startsWith("many0", "few0", "many1", "few1");
    List<String> many = new ArrayList<>(first);
    many.addAll(take());
    many.removeIf(name -> name.startsWith("few"));
    for (int i = 0; i < 300; i++) {
      assertThat(many.get(i)).isEqualTo("many" + i);
    }
  }

  @Test
  void a_small_unit_does_not_pass_a_large_one_of_its_owner() {
    put("first", "first", HUGE);
    put("other", "large", HUGE);
    put("other", "small", 10);

    assertThat(take()).containsExactly("first");
    assertThat(take()).containsExactly("large", "small");
  }

  @Test
  void one_owner_cannot_have_all_places() {
    var small = new WriteQueue(16);
    for (int i = 0; i < 14; i++) {
      assertThat(small.put(task("loud", 1), Duration.ZERO)).isEqualTo(Verdict.ACCEPTED);
    }

    assertThat(small.put(task("loud", 1), Duration.ZERO)).isEqualTo(Verdict.FULL);
    assertThat(small.put(task("quiet", 1), Duration.ZERO)).isEqualTo(Verdict.ACCEPTED);
    assertThat(small.put(task("other", 1), Duration.ZERO)).isEqualTo(Verdict.ACCEPTED);
    assertThat(small.put(task("third", 1), Duration.ZERO)).isEqualTo(Verdict.FULL);
    assertThat(small.take()).hasSize(16);
    assertThat(small.put(task("loud", 1), Duration.ZERO)).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void who_waits_for_a_place_gets_it_when_one_is_free() throws Exception {
    var one = new WriteQueue(1);
    one.put(task("a", 1), Duration.ZERO);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Verdict> second = threads.submit(() -> one.put(task("a", 1), Duration.ofSeconds(30)));
      assertThat(one.take()).hasSize(1);

      assertThat(second.get()).isEqualTo(Verdict.ACCEPTED);
    }
  }

  @Test
  void a_closed_queue_hands_out_what_it_has_and_then_nothing() {
    put("a", "a", 1);
    queue.close();

    assertThat(queue.put(task("b", 1), Duration.ofSeconds(30))).isEqualTo(Verdict.CLOSED);
    assertThat(take()).containsExactly("a");
    assertThat(take()).isEmpty();
  }

  private static WriteTask<Boolean> task(String owner, long bytes) {
    return new WriteTask<>(new Load(owner, bytes), _ -> true, true);
  }

  private void put(String owner, String name, long bytes) {
    WriteTask<Boolean> task = task(owner, bytes);
    names.put(task, name);
    assertThat(queue.put(task, Duration.ZERO)).isEqualTo(Verdict.ACCEPTED);
  }

  private List<String> take() {
    return queue.take().stream().map(task -> names.getOrDefault(task, "?")).toList();
  }
}
