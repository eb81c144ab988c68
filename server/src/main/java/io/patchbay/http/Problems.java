package io.patchbay.http;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import io.patchbay.base.Problem;
import io.patchbay.base.Refusal;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** RFC 9457 problem documents. */
final class Problems {
  static final String TYPE = "application/problem+json";

  private Problems() {}

  static Reply of(Refusal refusal) {
    return of(refusal.code(), String.valueOf(refusal.getMessage()), refusal.problems());
  }

  static Reply of(ErrorCode code, String detail) {
    return of(code, detail, List.of());
  }

  private static Reply of(ErrorCode code, String detail, List<Problem> problems) {
    ObjectNode document =
        Json.object()
            .put("type", "urn:patchbay:problem:" + code.wire())
            .put("title", code.title())
            .put("status", code.status())
            .put("code", code.wire())
            .put("detail", detail);
    if (!problems.isEmpty()) {
      Views.problems(document.putArray("problems"), problems);
    }
    Reply reply = Reply.of(code.status(), TYPE, Json.write(document));
    return switch (code) {
      case UNAUTHENTICATED -> reply.header("WWW-Authenticate", "Bearer realm=\"patchbay\"");
      case TOO_MANY_REQUESTS, UNAVAILABLE -> reply.header("Retry-After", "1");
      default -> reply;
    };
  }
}
