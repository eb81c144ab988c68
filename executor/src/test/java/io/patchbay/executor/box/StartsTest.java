package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StartsTest {
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final Deadlines deadlines = new Deadlines();
  private final Starts starts = new Starts(1000, Duration.ofHours(1), deadlines);

  @AfterEach
  void close() {
    deadlines.close();
  }

  @Test
  void who_takes_long_is_waited_for_no_more() {
    Starts brief = new Starts(1000, Duration.ofMillis(10), deadlines);
    for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
      assertThat(brief.await("slow", Duration.ofMinutes(1))).isPresent();
    }
  }

  @Test
  void one_owner_leaves_turns_to_others() {
    List<Starts.Turn> greedy = new ArrayList<>();
    for (Optional<Starts.Turn> next = starts.await("greedy", AT_ONCE);
        next.isPresent();
        next = starts.await("greedy", AT_ONCE)) {
      greedy.add(next.get());
    }
    assertThat(greedy).hasSize(Runtime.getRuntime().availableProcessors());
    try (Starts.Turn other = starts.await("other", AT_ONCE).orElseThrow()) {
      assertThat(other).isNotNull();
    }
    greedy.forEach(Starts.Turn::close);
  }

  @Test
  void a_turn_is_given_back_once_however_often_it_is_closed() {
    Starts.Turn turn = starts.await("a", AT_ONCE).orElseThrow();
    turn.close();
    turn.close();
    starts.await("a", AT_ONCE).orElseThrow().close();
  }
}
