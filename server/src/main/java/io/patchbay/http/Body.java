package io.patchbay.http;

import io.javalin.http.Context;
import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import io.patchbay.base.Problem;
import io.patchbay.base.Refusal;
import io.patchbay.base.Surrogates;
import io.patchbay.executor.work.Budget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The body of a request, read at most once and never beyond its cap. */
final class Body {
  /** Bytes over the wire that are no body: of chunks, beside one for each byte of the body. */
  private static final long FRAMING = 64 * 1024;

  /** Bytes that are read before memory is asked for. */
  private static final int UNASKED = 16 * 1024;

  /** Bytes that are read at once; every body that drips in has so many ready. */
  private static final int PIECE = 4 * 1024;

  /** Pieces that are read without letting others have the thread, as long as there are some. */
  private static final int AT_ONCE = 256;

  // Jackson names its own classes and settings in messages; callers need not know them.
  private static final Pattern INTERNALS =
      Pattern.compile(
          " ?\\((?:for \\w+ starting|start marker) at \\[[^]]*]\\)"
              + "|: (?:enable|not allowed as per) `[^`]*`(?: to allow)?"
              + "|,? ?\\(?(?:bound as |from |as )?`[^`]*`\\)?");

  private static final Pattern CHARSET = Pattern.compile(";\\s*charset\\s*=\\s*\"?([^;\"\\s]*)");

  private final Context context;
  private final Route.Body accepted;
  private final Optional<Visit> visit;

  Body(Context context, Route.Body accepted) {
    this.context = context;
    this.accepted = accepted;
    this.visit = Optional.ofNullable((Visit) context.req().getAttribute(Visit.ATTRIBUTE));
  }

  /** The JSON of the body; empty where there is no body and none is required. */
  Optional<JsonNode> json() {
    return structured(text -> Json.parse(text));
  }

  JsonNode requiredJson() {
    return json().orElseThrow(() -> malformed("The body is empty."));
  }

  /** The JSON or YAML of the body, by its content type. */
  JsonNode document(Yaml yaml) {
    return structured(type().equals(Reply.YAML) ? yaml.read() : Json::parse)
        .orElseThrow(() -> malformed("The body is empty."));
  }

  /** UTF-8 of any length up to the cap. */
  byte[] text() {
    requireType();
    byte[] bytes = read();
    if (Budget.spend(bytes.length, () -> Percent.utf8(bytes)).isEmpty()) {
      throw new Refusal(ErrorCode.INVALID_CONTENT, "The body is not text in UTF-8.");
    }
    return bytes;
  }

  private Optional<JsonNode> structured(Function<String, JsonNode> parser) {
    byte[] bytes = read();
    if (bytes.length == 0 && !accepted.required()) {
      return Optional.empty();
    }
    requireType();
    return Optional.of(Budget.spend(bytes.length, () -> parse(parser, bytes)));
  }

  private static JsonNode parse(Function<String, JsonNode> parser, byte[] bytes) {
    String text = Percent.utf8(bytes).orElseThrow(() -> malformed("The body is not UTF-8."));
    JsonNode node = parse(parser, text);
    List<Problem> problems = Surrogates.find(node);
    if (!problems.isEmpty()) {
      throw new Refusal(ErrorCode.INVALID_CONTENT, "The body holds broken text.", problems);
    }
    return node;
  }

  private static JsonNode parse(Function<String, JsonNode> parser, String text) {
    try {
      return parser.apply(text);
    } catch (Json.MalformedJson e) {
      String why = INTERNALS.matcher(String.valueOf(e.getMessage())).replaceAll("");
      if (why.contains("surrogate")) {
        throw new Refusal(ErrorCode.INVALID_CONTENT, "The body holds broken text: " + why + ".");
      }
      throw malformed("The body is not well-formed: " + why + ".");
    }
  }

  private static Refusal malformed(String message) {
    return new Refusal(ErrorCode.MALFORMED_JSON, message);
  }

  /** Media type in lower case without parameters; empty where there is none. */
  private String type() {
    return contentType().split(";", 2)[0].strip();
  }

  /** As it was sent, in lower case: the server library throws for a charset that it lacks. */
  private String contentType() {
    String header = context.req().getHeader("Content-Type");
    return header == null ? "" : header.toLowerCase(Locale.ROOT);
  }

  private void requireType() {
    String type = type();
    boolean known = accepted.media().stream().anyMatch(m -> m.type().equals(type));
    boolean utf8 =
        CHARSET.matcher(contentType()).results().allMatch(found -> found.group(1).equals("utf-8"));
    if (!known || !utf8 || context.req().getHeader("Content-Encoding") != null) {
      throw new Refusal(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "Send "
              + String.join(" or ", accepted.media().stream().map(Route.Media::type).toList())
              + " in UTF-8, not compressed.");
    }
  }

  private byte[] read() {
    visit.ifPresent(v -> v.expect(2L * accepted.cap() + FRAMING));
    if (context.req().getContentLengthLong() > accepted.cap()) {
      drain();
      throw tooLarge();
    }
    var bytes = new ByteArrayOutputStream();
    try {
      InputStream in = context.req().getInputStream();
      var chunk = new byte[PIECE];
      int held = UNASKED;
      int reads = 0;
      for (int n; (n = in.read(chunk)) >= 0; ) {
        if (bytes.size() + n > accepted.cap()) {
          drain();
          throw tooLarge();
        }
        bytes.write(chunk, 0, n);
        for (; bytes.size() > held; held *= 2) {
          Budget.hold(held);
        }
        if (++reads % AT_ONCE == 0) {
          letOthers();
        }
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw brokenOff(e);
    } finally {
      visit.ifPresent(Visit::arrived);
    }
  }

  /**
   * Reads on, up to what may come at all, so that a client which sends before it listens still
   * hears why it was refused.
   */
  private void drain() {
    try {
      InputStream in = context.req().getInputStream();
      var chunk = new byte[PIECE];
      while (in.read(chunk) >= 0) {
        letOthers();
      }
    } catch (IOException enough) {
      // It is refused already.
    }
  }

  /** A virtual thread whose every read finds something would never let go of its carrier. */
  @SuppressWarnings("ThreadPriorityCheck") // it is about sharing, not about order
  private static void letOthers() {
    Thread.yield();
  }

  private Refusal tooLarge() {
    return new Refusal(
        ErrorCode.TOO_LARGE, "The body may have " + accepted.cap() + " bytes at most.");
  }

  private RuntimeException brokenOff(IOException e) {
    if (visit.filter(Visit::isBodyTooLong).isPresent()) {
      return new Refusal(ErrorCode.TOO_LARGE, "The body's chunks are too small for its length.");
    }
    boolean late = visit.filter(v -> v.isBodyLate(System.nanoTime())).isPresent();
    return late || e.getCause() instanceof TimeoutException
        ? new Refusal(ErrorCode.REQUEST_TIMEOUT, "The body took too long to arrive.")
        : new UncheckedIOException(e);
  }
}
