package io.patchbay.fuzz;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What holds of every answer, whatever was asked. The one status from 500 up is 503 of {@code
 * /health/ready}, which says that the server is not ready.
 */
final class Rules {
  private static final String PROBLEM = "application/problem+json";

  /** Of Java, its libraries and this product; Python's own traces belong to the builder. */
  private static final Pattern INTERNALS =
      Pattern.compile(
          "\\bat [\\w.$]+\\([\\w.]+:\\d+\\)|\\b(?:java|javax|jdk|sun)\\.[a-z]+\\.[\\w.]*[A-Z]"
              + "|\\b(?:io\\.patchbay|io\\.javalin|tools\\.jackson|org\\.[a-z]+\\.[a-z]+)\\b"
              + "|\\b(?:[A-Z][a-z]+){2,}Exception\\b|Jetty|SQLITE_|StackOverflowError");

  /** Statuses that any request may meet. */
  private static final Set<Integer> EVERYWHERE = Set.of(304, 400, 401, 429);

  private static final Set<String> CODES =
      Arrays.stream(ErrorCode.values()).map(ErrorCode::wire).collect(Collectors.toSet());

  /** Answers hold what users sent in an envelope of ours, so that they may be a little deeper. */
  private static final JsonMapper ANY_DEPTH =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(Json.MAX_DEPTH + 50)
                          .maxStringLength(64 * 1024 * 1024)
                          .maxNumberLength(5000)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .build();

  private final List<String> secrets;
  private final List<String> paths;

  /**
   * @param secrets that no answer may hold, unless the request did
   * @param paths of this machine
   */
  Rules(List<String> secrets, List<String> paths) {
    this.secrets = List.copyOf(secrets);
    this.paths = List.copyOf(paths);
  }

  /** What is wrong with an answer, if anything is. */
  Optional<String> broken(Operation operation, Sent sent, Answer answer) {
    if (answer.isEmpty()) {
      return Optional.of("no answer");
    }
    return always(new String(sent.wire(), StandardCharsets.UTF_8), answer)
        .or(() -> undocumented(operation, sent, answer));
  }

  /** As {@link #broken} for what is no request of HTTP, which may get no answer at all. */
  Optional<String> always(String request, Answer answer) {
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    boolean notReady = answer.status() == 503 && answer.body().contains("not_ready");
    if (answer.status() < 200 || (answer.status() >= 500 && !notReady)) {
      return Optional.of("status " + answer.status());
    }
    String all = answer.head() + "\n" + answer.body();
    return leak(request, all).or(() -> notReady ? Optional.empty() : malformed(answer));
  }

  private Optional<String> leak(String request, String all) {
    for (String secret : secrets) {
      if (all.contains(secret) && !body(request).contains(secret)) {
        return Optional.of("a secret is in the answer");
      }
    }
    for (String path : paths) {
      if (all.contains(path)) {
        return Optional.of("a path of this machine is in the answer: " + path);
      }
    }
    Matcher internals = INTERNALS.matcher(all);
    return internals.find() && !request.contains(internals.group())
        ? Optional.of("internals are in the answer: " + internals.group())
        : Optional.empty();
  }

  /** The token stands in the head of nearly every request. */
  private static String body(String request) {
    return request.substring(Math.max(0, request.indexOf("\r\n\r\n")));
  }

  private static Optional<String> malformed(Answer answer) {
    if (answer.status() >= 400 && !answer.type().equals(PROBLEM) && !answer.body().isEmpty()) {
      return Optional.of("a refusal of type " + answer.type());
    }
    if (!answer.type().endsWith("json") || answer.body().isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode body = ANY_DEPTH.readTree(answer.body());
      return answer.type().equals(PROBLEM) ? problem(answer, body) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.of("the answer is not well-formed JSON: " + e.getOriginalMessage());
    }
  }

  private static Optional<String> problem(Answer answer, JsonNode body) {
    boolean whole =
        body.path("status").asInt(0) == answer.status()
            && CODES.contains(body.path("code").asString(""))
            && body.path("type").asString("").startsWith("urn:patchbay:problem:")
            && !body.path("title").asString("").isEmpty()
            && !body.path("detail").asString("").isEmpty();
    return whole ? Optional.empty() : Optional.of("the problem document lacks something");
  }

  private static Optional<String> undocumented(Operation operation, Sent sent, Answer answer) {
    boolean known =
        !operation.matches(sent.method(), sent.target())
            || EVERYWHERE.contains(answer.status())
            || operation.statuses().contains(answer.status());
    return known
        ? Optional.empty()
        : Optional.of("status " + answer.status() + " is not documented");
  }
}
