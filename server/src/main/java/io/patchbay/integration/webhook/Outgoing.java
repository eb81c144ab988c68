package io.patchbay.integration.webhook;

import io.patchbay.base.Secret;
import io.patchbay.bot.Integration;
import io.patchbay.integration.Invoker.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okio.ByteString;

/** A request as it will leave, or why it cannot. */
sealed interface Outgoing {
  /**
   * @param warnings for the builder, without secrets
   */
  record Ready(Endpoint.Usable endpoint, Headers headers, ByteString body, List<String> warnings)
      implements Outgoing {}

  /**
   * @param why for the builder, without secrets
   */
  record Refused(String why) implements Outgoing {}

  /**
   * @param userAgent such as {@code Patchbay/0.1.0}
   */
  static Outgoing of(Call<Integration.Api> call, Instant now, String userAgent) {
    return switch (Endpoint.of(
        call.bot(), call.integration().target(), call.environment(), call.variables())) {
      case Endpoint.Unusable(String why) -> new Refused(why);
      case Endpoint.Usable endpoint -> new Composer(call, now, userAgent).compose(endpoint);
    };
  }

  /** Puts one request together. */
  final class Composer {
    /** What delimits or encodes a message, or is promised by Patchbay; lower case. */
    private static final Set<String> RESERVED =
        Set.of(
            "host",
            "content-length",
            "content-type",
            "content-encoding",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "accept-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "proxy-connection",
            "proxy-authorization",
            "idempotency-key",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature",
            "x-hub-signature",
            "x-hub-signature-256",
            "x-patchbay-delivery",
            "x-patchbay-timestamp");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]{0,16384}");

    private final Call<Integration.Api> call;
    private final long timestamp;
    private final String userAgent;
    private final Headers.Builder headers = new Headers.Builder();
    private final List<String> warnings = new ArrayList<>();

    private Composer(Call<Integration.Api> call, Instant now, String userAgent) {
      this.call = call;
      this.timestamp = now.getEpochSecond();
      this.userAgent = userAgent;
    }

    private Outgoing compose(Endpoint.Usable endpoint) {
      ByteString body = ByteString.of(call.body().getBytes(StandardCharsets.UTF_8));
      headers.set("User-Agent", userAgent);
      headers.set("Accept", "application/json");
      call.traceparent().ifPresent(traceparent -> headers.set("traceparent", traceparent));
      Optional<String> problem = addAuthored().or(() -> sign(body));
      if (problem.isPresent()) {
        return new Refused(problem.get());
      }
      headers.set("Content-Type", "application/json");
      headers.set("Accept-Encoding", "identity");
      headers.set("Connection", "close");
      headers.set("X-Patchbay-Delivery", visible(call.invocationId()));
      headers.set("X-Patchbay-Timestamp", Long.toString(timestamp));
      headers.set("Idempotency-Key", visible(call.idempotencyKey()));
      return new Ready(endpoint, headers.build(), body, warnings);
    }

    /** Adds the builder's headers; the problem of the first that cannot be sent. */
    private Optional<String> addAuthored() {
      for (Map.Entry<String, String> header : call.integration().headers().entrySet()) {
        String name = header.getKey();
        if (!NAME.matcher(name).matches()) {
          return Optional.of("a header has a name that HTTP does not allow");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
          warnings.add("The header " + name + " is set by Patchbay; the node's own is left out.");
          continue;
        }
        Optional<String> problem = add(name, header.getValue());
        if (problem.isPresent()) {
          return problem;
        }
      }
      return Optional.empty();
    }

    private Optional<String> add(String name, String template) {
      return switch (Placeholders.fill(template, call.variables())) {
        case Placeholders.Filled.Missing(String variable) ->
            Optional.of(unset("the header " + name, variable));
        case Placeholders.Filled.Complete(String value) when VALUE.matcher(value).matches() -> {
          headers.set(name, value.strip());
          yield Optional.empty();
        }
        case Placeholders.Filled.Complete _ ->
            Optional.of(
                "the value of the header %s is too long or holds what a header cannot carry, such as a line break"
                    .formatted(name));
      };
    }

    /** Signs where the integration has a secret; never leaves a signed integration unsigned. */
    private Optional<String> sign(ByteString body) {
      if (call.integration().secret().isEmpty()) {
        return Optional.empty();
      }
      String variable = call.integration().secret().get();
      Secret secret = call.variables().get(variable);
      if (secret == null || secret.reveal().isEmpty()) {
        return Optional.of(unset("the signature", variable) + ", so nothing was sent");
      }
      String id = visible(call.invocationId()).replace('.', '_');
      Signatures.of(secret, id, timestamp, body.toByteArray()).forEach(headers::set);
      return Optional.empty();
    }

    private String unset(String what, String variable) {
      return "%s needs the variable %s, which has no value in %s"
          .formatted(what, variable, call.environment().wire());
    }

    /** Ids may be made of a client's message id, which may hold anything. */
    private static String visible(String id) {
      boolean plain = id.chars().allMatch(c -> c > ' ' && c < 0x7f);
      return plain ? id : URLEncoder.encode(id, StandardCharsets.UTF_8);
    }
  }
}
