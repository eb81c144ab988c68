package io.patchbay.integration.webhook;

import static io.patchbay.integration.FailureReason.BAD_CONTENT;
import static io.patchbay.integration.FailureReason.BAD_STATUS;
import static io.patchbay.integration.FailureReason.CONNECT_FAILED;
import static io.patchbay.integration.FailureReason.DNS_FAILED;
import static io.patchbay.integration.FailureReason.EGRESS_DENIED;
import static io.patchbay.integration.FailureReason.INSECURE_URL;
import static io.patchbay.integration.FailureReason.INTERRUPTED;
import static io.patchbay.integration.FailureReason.OVERLOADED;
import static io.patchbay.integration.FailureReason.RESPONSE_TOO_LARGE;
import static io.patchbay.integration.FailureReason.TIMEOUT;
import static io.patchbay.integration.FailureReason.TLS_FAILED;

import io.patchbay.integration.Failure;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ProtocolException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Says why an exchange broke: by how far it came, since the same exception means different things
 * at different places. Messages of exceptions may quote what was sent or received and are shown
 * only where they cannot.
 */
final class Breaks {
  /** The two clocks of a deadline, ours and the client's, may differ by as much. */
  private static final Duration SLACK = Duration.ofMillis(20);

  private Breaks() {}

  /** No answer came. */
  static Failure beforeAnswer(IOException e, Trace trace) {
    Optional<Failure> stopped = stopped(trace);
    if (stopped.isPresent()) {
      return stopped.get();
    }
    if (trace.status().isPresent()) {
      return new Failure(
          trace.status().getAsInt() == 200 ? BAD_CONTENT : BAD_STATUS,
          "%s answered with status %d and then broke the rules of HTTP"
              .formatted(trace.shownTarget(), trace.status().getAsInt()));
    }
    return switch (trace.phase().orElse(Trace.Phase.CONNECT)) {
      case DNS -> new Failure(DNS_FAILED, notResolved(e).formatted(trace.shownTarget()));
      case CONNECT -> notConnected(trace);
      case TLS -> new Failure(TLS_FAILED, tls(e, trace));
      case SEND, WAIT, READ -> noAnswer(e, trace);
    };
  }

  /** The answer's body did not come to its end. */
  static Failure whileReading(IOException e, Trace trace) {
    String why = e instanceof ProtocolException ? "broke the rules of HTTP" : "broke off";
    return stopped(trace)
        .orElseGet(() ->
            new Failure(
                BAD_CONTENT,
                "the answer of %s %s before its end".formatted(trace.shownTarget(), why)));
  }

  static Failure timeout(Trace trace) {
    String doing = trace.phase().map(phase -> ", still " + phase.text()).orElse("");
    return new Failure(
        TIMEOUT,
        "no complete answer from %s within %s s%s"
            .formatted(trace.shownTarget(), seconds(trace.timeout()), doing));
  }

  private static Optional<Failure> stopped(Trace trace) {
    if (Thread.currentThread().isInterrupted()) {
      return Optional.of(new Failure(INTERRUPTED, "the server was stopped meanwhile"));
    }
    Optional<Failure> ended =
        trace.sockets().stream().flatMap(socket -> ended(socket.state(), trace).stream()).findAny();
    if (ended.isPresent()) {
      return ended;
    }
    return trace.remaining().compareTo(SLACK) <= 0 ? Optional.of(timeout(trace)) : Optional.empty();
  }

  /** Reading was ended by us. */
  private static Optional<Failure> ended(Received.State state, Trace trace) {
    return switch (state) {
      case OPEN -> Optional.empty();
      case TOO_MUCH ->
          Optional.of(
              new Failure(
                  RESPONSE_TOO_LARGE,
                  "the answer of %s takes more than %d bytes on the wire, head and framing included"
                      .formatted(trace.shownTarget(), Received.MOST)));
      case NO_ROOM ->
          Optional.of(
              new Failure(
                  OVERLOADED,
                  "the server had no memory for the answer of %s in time"
                      .formatted(trace.shownTarget())));
    };
  }

  private static String notResolved(IOException e) {
    return e instanceof Lookups.CrowdedException
        ? "the name of %s was not looked up: too many names of this bot are being looked up now"
        : "the name of %s has no address";
  }

  private static Failure notConnected(Trace trace) {
    boolean allRefused = trace.sockets().stream().allMatch(socket -> socket.refusal().isPresent());
    if (allRefused && !trace.sockets().isEmpty()) {
      return refused(trace);
    }
    String why =
        trace.sockets().stream()
            .flatMap(socket -> socket.failure().stream())
            .distinct()
            .collect(Collectors.joining(", "));
    return new Failure(
        CONNECT_FAILED, "could not connect to %s: %s".formatted(trace.shownTarget(), why));
  }

  private static Failure refused(Trace trace) {
    String why =
        trace.sockets().stream()
            .flatMap(socket -> socket.refusal().stream())
            .distinct()
            .collect(Collectors.joining("; "));
    return trace.endpoint().cleartext()
        ? new Failure(
            INSECURE_URL,
            "http:// is accepted only to an address that egress.allow names and the operator permits: "
                + why)
        : new Failure(EGRESS_DENIED, "the connection is not allowed: " + why);
  }

  private static String tls(IOException e, Trace trace) {
    String target = trace.shownTarget();
    if (e instanceof SSLPeerUnverifiedException) {
      return "the certificate of %s is for another host name".formatted(target);
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return "the certificate of %s is not trusted or not valid now".formatted(target);
      }
    }
    return "the TLS handshake with %s failed; does it speak TLS there?".formatted(target);
  }

  private static Failure noAnswer(IOException e, Trace trace) {
    boolean spoke = trace.sockets().getLast().bytesIn() > 0 && !trace.endpoint().url().isHttps();
    if (spoke || e instanceof ProtocolException) {
      return new Failure(
          BAD_CONTENT,
          "%s does not speak HTTP there, or broke off before its answer's body"
              .formatted(trace.shownTarget()));
    }
    return new Failure(
        CONNECT_FAILED,
        "%s closed the connection without an answer".formatted(trace.shownTarget()));
  }

  private static String seconds(Duration timeout) {
    return BigDecimal.valueOf(timeout.toMillis(), 3).stripTrailingZeros().toPlainString();
  }
}
