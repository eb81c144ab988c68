/**
 * One turn from message to saved state; owns both details and their expiry. Entry type TurnHandler,
 * port {@link io.patchbay.conversation.ConversationStore}. Must not know HTTP, SQL or authoring.
 */
@NullMarked
package io.patchbay.conversation;

import org.jspecify.annotations.NullMarked;
