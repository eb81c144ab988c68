package io.patchbay.executor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.executor.work.Admission.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final Duration LONG = Duration.ofSeconds(20);

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
  void quiet_is_when_the_last_one_has_left() throws Exception {
    Admission admission = new Admission(2, 2);
    assertThat(admission.awaitQuiet(Duration.ZERO)).isTrue();
    assertThat(admission.enter("a", Duration.ZERO)).isEqualTo(Verdict.ENTERED);
    assertThat(admission.awaitQuiet(Duration.ofMillis(1))).isFalse();
    Future<Boolean> quiet = callers.submit(() -> admission.awaitQuiet(LONG));
    admission.leave("a");
    assertThat(quiet.get()).isTrue();
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
