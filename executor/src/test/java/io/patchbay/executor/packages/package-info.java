/** Tests of {@code io.patchbay.executor.packages}. */
@NullMarked
package io.patchbay.executor.packages;

import org.jspecify.annotations.NullMarked;
