/**
 * The door to the kernel of Linux for what Java does not offer. Entry type {@link
 * io.patchbay.executor.kernel.SystemCall}. Must not know what is called, nor why.
 */
@NullMarked
package io.patchbay.executor.kernel;

import org.jspecify.annotations.NullMarked;
