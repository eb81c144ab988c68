package io.patchbay.executor.box;

import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The hostile cases as a program, to be run by another user; JDK only. Prints what went wrong. */
final class OrdinaryUserMain {
  private OrdinaryUserMain() {}

  /** Exit code 0: all contained. 1: printed what was not. 2: printed why there is no box. */
  public static void main(String[] args) throws InterruptedException {
    System.exit(
        List.of(args).contains("connect")
            ? connect(Clock.systemUTC())
            : exitCode(Clock.systemUTC()));
  }

  /** Prints the level of containment and what came of a connection. */
  private static int connect(Clock clock) {
    try (BoxedExecutor executor = BoxedExecutor.start(ExecutorConfig.standard(clock))) {
      System.out.println(executor.status().description());
      String source =
          """
          import socket
          def main(e, c): return [socket.socket().connect_ex(("127.0.0.1", 9))]
          """;
      System.out.println(
          HostileCode.summary(executor.run(call(source, clock, Duration.ofSeconds(10)))));
      return 0;
    }
  }

  private static int exitCode(Clock clock) throws InterruptedException {
    try (BoxedExecutor executor = BoxedExecutor.start(ExecutorConfig.standard(clock))) {
      if (!executor.status().available()) {
        System.out.println(executor.status().description());
        return 2;
      }
      List<String> wrong = new ArrayList<>();
      if (!executor.status().description().endsWith("supervised connections")) {
        wrong.add(executor.status().description());
      }
      long before = Leftovers.settledProcesses();
      for (HostileCode hostile : HostileCode.all()) {
        Execution execution = executor.run(call(hostile.source(), clock, hostile.limit()));
        if (!hostile.isContained(execution)) {
          wrong.add(hostile + ": " + HostileCode.summary(execution));
        }
        Execution healthy =
            executor.run(call("def main(e, c): return 1", clock, Duration.ofSeconds(10)));
        if (!HostileCode.summary(healthy).equals("RETURNED 1")) {
          wrong.add("after " + hostile + ": " + HostileCode.summary(healthy));
        }
      }
      if (Leftovers.awaitAtMost(before) > before) {
        wrong.add("processes were left behind");
      }
      wrong.forEach(System.out::println);
      System.out.println(HostileCode.all().size() + " cases, " + wrong.size() + " wrong");
      return wrong.isEmpty() ? 0 : 1;
    }
  }

  private static CodeCall call(String source, Clock clock, Duration limit) {
    return new CodeCall("id", "NODE", source, "{}", clock.instant().plus(limit), 128L << 20);
  }
}
