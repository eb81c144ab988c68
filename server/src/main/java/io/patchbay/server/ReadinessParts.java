package io.patchbay.server;

import io.patchbay.base.Ids;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.Outcome.Failed;
import io.patchbay.executor.Execution.Outcome.Returned;
import io.patchbay.executor.Executor;
import io.patchbay.store.Database;
import io.patchbay.store.StoreFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this server needs to be ready. */
final class ReadinessParts {
  private static final Logger LOG = LoggerFactory.getLogger(ReadinessParts.class);
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final long MEMORY = 64L << 20;
  private static final String CODE =
      """
      def main(event, context):
          return {"statusCode": 200, "body": event["body"]}
      """;

  private ReadinessParts() {}

  /** Of a whole server. */
  static Readiness of(
      Database database, Executor executor, ExampleBots examples, Ids ids, Clock clock) {
    return new Readiness(
        List.of(
            write(database),
            read(database),
            box(executor, ids, clock),
            new Readiness.Part("services", examples::readiness)),
        () -> facts(executor),
        LIMIT,
        System::nanoTime);
  }

  static Readiness.Part write(Database database) {
    return store("store_write", () -> database.tryWrite(LIMIT));
  }

  static Readiness.Part read(Database database) {
    return store("store_read", () -> database.tryRead(LIMIT));
  }

  private static Readiness.Part store(String name, Runnable attempt) {
    return new Readiness.Part(name, () -> Map.of(name, state(name, attempt)));
  }

  private static String state(String name, Runnable attempt) {
    try {
      attempt.run();
      return Readiness.OK;
    } catch (StoreFailure e) {
      LOG.debug("{} failed", name, e);
      return e.kind() == StoreFailure.Kind.UNKNOWN
          ? Readiness.NO_ANSWER
          : e.kind().name().toLowerCase(Locale.ROOT);
    }
  }

  /** One call, of nobody, that leaves no record. */
  static Readiness.Part box(Executor executor, Ids ids, Clock clock) {
    return new Readiness.Part(
        "sandbox",
        () ->
            Map.of(
                "sandbox",
                box(
                    executor.status(),
                    () -> {
                      var call =
                          new CodeCall(
                              ids.next("ready"),
                              "ready",
                              CODE,
                              "{\"body\":\"\"}",
                              clock.instant().plus(LIMIT),
                              MEMORY);
                      return executor.run(call);
                    })));
  }

  private static String box(Executor.Status status, java.util.function.Supplier<Execution> call) {
    if (!status.available()) {
      return "unavailable";
    }
    Execution execution = call.get();
    return switch (execution.outcome()) {
      case Returned _ -> Readiness.OK;
      case Failed failed ->
          switch (failed.reason()) {
            case OVERLOADED -> Readiness.BUSY;
            case TIMEOUT -> wasInLine(execution) ? Readiness.BUSY : Readiness.NO_ANSWER;
            case SANDBOX_UNAVAILABLE -> "unavailable";
            case SYNTAX_ERROR,
                IMPORT_ERROR,
                EXCEPTION,
                OUT_OF_MEMORY,
                KILLED,
                NO_RESULT,
                RESULT_TOO_LARGE,
                BAD_RESULT,
                INTERRUPTED ->
                "failed";
          };
    };
  }

  /** All the time: it never had a place. */
  private static boolean wasInLine(Execution execution) {
    return execution.timing().start().plus(execution.timing().run()).isZero();
  }

  private static Map<String, String> facts(Executor executor) {
    Map<String, String> facts = new HashMap<>();
    Sandbox.describe(executor.status(), facts);
    return facts;
  }
}
