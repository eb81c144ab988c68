package io.patchbay.bot.definition;

import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What the format has a place for and this version refuses. */
final class Later {
  static final String MESSAGE = "not supported yet";

  static final Set<String> ENTITY_TYPES =
      Set.of("date", "time", "currency", "budget", "person_name", "attachment");

  private Later() {}

  /** Whether {@code auth} says that there is none, which is what this version does. */
  static boolean isNoAuth(JsonNode auth) {
    Optional<JsonNode> type = Optional.ofNullable(auth.get("type"));
    return auth.stringValue("").equals("none")
        || (auth.size() == 1 && type.filter(t -> t.stringValue("").equals("none")).isPresent());
  }
}
