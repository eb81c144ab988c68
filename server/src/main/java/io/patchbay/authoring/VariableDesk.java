package io.patchbay.authoring;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Problem;
import io.patchbay.base.Refusal;
import io.patchbay.base.Secret;
import io.patchbay.bot.Bot;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.BotStore.StoredVariable;
import io.patchbay.bot.Environment;
import io.patchbay.integration.SecretMask;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Values of variables, per environment; a secret is written and never read back. */
final class VariableDesk {
  /** Characters of one value (contract K7). */
  static final int MAX_VALUE = 4096;

  /**
   * Characters of all values of a bot in one environment (contract K7). In a secret, those that are
   * neither letters nor digits of ASCII count {@value SecretMask#ESCAPED} times: each spelling of a
   * secret is looked for.
   */
  static final int MAX_VALUES = 128 * 1024;

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

  private final BotStore store;

  VariableDesk(BotStore store) {
    this.store = store;
  }

  /** All that are declared or have a value, by name. */
  List<Authoring.VariableView> list(Bot bot) {
    Map<String, StoredVariable> all = new TreeMap<>();
    bot.variables()
        .forEach((name, v) -> all.put(name, new StoredVariable(name, v.secret(), Map.of())));
    store.variables(bot.bot()).forEach(v -> all.put(v.name(), v));
    return all.values().stream().map(v -> view(bot, v)).toList();
  }

  Authoring.VariableView put(
      Bot bot, String name, Map<Environment, String> values, Optional<Boolean> secret) {
    List<StoredVariable> stored = store.variables(bot.bot());
    boolean hidden = secret.orElse(false) || isSecret(bot, name, stored);
    List<Problem> problems = problems(name, values);
    values.forEach((environment, value) ->
        excess(bot, stored, environment, new Given(name, value, hidden)).ifPresent(problems::add));
    if (!problems.isEmpty()) {
      throw new Refusal(ErrorCode.INVALID_CONTENT, "The variable is not valid", problems);
    }
    Map<Environment, Secret> written = new EnumMap<>(Environment.class);
    values.forEach((environment, value) -> written.put(environment, new Secret(value)));
    store.putVariable(bot.bot(), name, written, hidden);
    return list(bot).stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow();
  }

  private record Given(String name, String value, boolean secret) {}

  private static boolean isSecret(Bot bot, String name, List<StoredVariable> stored) {
    Bot.Variable declared = bot.variables().get(name);
    return (declared != null && declared.secret())
        || stored.stream().anyMatch(v -> v.name().equals(name) && v.secret());
  }

  private static List<Problem> problems(String name, Map<Environment, String> values) {
    List<Problem> problems = new ArrayList<>();
    if (!NAME.matcher(name).matches()) {
      problems.add(
          new Problem("name", "a name has 1 to 64 letters, digits or _ and no digit first"));
    }
    values.forEach((environment, value) -> {
      if (value.length() > MAX_VALUE) {
        problems.add(
            new Problem(
                environment.wire(),
                "has %d characters, the limit is %d".formatted(value.length(), MAX_VALUE)));
      }
    });
    return problems;
  }

  /** Where there are too many already, a value may still become shorter. */
  private static Optional<Problem> excess(
      Bot bot, List<StoredVariable> stored, Environment environment, Given given) {
    long before = 0;
    long all = size(given.value, given.secret);
    for (StoredVariable variable : stored) {
      Secret held = variable.values().get(environment);
      String value = held == null ? "" : held.reveal();
      if (variable.name().equals(given.name)) {
        before = value.length();
      } else {
        all += size(value, isSecret(bot, variable.name(), stored));
      }
    }
    return all <= MAX_VALUES || given.value.length() <= before
        ? Optional.empty()
        : Optional.of(
            new Problem(
                environment.wire(),
                "with it, all values of this environment count %d characters together, the limit is"
                        .formatted(all)
                    + " %d; in a secret, what is no letter or digit of ASCII counts %d times"
                        .formatted(MAX_VALUES, SecretMask.ESCAPED)));
  }

  private static long size(String value, boolean secret) {
    return secret ? SecretMask.weight(value) : value.length();
  }

  private static Authoring.VariableView view(Bot bot, StoredVariable stored) {
    Bot.Variable declared = bot.variables().get(stored.name());
    boolean secret = stored.secret() || (declared != null && declared.secret());
    Map<Environment, String> values = new EnumMap<>(Environment.class);
    Map<Environment, Boolean> set = new EnumMap<>(Environment.class);
    for (Environment environment : Environment.values()) {
      Secret value = stored.values().get(environment);
      set.put(environment, value != null);
      if (value != null && !secret) {
        values.put(environment, value.reveal());
      }
    }
    return new Authoring.VariableView(stored.name(), secret, declared != null, values, set);
  }
}
