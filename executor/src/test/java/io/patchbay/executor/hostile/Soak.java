package io.patchbay.executor.hostile;

import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Executor;
import io.patchbay.executor.Isolation;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Many calls at once, four good ones for each hostile one, always in the same mix. */
final class Soak {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** For cases that only end at their deadline. */
  private static final Duration LOOPING = Duration.ofMillis(100);

  private static final int MOST_PROBLEMS = 20;
  private static final int GOOD_FOR_EACH_HOSTILE = 4;

  private static final List<Good> GOOD =
      List.of(
          new Good("def main(event, context): return event", "RETURNED \\{.*}"),
          new Good(
              """
              import json, logging
              def main(event, context):
                  logging.info("called with %d keys", len(event))
                  return {"body": json.dumps(sorted(event))}
              """,
              "RETURNED \\{\"body\":.*}"),
          new Good(
              """
              def main(event, context):
                  with open("/tmp/kept", "x") as file: file.write("x" * 10000)
                  return sum(number * number for number in range(10000))
              """,
              "RETURNED 333283335000"),
          new Good(
              """
              import socket
              def main(event, context):
                  with socket.create_connection(("127.0.0.1", event["open"]), timeout=10) as s:
                      return s.recv(100).decode()
              """,
              "RETURNED \"hello\""));

  /** Quick ones, of every kind. */
  private static final List<HostileCase> HOSTILE =
      List.of(
              "fork_bomb",
              "a_frame_of_4_gb",
              "kill_all_numbers",
              "thread_bomb",
              "connect_to_a_loopback_service",
              "open_100_000_descriptors",
              "a_result_with_nan",
              "segfault",
              "start_a_program",
              "leave_files",
              "endless_loop",
              "exit_at_once",
              "fill_tmp",
              "connect_what_is_no_socket",
              "close_every_descriptor",
              "a_thread_that_lives_on",
              "garbage_to_every_descriptor",
              "memory_in_one_piece",
              "a_forged_result_and_a_loop",
              "garbage_to_the_name_server",
              "a_module_that_exits",
              "speak_for_another_process",
              "leave_globals",
              "hang_at_exit",
              "sleep_with_signals_blocked")
          .stream()
          .map(HostileCases::named)
          .toList();

  private final Executor executor;
  private final Load load;
  private final Surroundings surroundings;
  private final Clock clock;

  // No two policies are equal, so code is called again only as what it was.
  private final ConcurrentHashMap<String, Code> codes = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
  private final AtomicInteger next = new AtomicInteger();

  Soak(Executor executor, Load load, Surroundings surroundings, Clock clock) {
    this.executor = executor;
    this.load = load;
    this.surroundings = surroundings;
    this.clock = clock;
  }

  /**
   * Who calls.
   *
   * @param isolation of all code
   * @param callers that call at once
   * @param bots whose calls they are, in turn
   */
  record Load(Isolation isolation, int callers, int bots) {}

  private record Good(String source, Pattern expected) {
    Good(String source, String expected) {
      this(source, Pattern.compile(expected, Pattern.DOTALL));
    }
  }

  /** Runs as many calls; the microseconds that each of the good ones took, in no exact order. */
  List<Long> run(int calls) throws InterruptedException {
    int end = next.get() + calls;
    ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < load.callers; i++) {
      threads.add(Thread.ofPlatform().name("soak-" + i).start(() -> call(end, micros)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    next.set(end);
    return List.copyOf(micros);
  }

  /** Nothing waits for their next calls any more. */
  void forgetBots() {
    for (int bot = 0; bot < load.bots; bot++) {
      executor.forget("bot-" + bot);
    }
  }

  private void call(int end, ConcurrentLinkedQueue<Long> micros) {
    for (int number = next.getAndIncrement(); number < end; number = next.getAndIncrement()) {
      int turn = number / (GOOD_FOR_EACH_HOSTILE + 1);
      String bot = "bot-" + number % load.bots;
      if (number % (GOOD_FOR_EACH_HOSTILE + 1) == 0) {
        callHostile(HOSTILE.get(turn % HOSTILE.size()), bot);
      } else {
        micros.add(callGood(GOOD.get(number % GOOD.size()), bot));
      }
    }
  }

  private long callGood(Good good, String bot) {
    long start = System.nanoTime();
    Execution execution = run(bot, good.source, LIMIT, Set.of(Surroundings.Service.OPEN));
    long micros = (System.nanoTime() - start) / 1000;
    if (!good.expected.matcher(HostileCase.summary(execution)).matches()) {
      remember("a good call: " + HostileCase.summary(execution));
    }
    return micros;
  }

  private void callHostile(HostileCase hostile, String bot) {
    boolean loops = hostile.limit().compareTo(Duration.ofSeconds(1)) <= 0;
    Duration limit = loops ? LOOPING : hostile.limit();
    Execution execution = run(bot, hostile.source(), limit, hostile.opened());
    if (!hostile.isContained(execution, BoxLevel.NAMESPACES)) {
      remember(hostile.name() + ": " + HostileCase.summary(execution));
    }
  }

  private Execution run(
      String bot, String source, Duration limit, Set<Surroundings.Service> opened) {
    Code code = codes.computeIfAbsent(bot + source, _ -> code(bot, source, opened));
    return executor.run(
        new CodeCall("soak", code, surroundings.event(), clock.instant().plus(limit)));
  }

  private Code code(String bot, String source, Set<Surroundings.Service> opened) {
    return new Code(
        new Code.Owner(bot, "production"),
        "NODE",
        source,
        Optional.empty(),
        64L << 20,
        surroundings.policy(opened),
        load.isolation);
  }

  private void remember(String problem) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(problem);
    }
  }

  /** The first that went wrong. */
  List<String> problems() {
    return List.copyOf(problems);
  }
}
