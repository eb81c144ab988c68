/**
 * Decides which outgoing connections a bot may make, before they are made. Entry type {@link
 * io.patchbay.executor.egress.EgressPolicy}: built from what the bot's author allows and what the
 * operator lets authors open, asked with the address that is about to be connected. Must not know
 * who connects, nor resolve names, nor open sockets.
 */
@NullMarked
package io.patchbay.executor.egress;

import org.jspecify.annotations.NullMarked;
