package io.patchbay.executor.hostile;

import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Executor;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.BoxedExecutor;
import io.patchbay.executor.box.ExecutorConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The hostile cases as a program, to be run by another user; JDK only. Prints what went wrong. */
final class HostileMain {
  /** Exit codes. */
  static final int CONTAINED = 0;

  static final int NOT_CONTAINED = 1;
  static final int NO_BOX = 2;

  private HostileMain() {}

  /**
   * Arguments: {@code connect}; or {@code hostile} or {@code residue}, a level, an isolation, and
   * the names of cases; without names, all of them.
   */
  public static void main(String[] args) throws Exception {
    List<String> arguments = List.of(args);
    System.exit(
        switch (arguments.getFirst()) {
          case "connect" -> connect(Clock.systemUTC());
          case "hostile" -> tryAll(level(arguments), isolation(arguments), names(arguments));
          case "residue" -> tryResidues(level(arguments), isolation(arguments), names(arguments));
          default -> throw new IllegalArgumentException(arguments.getFirst());
        });
  }

  private static BoxLevel level(List<String> arguments) {
    return BoxLevel.valueOf(arguments.get(1));
  }

  private static Isolation isolation(List<String> arguments) {
    return Isolation.valueOf(arguments.get(2));
  }

  private static List<String> names(List<String> arguments) {
    return arguments.subList(3, arguments.size());
  }

  /** Prints the level of containment and what came of a connection. */
  private static int connect(Clock clock) throws InterruptedException {
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
      System.out.println("between calls: " + RestoreProven.on(executor, clock));
      return CONTAINED;
    }
  }

  private static int tryAll(BoxLevel level, Isolation isolation, List<String> names)
      throws Exception {
    try (TrialRoom room = TrialRoom.open(level, isolation)) {
      if (room.whyNot().isPresent()) {
        System.out.println(room.whyNot().get());
        return NO_BOX;
      }
      List<String> wrong = new ArrayList<>();
      if (!room.level().endsWith("supervised connections")) {
        wrong.add(room.level());
      }
      List<HostileCase> cases =
          names.isEmpty() ? HostileCases.all() : names.stream().map(HostileCases::named).toList();
      for (HostileCase hostile : cases) {
        room.trial()
            .problems(hostile)
            .forEach(problem -> wrong.add(hostile.name() + ": " + problem));
      }
      return told(cases.size(), wrong);
    }
  }

  private static int tryResidues(BoxLevel level, Isolation isolation, List<String> names)
      throws Exception {
    Clock clock = Clock.systemUTC();
    Path work = TrialRoom.workFolder();
    List<String> wrong = new ArrayList<>();
    List<ResidueCase> cases =
        names.isEmpty() ? ResidueCases.all() : names.stream().map(ResidueCases::named).toList();
    try (Executor executor =
        BoxedExecutor.start(level.config(work, ResidueTrial.CAPACITY, clock))) {
      String state = RestoreProven.on(executor, clock);
      if (!state.equals("restored")) {
        System.out.println(executor.status().description() + "; between calls: " + state);
        return NO_BOX;
      }
      ResidueTrial trial = new ResidueTrial(executor, level, isolation, clock);
      for (ResidueCase residue : cases) {
        trial.problems(residue).forEach(problem -> wrong.add(residue + ": " + problem));
      }
    }
    Files.delete(work); // fails if anything was left in it
    return told(cases.size(), wrong);
  }

  private static int told(int cases, List<String> wrong) {
    wrong.forEach(System.out::println);
    System.out.println(cases + " cases, " + wrong.size() + " wrong");
    return wrong.isEmpty() ? CONTAINED : NOT_CONTAINED;
  }
}
