package io.patchbay.integration.webhook;

import io.patchbay.base.Secret;
import io.patchbay.bot.Bot;
import io.patchbay.bot.Environment;
import io.patchbay.bot.Integration;
import io.patchbay.bot.LocalText;
import io.patchbay.bot.Node;
import io.patchbay.executor.egress.OperatorBounds;
import io.patchbay.executor.egress.OwnPorts;
import io.patchbay.integration.Failure;
import io.patchbay.integration.Invoker;
import io.patchbay.integration.SecretMask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A call of an API integration with all that a test does not care about filled in. */
final class TestCalls {
  static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_767_225_600), ZoneOffset.UTC);
  static final OwnPorts OWN_PORTS = new OwnPorts(_ -> false);
  static final OperatorBounds BOUNDS =
      new OperatorBounds(OperatorBounds.SINGLE_WORKSPACE, OWN_PORTS);

  private Integration.Target target = new Integration.Target.Url("http://127.0.0.1:1/");
  private final Map<Environment, String> baseUrls = new HashMap<>();
  private Environment environment = Environment.STAGING;
  private List<String> allow = List.of("127.0.0.1", "::1");
  private boolean publicOpen = true;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private Optional<String> secret = Optional.empty();
  private final Map<String, Bot.Variable> declared = new HashMap<>();
  private final Map<String, Secret> values = new HashMap<>();
  private String body = "{}";
  private Duration timeout = Duration.ofSeconds(10);

  static TestCalls to(String url) {
    var calls = new TestCalls();
    calls.target = new Integration.Target.Url(url);
    return calls;
  }

  static TestCalls path(String path) {
    var calls = new TestCalls();
    calls.target = new Integration.Target.Path(path);
    return calls;
  }

  TestCalls base(Environment environment, String url) {
    baseUrls.put(environment, url);
    return this;
  }

  TestCalls in(Environment environment) {
    this.environment = environment;
    return this;
  }

  TestCalls allow(String... entries) {
    allow = List.of(entries);
    return this;
  }

  TestCalls publicClosed() {
    publicOpen = false;
    return this;
  }

  TestCalls header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  TestCalls signedBy(String variable) {
    secret = Optional.of(variable);
    return this;
  }

  TestCalls variable(String name, String value) {
    declared.put(name, new Bot.Variable(false));
    values.put(name, new Secret(value));
    return this;
  }

  TestCalls secretVariable(String name, String value) {
    declared.put(name, new Bot.Variable(true));
    values.put(name, new Secret(value));
    return this;
  }

  TestCalls body(String body) {
    this.body = body;
    return this;
  }

  TestCalls timeout(Duration timeout) {
    this.timeout = timeout;
    return this;
  }

  Bot bot() {
    return new Bot(
        "acme",
        "Acme",
        "en",
        baseUrls,
        false,
        Bot.Phrases.of(new LocalText(Map.of("en", "Sorry."))),
        new Bot.Egress(allow, publicOpen),
        Bot.Limits.DEFAULT,
        declared,
        Map.of(),
        Map.of());
  }

  Invoker.Call<Integration.Api> call() {
    var api =
        new Integration.Api(
            target, headers, secret, Optional.empty(), Optional.empty(), List.of(), List.of());
    var node =
        new Node(
            "TRACK_ORDER",
            "Track",
            true,
            false,
            false,
            true,
            List.of(),
            List.of(),
            Optional.of(api),
            List.of(),
            List.of());
    return new Invoker.Call<>(
        "inv_01",
        "turn_01:TRACK_ORDER",
        bot(),
        node,
        api,
        environment,
        Optional.empty(),
        values,
        mask(),
        body,
        timeout,
        CLOCK.instant().plus(timeout));
  }

  /** Of the variables declared as secrets, and of the one that signs. */
  SecretMask mask() {
    return new SecretMask(
        values.entrySet().stream()
            .filter(e -> isSecret(e.getKey()) || secret.filter(e.getKey()::equals).isPresent())
            .map(Map.Entry::getValue)
            .toList());
  }

  private boolean isSecret(String variable) {
    Bot.Variable known = declared.get(variable);
    return known != null && known.secret();
  }

  Invoker.Reply by(WebhookInvoker invoker) {
    return invoker.invoke(call());
  }

  /** With an invoker of its own. */
  Invoker.Reply send() {
    try (var invoker = new WebhookInvoker(BOUNDS, "0.1.0", CLOCK)) {
      return by(invoker);
    }
  }

  static WebhookInvoker resolving(HostResolver resolver) {
    return new WebhookInvoker(BOUNDS, resolver, Transport.platformTrust(), "0.1.0", CLOCK);
  }

  static Failure failure(Invoker.Reply reply) {
    return switch (reply.result()) {
      case Invoker.Result.Failed(Failure failure) -> failure;
      case Invoker.Result.Succeeded(var output) ->
          throw new AssertionError("it succeeded with " + output);
    };
  }

  static String output(Invoker.Reply reply) {
    return switch (reply.result()) {
      case Invoker.Result.Succeeded(var output) -> output.toString();
      case Invoker.Result.Failed(Failure failure) -> throw new AssertionError(failure.toString());
    };
  }
}
