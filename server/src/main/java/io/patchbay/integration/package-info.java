/**
 * Builds the payload, holds the deadline, classifies the outcome, records the invocation. Entry
 * type {@link io.patchbay.integration.Invocations}, ports {@link io.patchbay.integration.Invoker}
 * and {@link io.patchbay.integration.InvocationLog}. Must not know how code is run or an API is
 * called.
 */
@NullMarked
package io.patchbay.integration;

import org.jspecify.annotations.NullMarked;
