/** Hand-written stand-ins for the ports, and a way to talk to a bot in a test. */
@NullMarked
package io.patchbay.testing;

import org.jspecify.annotations.NullMarked;
