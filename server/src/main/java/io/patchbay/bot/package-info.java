/**
 * What builders author, as pure values. Entry type {@link io.patchbay.bot.Bot}, port {@link
 * io.patchbay.bot.BotStore}. Must not know how a bot is matched, run, drawn or stored.
 */
@NullMarked
package io.patchbay.bot;

import org.jspecify.annotations.NullMarked;
