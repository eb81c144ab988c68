/** Tests with real CPython in the real box; skipped with the reason where no box can be had. */
@NullMarked
package io.patchbay.executor.box;

import org.jspecify.annotations.NullMarked;
