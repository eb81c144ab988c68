package io.patchbay.http;

import io.javalin.http.Context;
import io.patchbay.base.Elapsed;
import io.patchbay.base.ErrorCode;
import io.patchbay.base.Ids;
import io.patchbay.base.Refusal;
import io.patchbay.base.Unavailable;
import io.patchbay.executor.work.Busy;
import io.patchbay.executor.work.Work;
import io.patchbay.integration.Following;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one request through: find its route, let it in, handle it, send the reply, log a line. */
final class Desk {
  /** On every answer; what a reply says itself comes after. */
  static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:;"
              + " connect-src 'self'; form-action 'self'; base-uri 'none';"
              + " frame-ancestors 'none'; require-trusted-types-for 'script'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
  private static final int PIECE = 32 * 1024;

  private final RouteTable table;
  private final Gate gate;
  private final Ids ids;
  private final Clock clock;
  private final RequestObserver observer;
  private final Work work;

  Desk(RouteTable table, Gate gate, Ids ids, Clock clock, RequestObserver observer, Work work) {
    this.table = table;
    this.gate = gate;
    this.ids = ids;
    this.clock = clock;
    this.observer = observer;
    this.work = work;
  }

  void serve(Context context) {
    String traceparent = context.req().getHeader("traceparent");
    try (Following _ = observer.arrives(Optional.ofNullable(traceparent))) {
      take(context);
    }
  }

  private void take(Context context) {
    Instant begun = clock.instant();
    RouteTable.Found found = table.find(context.req().getMethod(), context.req().getRequestURI());
    Reply reply =
        switch (found) {
          case RouteTable.Found.Hit(Route route, Map<String, String> parameters) ->
              // What a bot's data costs is shared by bot; what belongs to none, among those.
              work.serve(
                  parameters.getOrDefault("bot", ""), () -> answer(context, route, parameters));
          case RouteTable.Found.WrongMethod(String allow) ->
              Problems.of(ErrorCode.METHOD_NOT_ALLOWED, "Allowed here: " + allow + ".")
                  .header("Allow", allow);
          case RouteTable.Found.Nothing() ->
              Problems.of(ErrorCode.NOT_FOUND, "See /openapi.json for what there is.");
        };
    answered(found, reply.status(), Elapsed.between(begun, clock.instant()));
    send(context, reply);
  }

  /** The route, not the path: paths hold users' ids, queries hold codes. */
  private void answered(RouteTable.Found found, int status, Duration took) {
    String method = found instanceof RouteTable.Found.Hit hit ? hit.route().method() : "other";
    String route = found instanceof RouteTable.Found.Hit hit ? hit.route().path() : "none";
    observer.answered(method, route, status, took);
    LOG.debug("{} {} {} {} ms", method, route, status, took.toMillis());
  }

  private Reply answer(Context context, Route route, Map<String, String> parameters) {
    try {
      var request = new Request(context, route, parameters);
      Optional<Reply> refusal = gate.refusal(request, route.access());
      if (refusal.isPresent()) {
        return refusal.get();
      }
      request.refuseUnknownParameters();
      Reply reply = route.handler().handle(request);
      return Revisions.isKnown(request, reply) ? withoutBody(reply) : reply;
    } catch (Refusal e) {
      return Problems.of(e);
    } catch (Unavailable e) {
      return unavailable(route, e);
    } catch (Busy e) {
      return busy(route, e);
    } catch (UncheckedIOException e) {
      LOG.debug("the body of {} broke off", route, e);
      return Problems.of(ErrorCode.INVALID_REQUEST, "The body broke off.");
    } catch (RuntimeException | StackOverflowError e) {
      return e instanceof HttpException ? brokenRequest() : internal(route, e);
    }
  }

  private static Reply withoutBody(Reply reply) {
    return new Reply(304, Optional.empty(), reply.headers());
  }

  /** What the server library found wrong while the body was read. */
  private static Reply brokenRequest() {
    return Problems.of(ErrorCode.INVALID_REQUEST, "The request is not valid HTTP.");
  }

  /** Of a full disk there may be thousands: each is one line of the log. */
  private Reply unavailable(Route route, Unavailable e) {
    if (e.code() == ErrorCode.INTERNAL) {
      return internal(route, e);
    }
    String id = ids.next("err");
    LOG.error("{} failed, {}: {}", route, id, e.getMessage());
    return Problems.of(e.code(), e.advice() + " The server's log has more under " + id + ".");
  }

  private static Reply busy(Route route, Busy e) {
    LOG.warn("{} was not served: {}", route, e.getMessage());
    return Problems.of(
        ErrorCode.UNAVAILABLE, "The server is busy. Nothing of this was kept; send it again.");
  }

  private Reply internal(Route route, Throwable e) {
    String id = ids.next("err");
    LOG.error("{} failed, {}", route, id, e);
    return Problems.of(ErrorCode.INTERNAL, "The server's log has more under " + id + ".");
  }

  private static void send(Context context, Reply reply) {
    context.status(reply.status());
    HEADERS.forEach(context::header);
    reply.headers().forEach(context::header);
    try {
      if (reply.body().isPresent()) {
        send(context, reply.body().get());
      }
    } catch (IOException e) {
      LOG.debug("an answer was not read to its end", e);
    }
  }

  /** Piece by piece: of each the JDK keeps a copy outside of the heap, and keeps its room. */
  private static void send(Context context, Reply.Body body) throws IOException {
    byte[] bytes = body.bytes();
    context.contentType(body.type());
    context.res().setContentLength(bytes.length);
    OutputStream out = context.res().getOutputStream();
    for (int at = 0; at < bytes.length; at += PIECE) {
      out.write(bytes, at, Math.min(PIECE, bytes.length - at));
    }
  }
}
