package io.patchbay.integration.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.patchbay.base.Json;
import io.patchbay.bot.Bot;
import io.patchbay.bot.Environment;
import io.patchbay.bot.Integration;
import io.patchbay.bot.Isolation;
import io.patchbay.bot.definition.BotDefinition;
import io.patchbay.bot.definition.BotYaml;
import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Executor;
import io.patchbay.executor.egress.EgressPolicy;
import io.patchbay.executor.egress.OperatorBounds;
import io.patchbay.executor.egress.OwnPorts;
import io.patchbay.integration.EgressAttempt;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.Invoker;
import io.patchbay.integration.SecretMask;
import io.patchbay.integration.Source;
import io.patchbay.testing.BusyWork;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CodeInvokerTest {
  private static final Bot BOT =
      BotDefinition.stored(
          BotYaml.read(
              """
              {bot: b, egress: {allow: ["127.0.0.1:9000"], public: false},
               nodes: {RUN: {start: true, integration: {type: code}}}}
              """));

  private static final OperatorBounds BOUNDS =
      new OperatorBounds(OperatorBounds.SINGLE_WORKSPACE, OwnPorts.ofThisMachine());

  private final List<CodeCall> calls = new ArrayList<>();
  private final List<String> held = new ArrayList<>();
  private final List<List<String>> heldDuringCall = new ArrayList<>();
  private final HeldSets sets = this::hold;
  private String lock = "";
  private List<Execution.ConnectAttempt> connects = List.of();
  private Execution.Usage usage = Execution.Usage.NONE;
  private Execution.Outcome outcome = new Execution.Outcome.Returned("{}");

  private Optional<HeldSets.Held> hold(String of) {
    if (of.equals("lost")) {
      return Optional.empty();
    }
    held.add(of);
    return Optional.of(
        new HeldSets.Held() {
          @Override
          public String name() {
            return "set-" + of;
          }

          @Override
          public void close() {
            held.remove(of);
          }
        });
  }

  private Invoker.Result invoke(Optional<String> source) {
    return reply(source).result();
  }

  private Invoker.Reply reply(Optional<String> source) {
    Executor executor =
        new Executor() {
          @Override
          public Execution run(CodeCall call) {
            calls.add(call);
            heldDuringCall.add(List.copyOf(held));
            return new Execution(
                outcome,
                List.of(new Execution.LogRecord("INFO", "stdout", "hi", Instant.EPOCH)),
                connects,
                new Execution.Timing(Duration.ZERO, Duration.ofMillis(2), Duration.ofMillis(3)),
                usage);
          }

          @Override
          public List<SourceProblem> check(String text) {
            return List.of();
          }

          @Override
          public Status status() {
            return new Status(
                true, Level.NONE, "fake", new Machine("fake", "fake", "fake"), "fake", List.of());
          }

          @Override
          public void close() {}
        };
    return new CodeInvoker(executor, BOUNDS, sets, Isolation.PROCESS)
        .invoke(
            new Invoker.Call<>(
                "inv_1",
                "m1:RUN",
                BOT,
                BOT.nodes().values().iterator().next(),
                new Integration.Code(
                    Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of()),
                Environment.STAGING,
                source.map(text -> new Source(text, lock)),
                Map.of(),
                SecretMask.NOTHING,
                "{\"node\":\"RUN\",\"x\":\"\\\"\"}",
                Duration.ofSeconds(20),
                Instant.EPOCH));
  }

  @Test
  void a_bot_has_one_share_of_the_places_whatever_the_environment() {
    invoke(Optional.of("pass"));
    assertThat(calls.getFirst().code().owner()).isEqualTo(new Code.Owner("b", "staging"));
  }

  @Test
  void a_large_result_that_nobody_has_room_to_read_is_overloaded_and_keeps_its_log() {
    outcome = new Execution.Outcome.Returned("\"" + "x".repeat(100_000) + "\"");
    try (var busy = new BusyWork()) {
      Invoker.Reply reply = busy.serve(() -> reply(Optional.of("pass")));
      assertThat(reply.result())
          .isInstanceOfSatisfying(
              Invoker.Result.Failed.class,
              failed -> assertThat(failed.failure().reason()).isEqualTo(FailureReason.OVERLOADED));
      assertThat(reply.logs()).hasSize(1);
    }
  }

  @Test
  void the_event_carries_the_payload_as_json_text() {
    invoke(Optional.of("pass"));
    var event = Json.parse(calls.getFirst().event());
    assertThat(event.get("body").isString()).as("A2").isTrue();
    assertThat(Json.parse(event.get("body").asString()).get("x").asString()).isEqualTo("\"");
    assertThat(calls.getFirst().invocationId()).as("K21").isEqualTo("inv_1");
  }

  @Test
  void what_the_bot_opens_within_the_operators_bounds_goes_with_the_call() throws Exception {
    invoke(Optional.of("pass"));
    EgressPolicy policy = calls.getFirst().code().egress();
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    InetAddress somewhere = InetAddress.ofLiteral("8.8.8.8");
    assertThat(policy.decide(Optional.empty(), loopback, 9000))
        .isInstanceOf(EgressPolicy.Verdict.Allowed.class);
    assertThat(policy.decide(Optional.empty(), loopback, 9001))
        .isInstanceOf(EgressPolicy.Verdict.Denied.class);
    assertThat(policy.decide(Optional.empty(), somewhere, 443))
        .isInstanceOf(EgressPolicy.Verdict.Denied.class);
  }

  @Test
  void what_the_call_took_stands_in_its_measures_and_connections() {
    usage =
        new Execution.Usage(
            Optional.of(Duration.ofNanos(12_345_678)), OptionalLong.of(50_000_000), 30, 4);
    var traffic = Optional.of(new Execution.Traffic(30, 4, Duration.ofMillis(9)));
    Instant time = Instant.EPOCH;
    Optional<String> address = Optional.of("127.0.0.1");
    connects =
        List.of(
            new Execution.ConnectAttempt(time, Optional.empty(), address, 9000, true, traffic),
            new Execution.ConnectAttempt(
                time, Optional.empty(), address, 9001, false, Optional.empty()));
    Invoker.Reply reply = reply(Optional.of("pass"));
    assertThat(reply.measures())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "queue_ms", 0.0,
                "start_ms", 2.0,
                "run_ms", 3.0,
                "cpu_ms", 12.346,
                "peak_memory_bytes", 5e7,
                "bytes_out", 30.0,
                "bytes_in", 4.0));
    assertThat(reply.egress())
        .extracting(EgressAttempt::bytesOut, EgressAttempt::bytesIn, EgressAttempt::duration)
        .containsExactly(tuple(30L, 4L, Duration.ofMillis(9)), tuple(0L, 0L, Duration.ZERO));
  }

  @Test
  void what_is_not_known_is_left_out_of_the_measures() {
    assertThat(reply(Optional.of("pass")).measures())
        .containsOnlyKeys("queue_ms", "start_ms", "run_ms", "bytes_out", "bytes_in");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"statusCode\": 200, \"body\": \"{\\\"status\\\": true}\"} | ok",
        "{\"statusCode\": 200, \"body\": \"{}\", \"headers\": {}} | ok",
        "{\"body\": \"{}\"} | BAD_RESULT",
        "{\"statusCode\": \"200\", \"body\": \"{}\"} | BAD_RESULT",
        "{\"statusCode\": 404, \"body\": \"{}\"} | BAD_STATUS",
        "{\"statusCode\": 201, \"body\": \"{}\"} | BAD_STATUS",
        "{\"statusCode\": 200} | BAD_RESULT",
        "{\"statusCode\": 200, \"body\": {\"status\": true}} | BAD_RESULT",
        "{\"statusCode\": 200, \"body\": null} | BAD_RESULT",
        "{\"statusCode\": 200, \"body\": \"[]\"} | BAD_RESULT",
        "{\"statusCode\": 200, \"body\": \"not json\"} | BAD_RESULT",
        "{\"statusCode\": 200, \"body\": \"\"} | BAD_RESULT",
        "[] | BAD_RESULT",
        "null | NO_RESULT",
        "{\"statusCode\": 200, \"body\": \"{\\\"a\\\": \\\"\\\\ud800\\\"}\"} | BAD_RESULT",
        "nonsense | BAD_RESULT",
      })
  void the_return_value_is_read_as_documented(String returned, String result) {
    outcome = new Execution.Outcome.Returned(returned);
    assertThat(invoke(Optional.of("pass")))
        .as("A4, A6, K3")
        .satisfies(r -> {
          if (result.equals("ok")) {
            assertThat(r).isInstanceOf(Invoker.Result.Succeeded.class);
          } else {
            assertThat(((Invoker.Result.Failed) r).failure().reason())
                .isEqualTo(FailureReason.valueOf(result));
          }
        });
  }

  @ParameterizedTest
  @EnumSource(Execution.Reason.class)
  void every_reason_of_the_executor_is_one_of_the_closed_list(Execution.Reason reason) {
    outcome = new Execution.Outcome.Failed(reason, "why", Optional.of("trace"), Optional.of(7));
    var failure = ((Invoker.Result.Failed) invoke(Optional.of("pass"))).failure();
    assertThat(failure.reason().name()).isEqualTo(reason.name());
    assertThat(failure.line()).contains(7);
    assertThat(failure.traceback()).contains("trace");
  }

  @Test
  void the_packages_of_a_version_are_held_while_its_code_runs() {
    invoke(Optional.of("pass"));
    assertThat(calls.getFirst().code().packages()).isEmpty();
    lock = "acme==1.0";
    invoke(Optional.of("pass"));
    assertThat(calls.getLast().code().packages()).contains("set-acme==1.0");
    assertThat(heldDuringCall).containsExactly(List.of(), List.of("acme==1.0"));
    assertThat(held).isEmpty();
  }

  @Test
  void packages_that_have_got_lost_are_told_and_nothing_runs() {
    lock = "lost";
    var failed = (Invoker.Result.Failed) invoke(Optional.of("pass"));
    assertThat(failed.failure().reason()).isEqualTo(FailureReason.IMPORT_ERROR);
    assertThat(failed.failure().message()).contains("not installed");
    assertThat(calls).isEmpty();
  }

  @Test
  void a_node_without_code_says_so_and_runs_nothing() {
    var failed = (Invoker.Result.Failed) invoke(Optional.empty());
    assertThat(failed.failure().message()).contains("RUN has no code yet");
    assertThat(calls).isEmpty();
  }
}
