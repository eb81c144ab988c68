/** Black-box tests of the packaged program: what stands on the wire and on the screen. */
@NullMarked
package io.patchbay.e2e;

import org.jspecify.annotations.NullMarked;
