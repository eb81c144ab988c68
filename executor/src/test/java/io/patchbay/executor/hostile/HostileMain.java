package io.patchbay.executor.hostile;

import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Executor;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.BoxedExecutor;
import io.patchbay.executor.box.ExecutorConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The hostile cases as a program, to be run by another user; JDK only. Prints what went wrong. */
final class HostileMain {
  /** Exit codes. */
  static final int CONTAINED = 0;

  static final int NOT_CONTAINED = 1;
  static final int NO_BOX = 2;

  private HostileMain() {}

  /** Arguments: {@code connect}, or a level and the names of cases; without names, all of them. */
  public static void main(String[] args) throws Exception {
    List<String> arguments = List.of(args);
    System.exit(
        arguments.getFirst().equals("connect")
            ? connect(Clock.systemUTC())
            : tryAll(
                BoxLevel.valueOf(arguments.getFirst()),
                arguments.subList(1, arguments.size()).stream().map(HostileCases::named).toList()));
  }

  /** Prints the level of containment and what came of a connection. */
  private static int connect(Clock clock) {
    try (Executor executor = BoxedExecutor.start(ExecutorConfig.standard(clock))) {
      System.out.println(executor.status().description());
      String source =
          """
          import socket
          def main(e, c): return [socket.socket().connect_ex(("127.0.0.1", 9))]
          """;
      CodeCall call =
          new CodeCall(
              "id",
              new Code("NODE", source, 64L << 20).with(Isolation.RESTORED),
              "{}",
              clock.instant().plus(Duration.ofSeconds(10)));
      System.out.println(HostileCase.summary(executor.run(call)));
      System.out.println("between calls: " + restore(executor));
      return CONTAINED;
    }
  }

  /** What was found out about it, once it was. */
  private static String restore(Executor executor) {
    Instant end = Instant.now().plusSeconds(20);
    while (executor.status().restore().equals("not tried yet") && Instant.now().isBefore(end)) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return executor.status().restore();
  }

  private static int tryAll(BoxLevel level, List<HostileCase> named) throws Exception {
    try (TrialRoom room = TrialRoom.open(level)) {
      if (room.whyNot().isPresent()) {
        System.out.println(room.whyNot().get());
        return NO_BOX;
      }
      List<String> wrong = new ArrayList<>();
      if (!room.level().endsWith("supervised connections")) {
        wrong.add(room.level());
      }
      List<HostileCase> cases = named.isEmpty() ? HostileCases.all() : named;
      for (HostileCase hostile : cases) {
        room.trial()
            .problems(hostile)
            .forEach(problem -> wrong.add(hostile.name() + ": " + problem));
      }
      wrong.forEach(System.out::println);
      System.out.println(cases.size() + " cases, " + wrong.size() + " wrong");
      return wrong.isEmpty() ? CONTAINED : NOT_CONTAINED;
    }
  }
}
