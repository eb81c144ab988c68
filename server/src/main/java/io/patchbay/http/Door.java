package io.patchbay.http;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Where every request comes in. The server library's own threads, which are platform threads, never
 * do more than this: {@code /health/live} is answered by them, so that it needs nothing that the
 * rest could use up; everything else goes on by a virtual thread.
 */
final class Door extends Handler.Wrapper {
  static final String HEALTH = "/health/";
  static final String LIVE = HEALTH + "live";
  static final Reply ALIVE = Reply.json(Json.object().put("status", "live"));

  /** Requests of one connection that one thread answers before it turns to others. */
  private static final int IN_A_ROW = 16;

  private static final Reply FULL =
      Problems.of(
          ErrorCode.UNAVAILABLE,
          "There are too many connections. Nothing of this was kept; send it again.");

  private final Gate gate;
  private final RequestObserver observer;
  private final ThreadFactory threads = Thread.ofVirtual().name("patchbay-request-", 0).factory();

  Door(Gate gate, RequestObserver observer) {
    this.gate = gate;
    this.observer = observer;
  }

  /** Whatever is behind it: {@link #handle} itself never blocks. */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Visit visit = Connected.of(request).visit();
    if (!visit.begin(System.nanoTime())) {
      callback.failed(new EofException("the head came too late"));
      return true;
    }
    Request.addCompletionListener(request, _ -> visit.end(System.nanoTime()));
    request.setAttribute(Visit.ATTRIBUTE, visit);
    if (visit.isReserved()) {
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
    if (isLive(request)) {
      live(request, response, callback);
    } else if (visit.isReserved() && !mayUseReserve(request)) {
      observer.connection(RequestObserver.Connection.REFUSED);
      Answers.send(FULL, response, callback);
    } else {
      threads.newThread(() -> goOn(request, response, callback)).start();
    }
    return true;
  }

  private static boolean isLive(Request request) {
    HttpURI uri = request.getHttpURI();
    boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    return reads && LIVE.equals(uri.getPath()) && uri.getQuery() == null;
  }

  /** At once; now and then others come first, since many may be sent at once. */
  private void live(Request request, Response response, Callback callback) {
    observer.answered("GET", LIVE, ALIVE.status(), Duration.ZERO);
    Runnable answer = () -> Answers.send(ALIVE, response, callback);
    if (request.getConnectionMetaData().getConnection().getMessagesIn() % IN_A_ROW == 0) {
      getServer().getThreadPool().execute(answer);
    } else {
      answer.run();
    }
  }

  private boolean mayUseReserve(Request request) {
    String path = request.getHttpURI().getPath();
    return (path != null && path.startsWith(HEALTH))
        || gate.isOperator(
            Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION)),
            Request.getCookies(request).stream()
                .filter(cookie -> cookie.getName().equals(io.patchbay.http.Request.SESSION_COOKIE))
                .map(HttpCookie::getValue)
                .findFirst());
  }

  private void goOn(Request request, Response response, Callback callback) {
    try {
      if (!super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, ErrorCode.NOT_FOUND.status());
      }
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }
}
