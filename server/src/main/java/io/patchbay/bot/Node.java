package io.patchbay.bot;

import java.util.List;
import java.util.Optional;

/**
 * A step of a bot.
 *
 * @param name system name: A-Z, 0-9 and _
 * @param label what people call it; the name where none was authored
 * @param start whether its utterances may begin a conversation
 * @param end whether the conversation completes here
 * @param contextClear whether entities and selection are forgotten here
 * @param active a switched-off node never matches and is never entered
 * @param userSays utterances of all languages
 */
public record Node(
    String name,
    String label,
    boolean start,
    boolean end,
    boolean contextClear,
    boolean active,
    List<String> userSays,
    List<EntityUse> entities,
    Optional<Integration> integration,
    List<Say> botSays,
    List<Connection> connections) {
  public Node {
    userSays = List.copyOf(userSays);
    entities = List.copyOf(entities);
    botSays = List.copyOf(botSays);
    connections = List.copyOf(connections);
  }

  /** The same node with other ways on. */
  public Node withConnections(List<Connection> others) {
    return new Node(
        name,
        label,
        start,
        end,
        contextClear,
        active,
        userSays,
        entities,
        integration,
        botSays,
        others);
  }

  /** The rules over the output, in order; empty on a node without an integration. */
  public List<Connection> rules() {
    return integration.isEmpty()
        ? List.of()
        : connections.stream().filter(Connection::isRule).toList();
  }
}
