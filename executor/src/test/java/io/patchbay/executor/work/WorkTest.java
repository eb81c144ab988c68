package io.patchbay.executor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkTest {
  private static final long LARGE = 10 * Budget.SMALL;
  private static final long MIB = 1 << 20;

  private final ConcurrentLinkedQueue<Watch.Held> alarms = new ConcurrentLinkedQueue<>();
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Work> started = new ArrayList<>();

  @AfterEach
  void end() {
    requests.shutdownNow();
    started.forEach(Work::close);
  }

  @Test
  void small_work_stays_with_its_caller_and_large_work_does_not() throws Exception {
    Work work = work(2, MIB, Duration.ofSeconds(10));
    List<Boolean> virtual =
        served(
                work,
                "a",
                () ->
                    List.of(
                        Budget.spend(Budget.SMALL, WorkTest::onVirtualThread),
                        Budget.spend(Budget.SMALL + 1, WorkTest::onVirtualThread)))
            .get();
    assertThat(virtual).containsExactly(true, false);
    assertThat(work.state().tasks()).isEqualTo(1);
  }

  @Test
  void large_work_gives_way_to_small_work_where_processors_are_scarce() throws Exception {
    Work work = work(2, MIB, Duration.ofSeconds(10));
    List<Integer> nice =
        served(
                work,
                "a",
                () ->
                    List.of(
                        Budget.spend(LARGE, WorkTest::nice),
                        Budget.spend(LARGE, WorkTest::nice),
                        nice()))
            .get();
    int normal = nice.getLast();
    int lower = Math.min(19, normal + 10);
    assertThat(nice).containsExactly(lower, lower, normal);
  }

  private static int nice() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      return Integer.parseInt(stat.substring(stat.lastIndexOf(')')).split(" ", -1)[17]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void without_a_budget_all_work_stays_with_its_caller() throws Exception {
    assertThat(requests.submit(() -> Budget.spend(LARGE, WorkTest::onVirtualThread)).get())
        .isTrue();
    Budget.hold(100 * MIB);
    try (Budget.Part _ = Budget.part()) {
      Budget.hold(100 * MIB);
    }
  }

  @Test
  void work_inside_of_large_work_stays_on_its_thread() throws Exception {
    Work work = work(1, MIB, Duration.ofSeconds(10));
    boolean virtual =
        served(
                work,
                "a",
                () ->
                    Budget.<Boolean, RuntimeException>spend(
                        LARGE, () -> Budget.spend(LARGE, WorkTest::onVirtualThread)))
            .get();
    assertThat(virtual).isFalse();
  }

  @Test
  void what_the_work_throws_reaches_its_caller_as_it_is() throws Exception {
    Work work = work(1, MIB, Duration.ofSeconds(10));
    Future<Object> broken =
        served(
            work,
            "a",
            () ->
                Budget.spend(
                    LARGE,
                    () -> {
                      throw new IOException("broken");
                    }));
    assertThatThrownBy(broken::get).hasCause(new IOException("broken"));
    Future<Object> error =
        served(
            work,
            "a",
            () ->
                Budget.spend(
                    LARGE,
                    () -> {
                      throw new StackOverflowError();
                    }));
    assertThatThrownBy(error::get).hasCauseInstanceOf(StackOverflowError.class);
    assertThat(served(work, "a", () -> Budget.spend(LARGE, () -> 1)).get()).isEqualTo(1);
  }

  @Test
  void no_owner_has_all_threads() throws Exception {
    Work work = work(2, MIB, Duration.ofSeconds(10));
    CountDownLatch release = new CountDownLatch(1);
    List<Future<Boolean>> greedy = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      greedy.add(served(work, "greedy", () -> Budget.spend(LARGE, () -> await(release))));
    }
    while (work.state().waiting() < 19) {
      Thread.sleep(1);
    }
    assertThat(served(work, "other", () -> Budget.spend(LARGE, () -> 7)).get(10, TimeUnit.SECONDS))
        .isEqualTo(7);
    release.countDown();
    for (Future<Boolean> each : greedy) {
      assertThat(each.get(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(work.state().waiting()).isZero();
  }

  @Test
  void who_waits_too_long_is_told_and_what_must_be_done_is_done() throws Exception {
    Work work = work(1, MIB, Duration.ofMillis(20));
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    Future<Boolean> first =
        served(
            work,
            "a",
            () ->
                Budget.spend(
                    LARGE,
                    () -> {
                      begun.countDown();
                      return await(release);
                    }));
    begun.await();
    assertThatThrownBy(() -> served(work, "b", () -> Budget.spend(LARGE, () -> 1)).get())
        .hasCauseInstanceOf(Busy.class);
    assertThat(served(work, "b", () -> Budget.spendAnyway(LARGE, () -> 1)).get()).isEqualTo(1);
    assertThat(work.state().refused()).isEqualTo(2);
    release.countDown();
    assertThat(first.get()).isTrue();
  }

  @Test
  void memory_is_counted_until_the_request_or_its_part_ends() throws Exception {
    Work work = work(1, 100 * MIB, Duration.ofMillis(20));
    served(
            work,
            "a",
            () -> {
              Budget.hold(MIB);
              long outside = work.state().heldBytes();
              try (Budget.Part _ = Budget.part()) {
                Budget.hold(MIB);
                assertThat(work.state().heldBytes()).isEqualTo(2 * outside);
              }
              assertThat(work.state().heldBytes()).isEqualTo(outside).isGreaterThan(MIB);
              return true;
            })
        .get();
    assertThat(work.state().heldBytes()).isZero();
  }

  @Test
  void memory_that_is_not_there_is_refused_and_one_owner_never_has_all() throws Exception {
    Work work = work(1, 100 * MIB, Duration.ofMillis(20));
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    Future<Boolean> greedy =
        served(
            work,
            "greedy",
            () -> {
              Budget.hold(1000 * MIB);
              begun.countDown();
              return await(release);
            });
    begun.await();
    assertThatThrownBy(() -> served(work, "greedy", () -> held(MIB)).get())
        .hasCauseInstanceOf(Busy.class);
    assertThat(served(work, "other", () -> held(MIB / 4)).get()).isTrue();
    assertThat(served(work, "greedy", () -> held(Budget.SLIGHT)).get()).isTrue();
    release.countDown();
    assertThat(greedy.get()).isTrue();
    assertThat(served(work, "greedy", () -> held(MIB)).get()).isTrue();
    assertThat(work.state().heldBytes()).isZero();
  }

  @Test
  void the_watch_tells_of_a_request_that_holds_its_carrier() throws Exception {
    Work work = work(1, MIB, Duration.ofSeconds(10));
    AtomicBoolean enough = new AtomicBoolean();
    Future<Boolean> spinning = served(work, "hog", () -> spin(enough));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (alarms.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    enough.set(true);
    assertThat(spinning.get()).isTrue();
    assertThat(alarms)
        .first()
        .satisfies(held -> {
          assertThat(held.owner()).isEqualTo("hog");
          assertThat(held.stack()).anyMatch(frame -> frame.getMethodName().equals("spin"));
        });
  }

  @Test
  void the_watch_is_silent_about_those_who_wait_and_those_on_the_pool() throws Exception {
    Work work = work(1, MIB, Duration.ofSeconds(10));
    AtomicBoolean enough = new AtomicBoolean();
    CountDownLatch release = new CountDownLatch(1);
    Future<Boolean> pooled = served(work, "a", () -> Budget.spend(LARGE, () -> spin(enough)));
    Future<Boolean> waiting = served(work, "b", () -> await(release));
    Thread.sleep(300);
    enough.set(true);
    release.countDown();
    assertThat(pooled.get()).isTrue();
    assertThat(waiting.get()).isTrue();
    assertThat(alarms).isEmpty();
  }

  @Test
  void an_alarm_that_fails_does_not_end_the_watch() throws Exception {
    Work work =
        Work.start(
            new Work.Settings(1, MIB, Duration.ofSeconds(10)),
            held -> {
              alarms.add(held);
              throw new IllegalStateException("an alarm that fails, on purpose");
            });
    started.add(work);
    for (int i = 1; i <= 2; i++) {
      AtomicBoolean enough = new AtomicBoolean();
      Future<Boolean> spinning = served(work, "hog", () -> spin(enough));
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (alarms.size() < i && System.nanoTime() < end) {
        Thread.sleep(5);
      }
      enough.set(true);
      assertThat(spinning.get()).isTrue();
      assertThat(alarms).hasSize(i);
    }
  }

  @Test
  void after_the_end_large_work_is_refused_and_waits_for_nothing() {
    Work work = work(2, MIB, Duration.ofSeconds(10));
    work.close();
    assertThatThrownBy(() -> served(work, "a", () -> Budget.spend(LARGE, () -> true)).get())
        .hasCauseInstanceOf(Busy.class);
  }

  private Work work(int threads, long bytes, Duration patience) {
    Work work = Work.start(new Work.Settings(threads, bytes, patience), alarms::add);
    started.add(work);
    return work;
  }

  private <T> Future<T> served(Work work, String owner, Budget.Task<T, ?> request) {
    return requests.submit(() -> work.serve(owner, request::run));
  }

  private static boolean onVirtualThread() {
    return Thread.currentThread().isVirtual();
  }

  private static boolean held(long bytes) {
    Budget.hold(bytes);
    return true;
  }

  private static boolean await(CountDownLatch latch) throws InterruptedException {
    return latch.await(30, TimeUnit.SECONDS);
  }

  private static boolean spin(AtomicBoolean enough) {
    long steps = 0;
    while (!enough.get()) {
      steps++;
    }
    return steps > 0;
  }
}
