package io.patchbay.integration;

import io.patchbay.base.Elapsed;
import io.patchbay.base.JsonSize;
import io.patchbay.executor.work.Budget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the finished record of an invocation, with no secret in it. */
final class Masking {
  /** What the box puts where it has left something out. */
  private static final String CUT = "... (cut)";

  /** Bytes from which on the box may have cut a logger's name. */
  private static final int LONG_LOGGER = 64;

  private final SecretMask mask;
  private final Function<ObjectNode, Invoked.Outcome> classifier;

  /**
   * @param classifier says what an output means; it gets it masked
   */
  Masking(SecretMask mask, Function<ObjectNode, Invoked.Outcome> classifier) {
    this.mask = mask;
    this.classifier = classifier;
  }

  /** About how many characters a reply has, as far as that matters. */
  static long size(Invoker.Reply reply) {
    long result =
        switch (reply.result()) {
          case Invoker.Result.Succeeded(ObjectNode output) -> JsonSize.of(output, Budget.SMALL);
          case Invoker.Result.Failed(Failure failure) ->
              (long) failure.message().length() + failure.traceback().map(String::length).orElse(0);
        };
    return result + reply.logs().stream().mapToLong(line -> line.message().length()).sum();
  }

  /** The outcome shares the masked output with the record. */
  Invoked invoked(InvocationRecord started, Invoker.Reply reply, Instant endedAt) {
    Optional<ObjectNode> output =
        reply.result() instanceof Invoker.Result.Succeeded(var whole)
            ? Optional.of(mask.mask(whole))
            : Optional.empty();
    Invoked.Outcome outcome =
        switch (reply.result()) {
          case Invoker.Result.Failed(Failure failure) -> new Invoked.Outcome.Failed(failure);
          case Invoker.Result.Succeeded _ -> classifier.apply(output.orElseThrow());
        };
    boolean cut = reply.logs().stream().anyMatch(Masking::saysThatItIsCut);
    List<LogLine> logs = new ArrayList<>(reply.logs().stream().map(l -> line(l, cut)).toList());
    warnings(outcome).stream()
        .map(w -> new LogLine("WARNING", "patchbay", mask.mask(w), endedAt))
        .forEach(logs::add);
    Optional<Failure> failure =
        outcome instanceof Invoked.Outcome.Failed(Failure f)
            ? Optional.of(failure(f))
            : Optional.empty();
    InvocationRecord record =
        new InvocationRecord(
            started.invocationId(),
            started.bot(),
            started.node(),
            started.type(),
            started.origin(),
            started.environment(),
            started.version(),
            started.message(),
            failure.isPresent() ? InvocationRecord.State.FAILED : InvocationRecord.State.SUCCEEDED,
            failure,
            started.startedAt(),
            Elapsed.between(started.startedAt(), endedAt),
            started.input(),
            // Kept for a failed rule too: the builder wants to see what matched nothing.
            output.map(JsonNode.class::cast),
            logs,
            reply.egress().stream().map(this::attempt).toList(),
            reply.measures());
    Invoked.Outcome shown =
        failure.<Invoked.Outcome>map(Invoked.Outcome.Failed::new).orElse(outcome);
    return new Invoked(shown, record, () -> reply.exchange().get().map(this::exchange));
  }

  /** Whatever the invoker has left in it. */
  private Exchange exchange(Exchange exchange) {
    long size =
        (long) exchange.request().body().length()
            + exchange.response().map(response -> response.body().length()).orElse(0);
    return Budget.spendAnyway(2 * size, () -> exchange.masked(mask::mask));
  }

  private static List<String> warnings(Invoked.Outcome outcome) {
    return switch (outcome) {
      case Invoked.Outcome.Failed _ -> List.of();
      case Invoked.Outcome.Succeeded succeeded -> {
        List<String> warnings = new ArrayList<>(succeeded.details().warnings());
        if (succeeded.next() instanceof Invoked.Next.Responds(var response)) {
          warnings.addAll(response.warnings());
        }
        yield warnings;
      }
    };
  }

  /** Any line may then be the one that ends within a secret. */
  private LogLine line(LogLine line, boolean cut) {
    return new LogLine(
        line.level(),
        mask.mask(line.logger(), line.logger().length() >= LONG_LOGGER),
        mask.mask(line.message(), cut),
        line.time());
  }

  private static boolean saysThatItIsCut(LogLine line) {
    return line.logger().equals("patchbay") && line.message().startsWith("The log was cut");
  }

  private Failure failure(Failure failure) {
    return new Failure(
        failure.reason(),
        untilCut(failure.message()),
        failure.traceback().map(this::untilCut),
        failure.line());
  }

  /** What stands before a cut may end within a secret. */
  private String untilCut(String text) {
    int at = text.indexOf(CUT);
    return at < 0
        ? mask.mask(text)
        : mask.mask(text.substring(0, at), true) + mask.mask(text.substring(at));
  }

  private EgressAttempt attempt(EgressAttempt attempt) {
    return new EgressAttempt(
        attempt.time(),
        attempt.name().map(mask::mask),
        attempt.address(),
        attempt.port(),
        attempt.allowed(),
        attempt.bytesOut(),
        attempt.bytesIn(),
        attempt.duration());
  }
}
