package io.patchbay.executor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.executor.work.Admission.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  /** A sixteenth of 256 places, less one for each owner of the crowd. */
  private static final int NEWCOMERS = 11;

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void end() {
    callers.shutdownNow();
  }

  @Test
  void an_eighth_of_the_places_is_for_others() {
    Admission admission = new Admission(8, 100);
    for (int i = 0; i < 7; i++) {
      assertThat(admission.enter("greedy", Duration.ZERO)).isEqualTo(Verdict.ENTERED);
    }
    assertThat(admission.enter("greedy", Duration.ZERO)).isEqualTo(Verdict.TIMED_OUT);
    assertThat(admission.enter("other", Duration.ZERO)).isEqualTo(Verdict.ENTERED);
    assertThat(admission.taken()).isEqualTo(8);
  }

  @Test
  void two_who_want_all_places_leave_some_to_others() throws Exception {
    Admission admission = new Admission(64, 200);
    List<Future<Verdict>> waiting = new ArrayList<>();
    for (String greedy : List.of("one", "another")) {
      while (admission.enter(greedy, Duration.ZERO) == Verdict.ENTERED) {
        assertThat(admission.taken()).isLessThan(64);
      }
      waiting.add(enterLater(admission, greedy));
    }
    assertThat(admission.enter("other", Duration.ZERO)).isEqualTo(Verdict.ENTERED);
    assertThat(admission.waiting()).isEqualTo(2);
    admission.leave("one");
    admission.leave("one");
    assertThat(waiting.getLast().get()).isEqualTo(Verdict.ENTERED);
  }

  @Test
  void of_256_places_one_has_210_the_next_27_and_16_are_kept() {
    Admission admission = new Admission(256, 0);
    List<Integer> taken = new ArrayList<>();
    for (String greedy : List.of("one", "another", "third", "fourth")) {
      int places = 0;
      while (admission.enter(greedy, Duration.ZERO) == Verdict.ENTERED) {
        places++;
      }
      taken.add(places);
    }
    assertThat(taken).containsExactly(210, 27, 3, 1);
    assertThat(admission.taken()).isEqualTo(256 - 15);
  }

  @Test
  void an_eighth_of_the_queue_is_for_others() throws Exception {
    Admission admission = new Admission(1, 8);
    assertThat(admission.enter("greedy", Duration.ZERO)).isEqualTo(Verdict.ENTERED);
    List<Future<Verdict>> waiting = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      waiting.add(enterLater(admission, "greedy"));
    }
    awaitQueue(admission, "greedy");
    Future<Verdict> other = enterLater(admission, "other");
    assertThat(admission.enter("greedy", LONG)).isEqualTo(Verdict.FULL);
    admission.leave("greedy");
    assertThat(other.get()).as("the one who has nothing comes first").isEqualTo(Verdict.ENTERED);
    admission.leave("other");
    for (Future<Verdict> greedy : waiting) {
      assertThat(greedy.get()).isEqualTo(Verdict.ENTERED);
      admission.leave("greedy");
    }
    assertThat(admission.taken()).isZero();
  }

  @Test
  void of_one_owner_who_came_first_enters_first() throws Exception {
    Admission admission = new Admission(1, 8);
    assertThat(admission.enter("a", Duration.ZERO)).isEqualTo(Verdict.ENTERED);
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<Future<Verdict>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int number = i;
      int before = admission.waiting();
      all.add(
          callers.submit(() -> {
            Verdict verdict = admission.enter("a", LONG);
            order.add(number);
            admission.leave("a");
            return verdict;
          }));
      await(() -> admission.waiting() > before);
    }
    admission.leave("a");
    for (Future<Verdict> each : all) {
      assertThat(each.get()).isEqualTo(Verdict.ENTERED);
    }
    assertThat(order).containsExactly(0, 1, 2, 3);
  }

  @Test
  void who_gives_up_or_is_interrupted_leaves_no_trace() throws Exception {
    Admission admission = new Admission(1, 2);
    assertThat(admission.enter("a", Duration.ZERO)).isEqualTo(Verdict.ENTERED);
    assertThat(admission.enter("b", Duration.ofMillis(1))).isEqualTo(Verdict.TIMED_OUT);
    Thread caller = Thread.ofVirtual().unstarted(() -> admission.enter("b", LONG));
    caller.start();
    await(() -> admission.waiting() == 1);
    caller.interrupt();
    caller.join();
    assertThat(admission.waiting()).isZero();
    admission.leave("a");
    assertThat(admission.enter("c", Duration.ZERO)).isEqualTo(Verdict.ENTERED);
    assertThatThrownBy(() -> admission.leave("a")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void who_is_withdrawn_waits_no_more_and_those_behind_it_enter() throws Exception {
    Admission admission = new Admission(1, 8);
    assertThat(admission.enter("a", Duration.ZERO)).isEqualTo(Verdict.ENTERED);
    Admission.Wish wish = new Admission.Wish();
    Future<Verdict> first = callers.submit(() -> admission.enter("b", 1, LONG, wish));
    await(() -> admission.waiting() == 1);
    Future<Verdict> second = enterLater(admission, "b");
    assertThat(admission.withdraw(wish)).isTrue();
    assertThat(admission.withdraw(wish)).isFalse();
    admission.leave("a");
    assertThat(first.get()).isEqualTo(Verdict.WITHDRAWN);
    assertThat(second.get()).isEqualTo(Verdict.ENTERED);
    assertThat(admission.waiting()).isZero();
  }

  @Test
  void who_is_withdrawn_takes_nothing_of_those_who_come_before_it_has_noticed() throws Exception {
    for (int i = 0; i < 300; i++) {
      Admission admission = new Admission(1, 8);
      assertThat(admission.enter("a", Duration.ZERO)).isEqualTo(Verdict.ENTERED);
      Admission.Wish wish = new Admission.Wish();
      Future<Verdict> withdrawn = callers.submit(() -> admission.enter("b", 1, LONG, wish));
      await(() -> admission.waiting() == 1);
      assertThat(admission.withdraw(wish)).isTrue();
      admission.leave("a");
      for (int again = 0; again < 3; again++) {
        assertThat(admission.enter("b", LONG)).isEqualTo(Verdict.ENTERED);
        admission.leave("b");
      }
      assertThat(admission.enter("b", LONG)).isEqualTo(Verdict.ENTERED);
      assertThat(withdrawn.get()).isEqualTo(Verdict.WITHDRAWN);
      admission.leave("b");
      assertThat(admission.taken()).isZero();
    }
  }

  @Test
  void who_is_withdrawn_before_it_comes_does_not_enter_and_who_has_entered_cannot_be() {
    Admission admission = new Admission(1, 8);
    Admission.Wish early = new Admission.Wish();
    assertThat(admission.withdraw(early)).isTrue();
    assertThat(admission.enter("a", 1, LONG, early)).isEqualTo(Verdict.WITHDRAWN);
    Admission.Wish late = new Admission.Wish();
    assertThat(admission.enter("a", 1, LONG, late)).isEqualTo(Verdict.ENTERED);
    assertThat(admission.withdraw(late)).isFalse();
    Admission.Wish gone = new Admission.Wish();
    assertThat(admission.enter("b", 1, Duration.ofMillis(1), gone)).isEqualTo(Verdict.TIMED_OUT);
    assertThat(admission.withdraw(gone)).isFalse();
  }

  @Test
  void quiet_is_when_the_last_one_has_left() throws Exception {
    Admission admission = new Admission(2, 2);
    assertThat(admission.awaitQuiet(Duration.ZERO)).isTrue();
    assertThat(admission.enter("a", Duration.ZERO)).isEqualTo(Verdict.ENTERED);
    assertThat(admission.awaitQuiet(Duration.ofMillis(1))).isFalse();
    Future<Boolean> quiet = callers.submit(() -> admission.awaitQuiet(LONG));
    admission.leave("a");
    assertThat(quiet.get()).isTrue();
  }

  @Test
  void what_no_owner_can_ever_have_is_refused_at_once() {
    Admission admission = new Admission(16, 100);
    assertThat(admission.enter("a", 15, LONG)).isEqualTo(Verdict.TOO_MUCH);
    assertThat(admission.enter("a", 14, LONG)).isEqualTo(Verdict.ENTERED);
  }

  @Test
  void whatever_others_have_and_wait_for_a_place_is_kept_for_each_who_has_none() throws Exception {
    for (int seed = 1; seed <= 10; seed++) {
      Crowd crowd = new Crowd(new Admission(256, 200), new Random(seed), 60);
      for (int step = 0; step < 80; step++) {
        crowd.step();
        for (int i = 0; i < NEWCOMERS; i++) {
          assertThat(crowd.admission.enter("new" + i, Duration.ZERO))
              .as("seed %d, step %d, newcomer %d", seed, step, i)
              .isEqualTo(Verdict.ENTERED);
        }
        for (int i = 0; i < NEWCOMERS; i++) {
          crowd.admission.leave("new" + i);
        }
      }
      crowd.end();
    }
  }

  @Test
  void no_place_stays_free_that_somebody_may_take_and_nobody_waits_for_ever() throws Exception {
    for (int seed = 1; seed <= 10; seed++) {
      Crowd crowd = new Crowd(new Admission(32, 200), new Random(seed), 1);
      for (int step = 0; step < 200; step++) {
        crowd.step();
        long free = 32 - crowd.admission.taken();
        crowd
            .fewestOfWaiting()
            .ifPresent(has -> assertThat(free).isLessThanOrEqualTo(2 + (has + 1) / 7));
      }
      crowd.end();
    }
  }

  @Test
  void who_wants_many_gets_them_though_newcomers_never_cease() throws Exception {
    Admission admission = new Admission(64, 200);
    int taken = 0;
    while (admission.enter("greedy", Duration.ZERO) == Verdict.ENTERED) {
      taken++;
    }
    Future<Verdict> many = callers.submit(() -> admission.enter("many", 30, LONG));
    await(() -> admission.waiting() == 1);
    for (int i = 0; i < taken; i++) {
      assertThat(admission.enter("new" + i, Duration.ZERO)).isEqualTo(Verdict.ENTERED);
      admission.leave("greedy");
      if (i >= 3) {
        admission.leave("new" + (i - 3));
      }
    }
    assertThat(many.get()).isEqualTo(Verdict.ENTERED);
  }

  @Test
  void of_those_who_have_none_who_waits_longest_enters_first() throws Exception {
    Admission admission = new Admission(1, 100);
    assertThat(admission.enter("first", Duration.ZERO)).isEqualTo(Verdict.ENTERED);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    List<String> names = new ArrayList<>();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String name = "owner " + i * 7919;
      names.add(name);
      int before = admission.waiting();
      all.add(
          callers.submit(() -> {
            assertThat(admission.enter(name, LONG)).isEqualTo(Verdict.ENTERED);
            order.add(name);
            admission.leave(name);
          }));
      await(() -> admission.waiting() > before);
    }
    admission.leave("first");
    for (Future<?> each : all) {
      each.get();
    }
    assertThat(order).isEqualTo(names);
  }

  /** Five owners who take, wait and leave at random; no more than ten of them wait. */
  private final class Crowd {
    private final Admission admission;
    private final Random random;
    private final int most;
    private final List<Caller> inside = new ArrayList<>();
    private final List<Caller> outside = new ArrayList<>();

    private record Caller(String owner, long places, Future<Verdict> verdict) {}

    Crowd(Admission admission, Random random, int most) {
      this.admission = admission;
      this.random = random;
      this.most = most;
    }

    void step() throws Exception {
      boolean leaves = outside.size() > 10 || random.nextInt(3) == 0;
      if (!leaves) {
        String owner = "owner" + random.nextInt(5);
        long places = 1L + random.nextInt(most);
        long before = admission.taken() + admission.waiting();
        Future<Verdict> verdict = callers.submit(() -> admission.enter(owner, places, LONG));
        await(() -> admission.taken() + admission.waiting() > before);
        outside.add(new Caller(owner, places, verdict));
      } else if (!inside.isEmpty()) {
        Caller leaving = inside.remove(random.nextInt(inside.size()));
        admission.leave(leaving.owner, leaving.places);
      }
      settle();
    }

    /** Takes note of those that have entered meanwhile. */
    private void settle() throws Exception {
      await(() -> outside.stream().filter(c -> !c.verdict.isDone()).count() == admission.waiting());
      for (Caller caller : List.copyOf(outside)) {
        if (caller.verdict.isDone()) {
          assertThat(caller.verdict.get()).isEqualTo(Verdict.ENTERED);
          outside.remove(caller);
          inside.add(caller);
        }
      }
    }

    /** Places of the waiting owner who has the fewest. */
    OptionalLong fewestOfWaiting() {
      return outside.stream()
          .mapToLong(waiting ->
              inside.stream()
                  .filter(caller -> caller.owner.equals(waiting.owner))
                  .mapToLong(Caller::places)
                  .sum())
          .min();
    }

    /** All leave; whoever waits enters before that. */
    void end() throws Exception {
      while (!inside.isEmpty()) {
        Caller leaving = inside.removeFirst();
        admission.leave(leaving.owner, leaving.places);
        settle();
      }
      assertThat(outside).isEmpty();
      assertThat(admission.taken()).isZero();
      assertThat(admission.waiting()).isZero();
    }
  }

  private Future<Verdict> enterLater(Admission admission, String owner) throws Exception {
    int before = admission.waiting();
    Future<Verdict> verdict = callers.submit(() -> admission.enter(owner, LONG));
    await(() -> admission.waiting() > before);
    return verdict;
  }

  private static void awaitQueue(Admission admission, String owner) {
    assertThat(admission.waiting()).as(owner).isEqualTo(7);
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + LONG.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new ExecutionException(new AssertionError("it did not come"));
      }
      Thread.sleep(1);
    }
  }
}
