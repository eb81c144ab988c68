package io.patchbay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Secret;
import io.patchbay.bot.Bot;
import io.patchbay.bot.BotStore.StoredVariable;
import io.patchbay.bot.Environment;
import io.patchbay.bot.LocalText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VariablesTest {
  private static final Bot BOT =
      new Bot(
          "acme",
          "Acme",
          "en",
          Map.of(),
          false,
          Bot.Phrases.of(new LocalText(Map.of("en", "Sorry."))),
          new Bot.Egress(List.of(), true),
          Bot.Limits.DEFAULT,
          Map.of(
              "OPEN", new Bot.Variable(false),
              "HOOK", new Bot.Variable(false),
              "DECLARED", new Bot.Variable(true)),
          Map.of(),
          Map.of());

  private final Variables variables =
      Variables.of(
          BOT,
          List.of(
              stored("OPEN", false),
              stored("HOOK", false),
              stored("DECLARED", false),
              stored("STORED", true),
              stored("UNDECLARED", false)),
          Environment.STAGING);

  @Test
  void secrets_are_what_was_declared_or_stored_as_one_and_what_signs() {
    assertThat(masked(Optional.empty()))
        .isEqualTo("value-OPEN value-HOOK *** *** value-UNDECLARED");
    assertThat(masked(Optional.of("HOOK"))).isEqualTo("value-OPEN *** *** *** value-UNDECLARED");
    assertThat(masked(Optional.of("NOWHERE")))
        .isEqualTo("value-OPEN value-HOOK *** *** value-UNDECLARED");
  }

  private String masked(Optional<String> signing) {
    return new SecretMask(variables.secrets(signing))
        .mask("value-OPEN value-HOOK value-DECLARED value-STORED value-UNDECLARED");
  }

  private static StoredVariable stored(String name, boolean secret) {
    return new StoredVariable(
        name, secret, Map.of(Environment.STAGING, new Secret("value-" + name)));
  }
}
