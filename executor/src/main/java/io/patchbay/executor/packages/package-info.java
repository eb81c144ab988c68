/**
 * Makes the packages that bots ask for: pip, in a box of its own, turns requirements into a lock,
 * and a lock into an immutable folder that is named after it.
 */
@NullMarked
package io.patchbay.executor.packages;

import org.jspecify.annotations.NullMarked;
