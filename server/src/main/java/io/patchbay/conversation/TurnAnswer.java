package io.patchbay.conversation;

import tools.jackson.databind.node.ObjectNode;

/**
 * @param response {@code turn_id, conversation_no, node, state, messages}
 * @param log the message log of contract J2, for builders; empty on a repeated message
 */
public record TurnAnswer(ObjectNode response, ObjectNode log) {}
