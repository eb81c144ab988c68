/**
 * The bot response and its elements: read, check, fill, print. Entry type {@link
 * io.patchbay.hsl.BotResponse}. Must not know bots, conversations or channels.
 */
@NullMarked
package io.patchbay.hsl;

import org.jspecify.annotations.NullMarked;
