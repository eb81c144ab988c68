package io.patchbay.integration.webhook;

import io.patchbay.bot.Bot;
import io.patchbay.bot.Integration;
import io.patchbay.executor.egress.EgressPolicy;
import io.patchbay.executor.egress.OperatorBounds;
import io.patchbay.executor.work.Budget;
import io.patchbay.integration.Failure;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.Invoker;
import io.patchbay.integration.LogLine;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.ByteString;

/**
 * POSTs a payload to the team's own API, once, and reads its answer. Safe for use by many threads;
 * each call blocks the thread that makes it.
 */
public final class WebhookInvoker implements Invoker<Integration.Api>, AutoCloseable {
  private final OperatorBounds bounds;
  private final Transport transport;
  private final String userAgent;
  private final Clock clock;

  /** Resolves names and trusts certificates as the machine does. */
  public WebhookInvoker(OperatorBounds bounds, String version, Clock clock) {
    this(bounds, HostResolver.SYSTEM, Transport.platformTrust(), version, clock);
  }

  /**
   * @param trust decides which certificates are trusted; host names are always checked as well
   * @param version of Patchbay, for the user agent
   */
  public WebhookInvoker(
      OperatorBounds bounds,
      HostResolver resolver,
      X509TrustManager trust,
      String version,
      Clock clock) {
    this.bounds = bounds;
    this.transport = new Transport(resolver, trust);
    this.userAgent = "Patchbay/" + version;
    this.clock = clock;
  }

  @Override
  public Reply invoke(Call<Integration.Api> call) {
    Outgoing outgoing =
        Budget.spend(call.body().length(), () -> Outgoing.of(call, clock.instant(), userAgent));
    return switch (outgoing) {
      case Outgoing.Refused(String why) ->
          new Reply(
              new Result.Failed(new Failure(FailureReason.CONNECT_FAILED, why)),
              List.of(),
              List.of(),
              Map.of());
      case Outgoing.Ready request -> send(call, request);
    };
  }

  private Reply send(Call<Integration.Api> call, Outgoing.Ready outgoing) {
    Bot bot = call.bot();
    var trace =
        new Trace(
            EgressPolicy.of(bot.egress().allow(), bot.egress().publicOpen(), bounds),
            outgoing.endpoint(),
            call.mask(),
            clock,
            new Trace.Budget(call.timeout(), Duration.between(clock.instant(), call.deadline())));
    Result result = exchange(outgoing, trace);
    List<LogLine> logs =
        outgoing.warnings().stream()
            .map(warning -> new LogLine("WARNING", "webhook", warning, clock.instant()))
            .toList();
    return new Reply(
        result,
        logs,
        trace.egress(),
        trace.measures(),
        () -> Optional.of(trace.transcript().exchange(outgoing, trace.mask())));
  }

  private Result exchange(Outgoing.Ready outgoing, Trace trace) {
    if (trace.remaining().isZero()) {
      return new Result.Failed(Breaks.timeout(trace));
    }
    Request request =
        new Request.Builder()
            .url(outgoing.endpoint().url())
            .headers(outgoing.headers())
            .post(new SentOnce(outgoing.body()))
            .build();
    try {
      return transport.exchange(request, trace, new Answers(trace)::read);
    } catch (IOException e) {
      return new Result.Failed(Breaks.beforeAnswer(e, trace));
    } catch (IllegalArgumentException | IllegalStateException e) {
      // The client throws these for some headers that it cannot make sense of, such as a
      // Content-Length below zero.
      return new Result.Failed(Breaks.beforeAnswer(new ProtocolException("" + e), trace));
    }
  }

  @Override
  public void close() {
    transport.close();
  }

  /**
   * A body of known length that the client may not send again by itself; it otherwise does for
   * status 503 with {@code Retry-After: 0}.
   */
  private static final class SentOnce extends RequestBody {
    private final ByteString bytes;

    SentOnce(ByteString bytes) {
      this.bytes = bytes;
    }

    @Override
    public MediaType contentType() {
      return MediaType.get("application/json");
    }

    @Override
    public long contentLength() {
      return bytes.size();
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.write(bytes);
    }
  }
}
