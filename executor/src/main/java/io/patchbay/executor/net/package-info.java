/**
 * Connects on behalf of builders' code: the kernel stops every {@code connect()} in the box and
 * asks here; what the call's policy allows is connected from outside of the box and put in the
 * place of the caller's socket. Names are resolved here too. Entry type {@link
 * io.patchbay.executor.net.Supervisor}. Must not know how boxes and calls are made, nor what the
 * code does.
 */
@NullMarked
package io.patchbay.executor.net;

import org.jspecify.annotations.NullMarked;
