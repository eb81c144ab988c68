package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.server.HeapGuard.Judge;
import io.patchbay.server.HeapGuard.Look;
import org.junit.jupiter.api.Test;

class HeapGuardTest {
  private final Judge judge = new Judge();
  private long millis;
  private long collecting;

  @Test
  void a_full_heap_that_is_only_collected_is_lost_after_some_looks() {
    assertThat(looks(Judge.LOOKS, 0.99, 400)).isFalse();
    assertThat(looks(1, 0.99, 400)).isTrue();
  }

  @Test
  void a_full_heap_that_leaves_time_to_work_is_not_lost() {
    assertThat(looks(100, 0.99, 200)).isFalse();
  }

  @Test
  void a_heap_that_collections_make_room_in_is_not_lost() {
    for (int i = 0; i < 50; i++) {
      assertThat(looks(Judge.LOOKS - 1, 0.99, 450)).isFalse();
      assertThat(looks(1, 0.9, 450)).isFalse();
    }
  }

  @Test
  void a_machine_that_stands_still_says_nothing_about_the_heap() {
    millis += 60_000;
    assertThat(looks(100, 0.5, 0)).isFalse();
  }

  /** What the last of them says. */
  private boolean looks(int count, double used, long collectedBetween) {
    boolean lost = false;
    for (int i = 0; i < count; i++) {
      millis += 500;
      collecting += collectedBetween;
      lost = judge.isLost(new Look(millis, collecting, used));
    }
    return lost;
  }
}
