package io.patchbay.e2e;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the blocks of the documents do not say themselves. A block without a rule is executed after
 * its language: sh, python, yaml and json; text behind sh is what the commands must have printed.
 */
final class DocumentRules {
  private DocumentRules() {}

  /** A block is named by its page and how it begins. */
  private record Place(String page, String first) {
    boolean names(Fence fence) {
      return fence.page().equals(page) && fence.text().startsWith(first);
    }
  }

  /** Blocks that are not executed, and why not. */
  private static final Map<Place, String> NOT_EXECUTED =
      Map.ofEntries(
          no("CONTRIBUTING.md", "git clone", "it clones the repository and runs this very test"),
          no("bench/README.md", "bench/run ", "half an hour on a quiet machine"),
          no("bench/README.md", "bench/neighbours ", "as long"),
          no(
              "docs/explanation/architecture.md",
              "server, cli",
              "a drawing; a test holds the layers"),
          no("docs/explanation/durability.md", "            message comes", "a drawing"),
          no("docs/explanation/sandbox.md", "executor (Java)", "a drawing"),
          no("docs/how-to/add-a-package.md", "requests==", "a file, which the next block sends"),
          no("docs/how-to/add-a-package.md", "  Packages ", "differs by machine"),
          no("docs/how-to/run-without-user-namespaces.md", "  Sandbox ", "differs by machine"),
          no("docs/how-to/run-without-user-namespaces.md", "[Service]", "a file of systemd's"),
          no(
              "docs/reference/bot-definition.md",
              "nodes.TRACK_ORDER.conn",
              "a message, as a sample"),
          no("docs/reference/metrics.md", "scrape_configs:", "a file of the collector's"),
          no("docs/reference/webhook.md", "X-Hub-Signature: ", "a vector; WebhookPageTest"),
          no("docs/reference/webhook.md", "webhook-signature: ", "a vector; WebhookPageTest"),
          no("examples/README.md", "bot.yaml  ", "a listing; test_examples.py holds to it"),
          no("examples/lead-capture/README.md", "FIND_LEAD -- ", "a drawing"),
          no("examples/loan-eligibility/README.md", "CHECK_LOAN --", "a drawing"),
          no("examples/order-status/README.md", "TRACK_ORDER --", "a drawing"),
          no("examples/otp-verification/README.md", "VERIFY_NUMBER --", "a drawing"),
          no("examples/own-auth-storage/README.md", "SIGN_IN --", "a drawing"),
          no("studio/README.md", "./mvnw -q test", "writes the client that is compared in a test"));

  private static Map.Entry<Place, String> no(String page, String first, String why) {
    return Map.entry(new Place(page, first), why);
  }

  static boolean isExecuted(Fence fence) {
    return find(NOT_EXECUTED, fence).isEmpty();
  }

  /** What a block must print where no block of text behind it says so. */
  private static final Map<Place, List<String>> PRINTS =
      Map.of(
          new Place(
              "README.md",
              "TOKEN=$(cat data/admin-token)\ncurl -s http://127.0.0.1:8080/api/v1/bots/order"),
          List.of("Please give me the order id."),
          new Place(
              "README.md",
              "TOKEN=$(cat data/admin-token)\ncurl -s http://127.0.0.1:8080/api/v1/bots/otp"),
          List.of("Which number shall I verify?"),
          new Place("docs/tutorial/first-bot.md", "INVOCATION="),
          List.of("\"message\": \"KeyError: 'oolong'\"", "\"line\": 13"),
          new Place("docs/tutorial/first-bot.md", "BASE="),
          List.of("\"order-status\"", "\"otp-verification\""),
          new Place("docs/tutorial/first-bot.md", "api -X POST \"$BASE/api/v1/bots/tea/integ"),
          List.of("\"grams\":4", "2 cups of black"),
          new Place("docs/how-to/read-a-failed-invocation.md", "TOKEN="),
          List.of("\"outcome\":\"failed\"", "\"reason\":\"exception\""),
          new Place(
              "docs/how-to/read-a-failed-invocation.md",
              "curl -s -H \"Authorization: Bearer $TOKEN\""
                  + " http://127.0.0.1:8080/api/v1/invocations/<invocation_id> |"),
          List.of("IndexError"),
          new Place("docs/how-to/sign-a-request.md", "PORT="),
          List.of("200 OK", "\"phone_number\": \"12025550143\""));

  static List<String> prints(Fence fence) {
    return find(PRINTS, fence).orElse(List.of());
  }

  /**
   * Commands that tell whether what a block needs is on this machine; each with what is missing.
   */
  private static final String REDIS =
      "command -v redis-server >/dev/null && /usr/bin/python3 -I -c 'import redis'";

  private static final String BOTH_LEVELS =
      "unshare --user true && IFS=. read -r major minor _ < <(uname -r)"
          + " && ((major > 6 || (major == 6 && ${minor%%[!0-9]*} >= 12)))";

  private static final Map<Place, Map.Entry<String, String>> NEEDS =
      Map.of(
          new Place("docs/how-to/run-without-user-namespaces.md", "./run --sandbox"),
          Map.entry(BOTH_LEVELS, "user namespaces and Landlock of Linux 6.12 are not both here"),
          new Place("examples/lead-capture/README.md", "REDIS="),
          Map.entry(REDIS, "redis-server or python3-redis is not installed"));

  /** A command that fails where the block cannot run, and then the reason. */
  static Optional<Map.Entry<String, String>> need(Fence fence) {
    return find(NEEDS, fence);
  }

  /** Python behind a block of Python, which fails where the block does not do what is promised. */
  private static final Map<Place, String> CHECKS =
      Map.of(
          new Place("docs/how-to/sign-a-request.md", "import hashlib"),
          """
          body = b'{"node":"ORDER_STATUS","event":"API_INTEGRATION"}'
          assert is_signed(body, "sha1=74dc12c57903ebe7344d4d12c23212051e669c98", "test")
          assert not is_signed(body + b" ", "sha1=74dc12c57903ebe7344d4d12c23212051e669c98", "test")
          """,
          new Place("docs/reference/webhook.md", "import base64"),
          """
          headers = {"webhook-id": "inv_01", "webhook-timestamp": "1767225600",
              "webhook-signature": "v1,JSrTLiXde/YrUrz6Y6lCwA3BCQmM8wnC8vHFCCF88XI="}
          body = b'{"node":"ORDER_STATUS","event":"API_INTEGRATION"}'
          assert is_ours("test", headers, body, 1767225600)
          assert not is_ours("test", headers, body, 1767225600 + 301)
          """);

  static Optional<String> check(Fence fence) {
    return find(CHECKS, fence);
  }

  /** What {@code main} of a block gets in the product's test run; nothing elsewhere. */
  private static final Map<Place, String> INPUTS =
      Map.of(
          new Place("docs/reference/python-module.md", "from patchbay import Payload, reply, text"),
          """
          {"entities": {"order_id": [{"original_text": "abc123", "entity_value": {"value": "abc123"}}]}}
          """);

  static String input(Fence fence) {
    return find(INPUTS, fence).orElse("{}");
  }

  private static <T> Optional<T> find(Map<Place, T> rules, Fence fence) {
    return rules.entrySet().stream()
        .filter(rule -> rule.getKey().names(fence))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Entries that name no block, or more than one. */
  static List<String> stale(List<Fence> fences) {
    return Stream.of(NOT_EXECUTED, PRINTS, NEEDS, CHECKS, INPUTS)
        .flatMap(rules -> rules.keySet().stream())
        .filter(place -> fences.stream().filter(place::names).count() != 1)
        .map(Place::toString)
        .toList();
  }
}
