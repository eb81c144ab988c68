/** Code that means harm, one file each, and the tests that let it loose. */
@NullMarked
package io.patchbay.executor.hostile;

import org.jspecify.annotations.NullMarked;
