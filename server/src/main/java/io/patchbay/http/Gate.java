package io.patchbay.http;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides who comes in: by the administrator's token, or by a session. */
final class Gate {
  static final String CSRF_HEADER = "X-CSRF-Token";

  private static final Pattern BEARER = Pattern.compile("(?i)bearer +(\\S+) *");
  private static final String HOW =
      "Send the header \"Authorization: Bearer <token>\" with the administrator's token.";

  private final Digest token;
  private final Sessions sessions;
  private final SignInCodes codes;
  private final AttemptLimit limit;
  private final Hosts hosts;

  Gate(Secret token, Sessions sessions, SignInCodes codes, AttemptLimit limit, Hosts hosts) {
    this.token = Digest.of(token.reveal());
    this.sessions = sessions;
    this.codes = codes;
    this.limit = limit;
    this.hosts = hosts;
  }

  /** Empty when the request may go on, else why not. */
  Optional<Reply> refusal(Request request, Access access) {
    return switch (access) {
      case PUBLIC -> Optional.empty();
      case SIGNED_IN -> {
        Optional<String> authorization = request.header("Authorization");
        yield authorization.isPresent() ? bearer(request, authorization.get()) : session(request);
      }
    };
  }

  private Optional<Reply> bearer(Request request, String authorization) {
    Matcher matcher = BEARER.matcher(authorization);
    if (!matcher.matches()) {
      return Optional.of(Problems.of(ErrorCode.UNAUTHENTICATED, HOW));
    }
    return guess(request, Digest.of(matcher.group(1)).equals(token), "This token is not valid.");
  }

  private Optional<Reply> session(Request request) {
    Optional<Sessions.Session> session = cookie(request);
    if (session.isEmpty()) {
      return Optional.of(Problems.of(ErrorCode.UNAUTHENTICATED, HOW));
    }
    if (!hosts.isOurs(request)) {
      return Optional.of(foreign());
    }
    boolean meant =
        request.isSafe()
            || request
                .header(CSRF_HEADER)
                .filter(sent -> Digest.of(sent).equals(Digest.of(session.get().csrfToken())))
                .isPresent();
    return meant
        ? Optional.empty()
        : Optional.of(
            Problems.of(
                ErrorCode.FORBIDDEN,
                "Send the csrf_token of GET /api/v1/session in the header " + CSRF_HEADER + "."));
  }

  /**
   * Whether who sends these may look after the server. Decides nothing but whether the request is
   * taken in at all, so it counts as no attempt.
   *
   * @param session id of the cookie
   */
  boolean isOperator(Optional<String> authorization, Optional<String> session) {
    boolean bearer =
        authorization
            .map(BEARER::matcher)
            .filter(Matcher::matches)
            .filter(m -> Digest.of(m.group(1)).equals(token))
            .isPresent();
    return bearer || session.flatMap(sessions::find).isPresent();
  }

  /** The session that the request's own page may know of. */
  Optional<Sessions.Session> current(Request request) {
    return hosts.isOurs(request) ? cookie(request) : Optional.empty();
  }

  private Optional<Sessions.Session> cookie(Request request) {
    return request.sessionCookie().flatMap(sessions::find);
  }

  /** A new session for who knows the token. Empty when it may be opened, else why not. */
  Optional<Reply> signInRefusal(Request request, String guess) {
    return hosts.isOurs(request)
        ? guess(request, Digest.of(guess).equals(token), "This token is not valid.")
        : Optional.of(foreign());
  }

  /** As {@link #signInRefusal}, for a code, which is used up. */
  Optional<Reply> linkRefusal(Request request, String code) {
    return hosts.isOurs(request)
        ? guess(request, codes.redeem(code), "This link was used before or is too old.")
        : Optional.of(foreign());
  }

  Sessions.Opened open() {
    return sessions.open();
  }

  void close(Request request) {
    request.sessionCookie().ifPresent(sessions::close);
  }

  /**
   * Who is right is let in even while the address must wait: others may share it, as all do behind
   * a proxy, and must not keep the operator out.
   */
  private Optional<Reply> guess(Request request, boolean right, String wrong) {
    if (right) {
      return Optional.empty();
    }
    Duration pause = limit.pause(request.address());
    if (!pause.isZero()) {
      long seconds = pause.plusMillis(999).toSeconds();
      return Optional.of(
          Problems.of(ErrorCode.TOO_MANY_REQUESTS, "Too many failed attempts from this address.")
              .header("Retry-After", Long.toString(seconds)));
    }
    limit.failed(request.address());
    return Optional.of(Problems.of(ErrorCode.UNAUTHENTICATED, wrong));
  }

  private static Reply foreign() {
    return Problems.of(
        ErrorCode.FORBIDDEN,
        "Sessions work only under this server's own name and from its own pages."
            + " Where the name is right, add it to the server's host names.");
  }
}
