package io.patchbay.executor.box;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution.Outcome;
import io.patchbay.executor.Execution.Outcome.Failed;
import io.patchbay.executor.Execution.Outcome.Returned;
import io.patchbay.executor.Execution.Reason;
import io.patchbay.executor.Executor.Level;
import io.patchbay.executor.box.Launcher.Up;
import io.patchbay.executor.egress.AddressRange;
import io.patchbay.executor.egress.EgressPolicy;
import io.patchbay.executor.egress.EgressRule;
import io.patchbay.executor.egress.OperatorBounds;
import io.patchbay.executor.egress.OwnPorts;
import io.patchbay.executor.net.CallNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Tries from the inside what a box must refuse. A launcher that fails it is never used. */
final class SelfTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int TRIES = 3;
  private static final String NOTHING_OPEN = "[]";
  private static final String NETWORK_WORKS = "\"works\"";

  private final Clock clock;
  private final Requests requests;
  private final Deadlines deadlines;

  SelfTest(Clock clock, Requests requests, Deadlines deadlines) {
    this.clock = clock;
    this.requests = requests;
    this.deadlines = deadlines;
  }

  /** What is open in the box that must not be; empty if nothing is. */
  Optional<String> problem(Up up, Level level) {
    String event = "{\"level\":\"%s\"}".formatted(level.text());
    return run(up, event, EgressPolicy.closed(), NOTHING_OPEN)
        .map(found -> "the box is open: " + found);
  }

  /** Why connections do not work as they are decided; empty if they do. */
  Optional<String> networkProblem(Up up) {
    try (ServerSocket allowed = listener();
        ServerSocket denied = listener()) {
      Thread.ofVirtual().start(() -> greet(allowed));
      EgressRule only =
          new EgressRule.Range(
              new AddressRange(allowed.getInetAddress(), 32),
              OptionalInt.of(allowed.getLocalPort()));
      OwnPorts none = OwnPorts.ofThisMachine();
      EgressPolicy policy =
          new EgressPolicy(
              List.of(only), false, new OperatorBounds(OperatorBounds.SINGLE_WORKSPACE, none));
      String event =
          "{\"allowed\":%d,\"denied\":%d}".formatted(allowed.getLocalPort(), denied.getLocalPort());
      return run(up, event, policy, NETWORK_WORKS);
    } catch (IOException noListener) {
      return Optional.of("connections could not be tried: " + noListener);
    }
  }

  private static ServerSocket listener() throws IOException {
    return new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
  }

  private static void greet(ServerSocket listener) {
    while (!listener.isClosed()) {
      try (Socket caller = listener.accept()) {
        caller.getOutputStream().write("ok".getBytes(UTF_8));
      } catch (IOException gone) {
        // The caller or the listener; the code in the box tells whether it was greeted.
      }
    }
  }

  /**
   * What came of it, if it is not what was wanted. Whatever kills a process may kill this one,
   * which says nothing about the box: it is tried again.
   */
  private Optional<String> run(Up up, String event, EgressPolicy policy, String wanted) {
    Optional<String> problem = Optional.empty();
    for (int tries = 0; tries < TRIES; tries++) {
      Outcome outcome;
      try (BoxConnection connection =
          new BoxConnection(clock, deadlines, new CallNetwork(policy, clock))) {
        outcome = connection.converse(up, requests.fresh(call(event, policy), up, LIMIT), LIMIT);
        problem = problem(outcome, wanted, connection.log());
      } catch (NobodyListensException gone) {
        return Optional.of("the launcher does not listen: " + gone.getMessage());
      }
      if (!(outcome instanceof Failed(Reason reason, _, _, _)) || reason != Reason.KILLED) {
        return problem;
      }
    }
    return problem;
  }

  private static Optional<String> problem(Outcome outcome, String wanted, CallLog log) {
    return switch (outcome) {
      case Returned(String found) when found.equals(wanted) -> Optional.empty();
      case Returned(String found) -> Optional.of(found);
      case Failed failed -> Optional.of("the self-test failed: " + describe(failed, log));
    };
  }

  private CodeCall call(String event, EgressPolicy policy) {
    return new CodeCall(
        "self-test", "SELF_TEST", source(), event, clock.instant().plus(LIMIT), 64L << 20, policy);
  }

  private static String describe(Failed failed, CallLog log) {
    return failed.message()
        + failed.traceback().map(trace -> " " + trace).orElse("")
        + (log.records().isEmpty() ? "" : " " + log.records());
  }

  private static String source() {
    try (InputStream in = SelfTest.class.getResourceAsStream("self_test.py")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
