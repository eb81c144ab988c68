package io.patchbay.integration.webhook;

import static io.patchbay.integration.FailureReason.BAD_CONTENT;
import static io.patchbay.integration.FailureReason.BAD_STATUS;
import static io.patchbay.integration.FailureReason.OVERLOADED;
import static io.patchbay.integration.FailureReason.RESPONSE_TOO_LARGE;

import io.patchbay.base.Json;
import io.patchbay.base.Surrogates;
import io.patchbay.executor.work.Budget;
import io.patchbay.executor.work.Busy;
import io.patchbay.integration.Failure;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.Invoker.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes an outcome of an answer. */
final class Answers {
  /** Most bytes of a body (contract K15). */
  static final int MAX_BODY = 1024 * 1024;

  /** How long the body of an answer that is not wanted is waited for, to show how it begins. */
  private static final Duration PEEK = Duration.ofMillis(250);

  /** Most bytes that are kept of an answer that is not taken whole. */
  static final int PEEK_BYTES = 16 * 1024;

  /** Steps of decoding, parsing and checking an answer, by byte. */
  private static final long STEPS = 3;

  private static final Pattern PLACE = Pattern.compile(" at line \\d+, column \\d+$");

  private final Trace trace;

  Answers(Trace trace) {
    this.trace = trace;
  }

  Result read(Response response) {
    if (response.code() != 200) {
      return badStatus(response);
    }
    if (response.body().contentLength() > MAX_BODY) {
      peek(response);
      return tooLarge();
    }
    BufferedSource source = response.body().source();
    byte[] body;
    try {
      if (source.request(MAX_BODY + 1L)) {
        keep(source, true);
        return tooLarge();
      }
      body = source.readByteArray();
    } catch (IOException e) {
      keep(source, true);
      return new Result.Failed(Breaks.whileReading(e, trace));
    }
    trace.transcript().body(body, false);
    // Where the machine stood still, the client may not have noticed yet that time is up.
    return trace.remaining().isZero()
        ? new Result.Failed(Breaks.timeout(trace))
        : admitted(response, body);
  }

  private Result admitted(Response response, byte[] body) {
    try {
      Budget.hold(body.length);
      return Budget.spend(STEPS * body.length, () -> parse(response, body));
    } catch (Busy noRoom) {
      return failed(
          OVERLOADED,
          "%s has answered, but the server had too much to work on to read that"
              .formatted(trace.shownTarget()));
    }
  }

  /** Exactly 200 is success (contract K3). */
  private Result badStatus(Response response) {
    int status = response.code();
    String more = status >= 300 && status < 400 ? "; redirects are not followed" : "";
    String begins = Excerpt.of(peek(response), trace.mask(), true);
    return failed(
        BAD_STATUS,
        "%s answered with status %d instead of 200%s%s"
            .formatted(
                trace.shownTarget(), status, more, begins.isEmpty() ? "" : ", saying: " + begins));
  }

  /** How the body begins, as far as it comes in time. */
  private String peek(Response response) {
    BufferedSource source = response.body().source();
    boolean more = true;
    try {
      source.timeout().deadline(PEEK.toMillis(), TimeUnit.MILLISECONDS);
      more = source.request(PEEK_BYTES + 1L);
    } catch (IOException e) {
      // What came until now is shown.
    }
    return Transcript.text(keep(source, more), more);
  }

  /** Keeps the beginning of what was received. */
  private byte[] keep(BufferedSource source, boolean more) {
    Buffer received = source.getBuffer();
    byte[] begins = received.snapshot((int) Math.min(received.size(), PEEK_BYTES)).toByteArray();
    trace.transcript().body(begins, more);
    return begins;
  }

  private Result tooLarge() {
    return failed(
        RESPONSE_TOO_LARGE,
        "the answer of %s is larger than %d bytes".formatted(trace.shownTarget(), MAX_BODY));
  }

  private Result parse(Response response, byte[] body) {
    if (body.length == 0) {
      return bad(response, "an empty body", "");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return bad(response, "bytes that are not UTF-8", new String(body, StandardCharsets.UTF_8));
    }
    String json = text.startsWith("\ufeff") ? text.substring(1) : text;
    JsonNode value;
    try {
      value = Json.parse(json);
    } catch (Json.MalformedJson e) {
      return bad(response, "what is not well-formed JSON" + why(e), json);
    }
    if (!(value instanceof ObjectNode object)) {
      return bad(response, "JSON that is not an object", json);
    }
    return Surrogates.find(object).isEmpty()
        ? new Result.Succeeded(object)
        : bad(response, "JSON with half of a surrogate pair in a text", json);
  }

  /** Only fixed words and numbers: the parser's own message may quote a part of a secret. */
  private static String why(Json.MalformedJson e) {
    String message = String.valueOf(e.getMessage());
    Matcher place = PLACE.matcher(message);
    String where = place.find() ? place.group() : "";
    if (message.startsWith("Duplicate")) {
      return " (a key comes twice)" + where;
    }
    return (message.contains("nested deeper") ? " (too deeply nested)" : "") + where;
  }

  private Result bad(Response response, String what, String body) {
    var message = new StringBuilder();
    message.append(trace.shownTarget()).append(" answered 200 with ").append(what);
    String encoding = response.header("Content-Encoding", "identity");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      message.append(", compressed although that was not asked for");
    }
    String type = response.header("Content-Type");
    if (type != null) {
      message.append(", content type ").append(Excerpt.of(type, trace.mask(), false));
    }
    if (!body.isEmpty()) {
      message.append("; it begins: ").append(Excerpt.of(body, trace.mask(), false));
    }
    return failed(BAD_CONTENT, message.toString());
  }

  private static Result failed(FailureReason reason, String message) {
    return new Result.Failed(new Failure(reason, message));
  }
}
