package io.patchbay.http;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Entity tags: what {@code If-Match} and {@code If-None-Match} mean for revisions. */
final class Revisions {
  private Revisions() {}

  /**
   * The revision that must still be the current one for a write to happen; empty: none must.
   *
   * @param current asked only where the header alone does not tell; throws where there is nothing
   */
  static Optional<String> ifMatch(Request request, Supplier<String> current) {
    List<String> wanted = tags(request.header("If-Match"));
    if (wanted.size() <= 1 && !wanted.contains("*")) {
      return wanted.stream().findFirst();
    }
    String now = currentOrStale(current);
    if (wanted.contains("*") || wanted.contains(now)) {
      return Optional.of(now);
    }
    throw stale();
  }

  private static String currentOrStale(Supplier<String> current) {
    try {
      return current.get();
    } catch (Refusal nothingThere) {
      throw stale();
    }
  }

  private static Refusal stale() {
    return new Refusal(
        ErrorCode.STALE, "This is not the revision that If-Match names. Read it again first.");
  }

  /** Whether the caller already has this reply. */
  static boolean isKnown(Request request, Reply reply) {
    List<String> known = tags(request.header("If-None-Match"));
    return reply.status() == 200
        && request.isSafe()
        && tags(Optional.ofNullable(reply.headers().get("ETag"))).stream()
            .anyMatch(known::contains);
  }

  /** Without quotes; proxies that compress make tags weak, which changes nothing here. */
  private static List<String> tags(Optional<String> header) {
    return header.stream()
        .flatMap(h -> Arrays.stream(h.split(",", -1)))
        .map(tag -> tag.strip().replaceFirst("^W/", "").replaceFirst("^\"(.*)\"$", "$1"))
        .filter(tag -> !tag.isEmpty())
        .toList();
  }
}
