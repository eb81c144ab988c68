package io.patchbay.http;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import io.patchbay.base.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Signing in and out with a browser. */
final class SessionRoutes {
  private static final String PATH = "/api/v1/session";

  private final Gate gate;

  SessionRoutes(Gate gate) {
    this.gate = gate;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", PATH, Access.PUBLIC, this::signIn)
            .described("signIn", "Opens a session for a browser: sets the cookie")
            .takesJson("SignIn", Route.TINY)
            .answersJson("Session", "Signed in")
            .refuses(
                ErrorCode.UNAUTHENTICATED,
                ErrorCode.FORBIDDEN,
                ErrorCode.TOO_LARGE,
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                ErrorCode.INVALID_CONTENT,
                ErrorCode.TOO_MANY_REQUESTS),
        Route.of("GET", PATH, Access.PUBLIC, this::show)
            .described("getSession", "Tells whether this browser is signed in")
            .answersJson("Session", "Signed in or not"),
        Route.of("DELETE", PATH, Access.SIGNED_IN, this::signOut)
            .described("signOut", "Ends the session")
            .answers(204, "Signed out"),
        Route.of("GET", "/signin", Access.PUBLIC, this::followLink)
            .query("code", "Cursor", "of the one-time link"));
  }

  private Reply signIn(Request request) {
    var problems = new ArrayList<Problem>();
    var fields = Fields.strict(request.body().requiredJson(), problems);
    String token = fields.text("token", 1, 4096).orElse("");
    fields.require("token", !token.isEmpty());
    fields.finish();
    return gate.signInRefusal(request, token).orElseGet(() -> opened(request));
  }

  private Reply opened(Request request) {
    Sessions.Opened opened = gate.open();
    return Reply.json(view(Optional.of(opened.session())))
        .header("Set-Cookie", cookie(request, opened.id(), Sessions.LIFETIME.toSeconds()));
  }

  private Reply show(Request request) {
    return Reply.json(view(gate.current(request)));
  }

  private Reply signOut(Request request) {
    gate.close(request);
    return Reply.empty().header("Set-Cookie", cookie(request, "", 0));
  }

  /** HEAD, which programs send to preview a link, does not use it up. */
  private Reply followLink(Request request) {
    if (!request.method().equals("GET")) {
      return Reply.redirect("/");
    }
    Optional<Reply> refusal = gate.linkRefusal(request, request.query("code").orElse(""));
    if (refusal.isPresent()) {
      return refusal.get().status() == ErrorCode.UNAUTHENTICATED.status()
          ? Reply.redirect("/#link-expired")
          : refusal.get();
    }
    String cookie = cookie(request, gate.open().id(), Sessions.LIFETIME.toSeconds());
    return Reply.redirect("/").header("Set-Cookie", cookie);
  }

  private static ObjectNode view(Optional<Sessions.Session> session) {
    ObjectNode view = Json.object().put("signed_in", session.isPresent());
    session.ifPresent(
        s -> view.put("csrf_token", s.csrfToken()).put("expires_at", Views.time(s.endsAt())));
    return view;
  }

  private static String cookie(Request request, String value, long seconds) {
    return Request.SESSION_COOKIE
        + "="
        + value
        + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
        + seconds
        + (request.isSecure() ? "; Secure" : "");
  }
}
