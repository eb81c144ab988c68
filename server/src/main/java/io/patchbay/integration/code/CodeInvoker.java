package io.patchbay.integration.code;

import io.patchbay.base.Json;
import io.patchbay.bot.Bot;
import io.patchbay.bot.Environment;
import io.patchbay.bot.Integration;
import io.patchbay.bot.Node;
import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Executor;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.egress.EgressPolicy;
import io.patchbay.executor.egress.OperatorBounds;
import io.patchbay.executor.work.Budget;
import io.patchbay.executor.work.Busy;
import io.patchbay.integration.EgressAttempt;
import io.patchbay.integration.Failure;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.Invoker;
import io.patchbay.integration.LogLine;
import io.patchbay.integration.Measures;
import io.patchbay.integration.Source;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls {@code main(event, context)} of a node's source (contract A1-A9). */
public final class CodeInvoker implements Invoker<Integration.Code> {
  private static final String NOT_THERE =
      "the packages of this bot are not installed on this machine, or not any more; the state of"
          + " its packages says why";

  /** Steps of parsing and checking what was returned, by character. */
  private static final long READING = 4;

  private final Executor executor;
  private final OperatorBounds bounds;
  private final HeldSets sets;
  private final io.patchbay.bot.Isolation standard;

  /**
   * @param bounds what the operator lets builders' code connect to
   * @param sets where the packages of a call are
   * @param standard isolation of integrations that say none
   */
  public CodeInvoker(
      Executor executor, OperatorBounds bounds, HeldSets sets, io.patchbay.bot.Isolation standard) {
    this.executor = executor;
    this.bounds = bounds;
    this.sets = sets;
    this.standard = standard;
  }

  @Override
  public Reply invoke(Call<Integration.Code> call) {
    if (call.source().isEmpty()) {
      String message = "node " + call.node().name() + " has no code yet: save some, then try again";
      return new Reply(failed(FailureReason.NO_RESULT, message), List.of(), List.of(), Map.of());
    }
    Source source = call.source().get();
    if (source.lock().isEmpty()) {
      return run(call, source, Optional.empty());
    }
    Optional<HeldSets.Held> held = sets.hold(source.lock());
    if (held.isEmpty()) {
      return new Reply(
          failed(FailureReason.IMPORT_ERROR, NOT_THERE), List.of(), List.of(), Map.of());
    }
    try (HeldSets.Held set = held.get()) {
      return run(call, source, Optional.of(set.name()));
    }
  }

  private Reply run(Call<Integration.Code> call, Source source, Optional<String> packages) {
    Execution execution =
        executor.run(
            new CodeCall(
                call.invocationId(),
                code(call, source, packages),
                event(call.body()),
                call.deadline()));
    return new Reply(
        result(execution.outcome()),
        execution.logs().stream().map(CodeInvoker::line).toList(),
        execution.connects().stream().map(CodeInvoker::attempt).toList(),
        measures(execution));
  }

  private Code code(Call<Integration.Code> call, Source source, Optional<String> packages) {
    return code(
        new Wanted(call.bot(), call.environment(), call.node(), call.integration()),
        source,
        packages);
  }

  private Code code(Wanted wanted, Source source, Optional<String> packages) {
    return new Code(
        new Code.Owner(wanted.bot.bot(), wanted.environment.wire()),
        wanted.node.name(),
        source.text(),
        packages,
        wanted.bot.limits().memory(),
        policy(wanted.bot.egress()),
        Isolation.valueOf(wanted.integration.isolation().orElse(standard).name()));
  }

  /** Whose code it is. */
  public record Wanted(Bot bot, Environment environment, Node node, Integration.Code integration) {}

  /** It will be called: from now on it is to be loaded, as far as that goes unnoticed. */
  public void warm(Wanted wanted, Source source) {
    if (source.lock().isEmpty()) {
      executor.warm(code(wanted, source, Optional.empty()));
      return;
    }
    Optional<HeldSets.Held> held = sets.hold(source.lock());
    if (held.isPresent()) {
      try (HeldSets.Held set = held.get()) {
        executor.warm(code(wanted, source, Optional.of(set.name())));
      }
    }
  }

