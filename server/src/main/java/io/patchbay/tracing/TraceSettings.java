package io.patchbay.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Builds the library from the variables that OpenTelemetry documents. */
final class TraceSettings {
  /** What is set where the operator sets nothing else. */
  private static final Map<String, String> DEFAULTS =
      Map.of("otel.service.name", "patchbay", "otel.exporter.otlp.protocol", "http/protobuf");

  /** Only traces are sent: metrics are asked for at /metrics, log lines go to standard error. */
  private static final Map<String, String> ALWAYS =
      Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none");

  private TraceSettings() {}

  /** Empty where there is nobody to send traces to. */
  static Optional<OpenTelemetrySdk> sdk(Map<String, String> environment, String version) {
    Map<String, String> given = given(environment);
    if (!isWanted(given)) {
      return Optional.empty();
    }
    Map<String, String> settings = new HashMap<>(DEFAULTS);
    settings.putAll(given);
    Attributes ours = Attributes.of(AttributeKey.stringKey("service.version"), version);
    return Optional.of(
        AutoConfiguredOpenTelemetrySdk.builder()
            .disableShutdownHook()
            .addPropertiesSupplier(() -> settings)
            .addPropertiesCustomizer(_ -> ALWAYS)
            .addResourceCustomizer((resource, _) -> Resource.create(ours).merge(resource))
            .build()
            .getOpenTelemetrySdk());
  }

  /** {@code OTEL_SERVICE_NAME} is the library's {@code otel.service.name}. */
  private static Map<String, String> given(Map<String, String> environment) {
    Map<String, String> given = new HashMap<>();
    environment.forEach((name, value) -> {
      if (name.startsWith("OTEL_") && !value.isBlank()) {
        given.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
      }
    });
    return given;
  }

  private static boolean isWanted(Map<String, String> given) {
    boolean endpoint =
        given.containsKey("otel.exporter.otlp.endpoint")
            || given.containsKey("otel.exporter.otlp.traces.endpoint");
    return endpoint
        && !"true".equalsIgnoreCase(given.get("otel.sdk.disabled"))
        && !"none".equalsIgnoreCase(given.get("otel.traces.exporter"));
  }
}
