/**
 * Puts a call process back to the moment before its call, from outside: memory, registers, mappings
 * and descriptors; what cannot be undone for certain is found, and the process is not used again.
 * Theory of operation: docs/explanation/restore.md. Entry type {@link
 * io.patchbay.executor.restore.Restorer}. Must not know what a call is, nor how processes are made.
 */
@NullMarked
package io.patchbay.executor.restore;

import org.jspecify.annotations.NullMarked;