  private EgressPolicy policy(Bot.Egress egress) {
    return EgressPolicy.of(egress.allow(), egress.publicOpen(), bounds);
  }

  /** The event: {@code body} is a JSON text inside the JSON (contract A2). */
  private static String event(String body) {
    return Budget.spend(2L * body.length(), () -> Json.write(Json.object().put("body", body)));
  }

  private static Result result(Execution.Outcome outcome) {
    return switch (outcome) {
      case Execution.Outcome.Returned(String value) -> returned(value);
      case Execution.Outcome.Failed f ->
          new Result.Failed(new Failure(reason(f.reason()), f.message(), f.traceback(), f.line()));
    };
  }

  private static Result returned(String value) {
    try {
      return Budget.spend(READING * value.length(), () -> ReturnValue.read(value));
    } catch (Busy noRoom) {
      return failed(
          FailureReason.OVERLOADED,
          "main has returned, but the server had too much to work on to read what");
    }
  }

  private static Result failed(FailureReason reason, String message) {
    return new Result.Failed(new Failure(reason, message));
  }

  private static FailureReason reason(Execution.Reason reason) {
    return switch (reason) {
      case SYNTAX_ERROR -> FailureReason.SYNTAX_ERROR;
      case IMPORT_ERROR -> FailureReason.IMPORT_ERROR;
      case EXCEPTION -> FailureReason.EXCEPTION;
      case TIMEOUT -> FailureReason.TIMEOUT;
      case OUT_OF_MEMORY -> FailureReason.OUT_OF_MEMORY;
      case KILLED -> FailureReason.KILLED;
      case NO_RESULT -> FailureReason.NO_RESULT;
      case RESULT_TOO_LARGE -> FailureReason.RESULT_TOO_LARGE;
      case BAD_RESULT -> FailureReason.BAD_RESULT;
      case SANDBOX_UNAVAILABLE -> FailureReason.SANDBOX_UNAVAILABLE;
      case OVERLOADED -> FailureReason.OVERLOADED;
      case INTERRUPTED -> FailureReason.INTERRUPTED;
    };
  }

  private static LogLine line(Execution.LogRecord log) {
    return new LogLine(log.level(), log.logger(), log.message(), log.time());
  }

  private static EgressAttempt attempt(Execution.ConnectAttempt connect) {
    return new EgressAttempt(
        connect.time(),
        connect.name(),
        connect.address(),
        connect.port(),
        connect.allowed(),
        connect.traffic().map(Execution.Traffic::bytesOut).orElse(0L),
        connect.traffic().map(Execution.Traffic::bytesIn).orElse(0L),
        connect.traffic().map(Execution.Traffic::duration).orElse(Duration.ZERO));
  }

  private static Map<String, Double> measures(Execution execution) {
    Execution.Timing timing = execution.timing();
    Execution.Usage usage = execution.usage();
    Map<String, Double> measures = new LinkedHashMap<>();
    measures.put("queue_ms", millis(timing.queue()));
    measures.put("start_ms", millis(timing.start()));
    measures.put("run_ms", millis(timing.run()));
    usage.cpu().ifPresent(cpu -> measures.put(Measures.CPU, millis(cpu)));
    usage.peakMemory().ifPresent(peak -> measures.put(Measures.PEAK_MEMORY, (double) peak));
    execution
        .freshness()
        .ifPresent(fresh -> {
          measures.put(Measures.ISOLATION, Measures.isolation(fresh.isolation().text()));
          if (fresh.isolation() == Isolation.RESTORED) {
            measures.put(Measures.RESTORE, millis(fresh.restore()));
            measures.put(Measures.RESTORED_PAGES, (double) fresh.restoredPages());
          }
        });
    measures.put(Measures.BYTES_OUT, (double) usage.bytesOut());
    measures.put(Measures.BYTES_IN, (double) usage.bytesIn());
    return measures;
  }

  private static double millis(Duration duration) {
    return Math.round(duration.toNanos() / 1e3) / 1e3;
  }
}
