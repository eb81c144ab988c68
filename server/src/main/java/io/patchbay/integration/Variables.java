package io.patchbay.integration;

import io.patchbay.base.Json;
import io.patchbay.base.Secret;
import io.patchbay.bot.Bot;
import io.patchbay.bot.BotStore.StoredVariable;
import io.patchbay.bot.Environment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The variables of a bot in one environment, secrets told apart.
 *
 * @param open readable ones
 * @param secret those that never become readable
 */
public record Variables(Map<String, Secret> open, Map<String, Secret> secret) {

  /** A variable is secret when it was stored as one or the bot declares it as one. */
  public static Variables of(Bot bot, Collection<StoredVariable> stored, Environment environment) {
    Map<String, Secret> open = new LinkedHashMap<>();
    Map<String, Secret> secret = new LinkedHashMap<>();
    for (StoredVariable variable : stored) {
      Secret value = variable.values().get(environment);
      if (value != null) {
        Bot.Variable declared = bot.variables().get(variable.name());
        boolean hidden = variable.secret() || (declared != null && declared.secret());
        (hidden ? secret : open).put(variable.name(), value);
      }
    }
    return new Variables(open, secret);
  }

  public Map<String, Secret> all() {
    Map<String, Secret> all = new LinkedHashMap<>(open);
    all.putAll(secret);
    return all;
  }

  /** {@code env_variables} of a payload; secrets go to code only (contract K30). */
  ObjectNode payload(boolean withSecrets) {
    ObjectNode variables = Json.object();
    (withSecrets ? all() : open).forEach((name, value) -> variables.put(name, value.reveal()));
    return variables;
  }

  /** Of all values together. */
  long characters() {
    return Stream.concat(open.values().stream(), secret.values().stream())
        .mapToLong(value -> value.reveal().length())
        .sum();
  }

  /**
   * What is masked.
   *
   * @param signing the variable that a call is signed with, where it is: a secret whatever it was
   *     declared as
   */
  Collection<Secret> secrets(Optional<String> signing) {
    Optional<Secret> signs = signing.map(open::get);
    if (signs.isEmpty()) {
      return secret.values();
    }
    List<Secret> all = new ArrayList<>(secret.values());
    all.add(signs.get());
    return all;
  }
}
