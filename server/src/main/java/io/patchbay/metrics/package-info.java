/**
 * Counts and times what happens, for those who run the server: docs/reference/metrics.md. Entry
 * type {@link io.patchbay.metrics.Metrics}. Labels come from closed lists, never from users,
 * builders or secrets. Must not know HTTP, SQL or how code is run.
 */
@NullMarked
package io.patchbay.metrics;

import org.jspecify.annotations.NullMarked;
