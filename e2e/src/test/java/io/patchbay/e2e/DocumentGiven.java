package io.patchbay.e2e;

import java.util.List;
import java.util.Map;

/**
 * What a document takes for granted.
 *
 * @param shell commands before its first block; {@code $BLOCKS/2} is a file with its second block
 * @param puts what stands there for the reader to fill in, and what with
 */
record DocumentGiven(String shell, Map<String, String> puts) {
  private static final String TOKEN =
      """
      TOKEN=$(cat data/admin-token)
      BOTS=http://127.0.0.1:8080/api/v1/bots
      send() { curl -sS -o /dev/null -H "Authorization: Bearer $TOKEN" -H "Content-Type: $1" "${@:2}"; }
      """;

  private static final DocumentGiven PACKAGE =
      new DocumentGiven(
          TOKEN
              + """
              send application/yaml -X PUT $BOTS/acme -d 'bot: acme'
              cp "$BLOCKS/1" requirements.txt
              """,
          Map.of());

  private static final DocumentGiven FAILED_INVOCATION =
      new DocumentGiven(
          TOKEN
              + """
              send application/json $BOTS/order-status/integrations/TRACK_ORDER/test -d '{"input": {}}'
              FAILED=$(curl -sS -H "Authorization: Bearer $TOKEN" "$BOTS/order-status/invocations?outcome=failed" |
                python3 -c 'import json, sys; print(json.load(sys.stdin)["invocations"][0]["invocation_id"])')
              """,
          Map.of("<invocation_id>", "$FAILED", "<bot>", "order-status", "<NODE>", "TRACK_ORDER"));

  private static final DocumentGiven SIGNED_REQUEST =
      new DocumentGiven(
          TOKEN
              + """
              send application/yaml -X PUT $BOTS/signed -d 'bot: signed
              variables: {HOOK_SECRET: {secret: true}}'
              mkfifo held
              """,
          Map.of(
              "<bot>",
              "signed",
              "/otp_service.py",
              """
              /otp_service.py < held > otp.log &
              exec 9> held
              for _ in {1..1200}; do [ -s otp.log ] && break; sleep 0.05; done
              """,
              "PORT=...",
              "PORT=$(sed -n '1s/[^0-9]//gp' otp.log)"));

  /** Beside a Redis that somebody may have on the usual port. */
  private static final DocumentGiven REDIS =
      new DocumentGiven(
          """
          # Somebody may take a port that was free, and Redis ends then.
          for _ in {1..10}; do
            FREE=$(python3 -c 'import socket as s; print(s.create_server(("127.0.0.1", 0)).getsockname()[1])')
            command -v redis-server >/dev/null || break
            redis-server --port "$FREE" --save '' --dir "$WORK" >/dev/null &
            until redis-cli -p "$FREE" ping >/dev/null 2>&1 || ! kill -0 $! 2>/dev/null; do sleep 0.05; done
            kill -0 $! 2>/dev/null && break
          done
          """,
          Map.of("redis://127.0.0.1:6379/0", "redis://127.0.0.1:$FREE/0"));

  private static final DocumentGiven NOTHING = new DocumentGiven("", Map.of());

  private static final Map<String, DocumentGiven> BY_PAGE =
      Map.of(
          "docs/how-to/add-a-package.md", PACKAGE,
          "docs/how-to/read-a-failed-invocation.md", FAILED_INVOCATION,
          "docs/how-to/sign-a-request.md", SIGNED_REQUEST,
          "examples/lead-capture/README.md", REDIS);

  static DocumentGiven of(String page) {
    return BY_PAGE.getOrDefault(page, NOTHING);
  }

  /** With what the reader would have filled in. */
  String commands(Fence fence) {
    String commands = fence.text();
    for (var put : puts.entrySet()) {
      commands = commands.replace(put.getKey(), put.getValue());
    }
    return commands;
  }

  /** What is to be filled in, and stands nowhere on its page. */
  static List<String> stale(List<Fence> fences) {
    return BY_PAGE.entrySet().stream()
        .flatMap(given ->
            given.getValue().puts().keySet().stream()
                .filter(put -> !stands(put, given.getKey(), fences))
                .map(put -> given.getKey() + ": " + put))
        .toList();
  }

  private static boolean stands(String put, String page, List<Fence> fences) {
    return fences.stream().anyMatch(f -> f.page().equals(page) && f.text().contains(put));
  }
}
