/** Tests of what can be tried without a box. */
@NullMarked
package io.patchbay.executor.net;

import org.jspecify.annotations.NullMarked;
