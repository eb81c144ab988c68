/**
 * Tells an OpenTelemetry collector of turns and invocations, where one is configured:
 * docs/how-to/trace-with-opentelemetry.md. Entry type {@link io.patchbay.tracing.Traces}. No
 * payload, user or secret is in a span. Must not know HTTP, SQL or how code is run.
 */
@NullMarked
package io.patchbay.tracing;

import org.jspecify.annotations.NullMarked;
