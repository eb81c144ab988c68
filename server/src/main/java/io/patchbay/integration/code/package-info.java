/**
 * Runs a node's Python through the executor and reads what {@code main} returned. Entry type {@link
 * io.patchbay.integration.code.CodeInvoker}. Must not know how the code is contained.
 */
@NullMarked
package io.patchbay.integration.code;

import org.jspecify.annotations.NullMarked;
