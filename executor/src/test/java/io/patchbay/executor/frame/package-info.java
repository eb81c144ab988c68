/** Tests of the wire. */
@NullMarked
package io.patchbay.executor.frame;

import org.jspecify.annotations.NullMarked;
