/**
 * Runs builders' Python: sandbox, process tree, egress policy, frame protocol. Entry type {@link
 * io.patchbay.executor.Executor}. Must not know bots, HTTP or a database; sees the JDK only.
 */
@NullMarked
package io.patchbay.executor;

import org.jspecify.annotations.NullMarked;
