package io.patchbay.bot;

import java.util.List;

/**
 * A node's use of an entity.
 *
 * @param entity name of an entity of the bot
 * @param required whether the node waits for it
 * @param ask what is said to ask for it; may be empty on optional entities, and on required ones
 *     whose type has a reprompt
 */
public record EntityUse(String entity, boolean required, List<Say> ask) {
  public EntityUse {
    ask = List.copyOf(ask);
  }
}
