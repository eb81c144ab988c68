/**
 * Shares among bots what the server does for them outside of the box: threads for large work,
 * memory for large things. Entry types {@link io.patchbay.executor.work.Work} and {@link
 * io.patchbay.executor.work.Budget}. Must not know what the work is.
 */
@NullMarked
package io.patchbay.executor.work;

import org.jspecify.annotations.NullMarked;
