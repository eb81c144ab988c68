package io.patchbay.store;

import static io.patchbay.store.Samples.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Secret;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.BotStore.StoredVariable;
import io.patchbay.bot.Environment;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link BotStore} does with the values of variables. */
abstract class VariableStoreContract extends StoreContract {
  private BotStore store() {
    return stores().bots();
  }

  @Test
  final void an_environment_that_is_not_given_keeps_its_value() {
    save("acme");
    put("URL", Map.of(Environment.STAGING, "s1", Environment.PRODUCTION, "p1"), false);
    put("URL", Map.of(Environment.STAGING, "s2"), false);

    assertThat(values("URL"))
        .isEqualTo(Map.of(Environment.STAGING, "s2", Environment.PRODUCTION, "p1"));
  }

  @Test
  final void a_secret_stays_a_secret() {
    save("acme");
    put("KEY", Map.of(Environment.STAGING, "a"), false);
    assertThat(variable("KEY").secret()).isFalse();
    put("KEY", Map.of(), true);
    assertThat(variable("KEY").secret()).isTrue();
    put("KEY", Map.of(Environment.STAGING, "b"), false);

    assertThat(variable("KEY").secret()).isTrue();
    assertThat(values("KEY")).isEqualTo(Map.of(Environment.STAGING, "b"));
  }

  @Test
  @DisplayName("A11: variables of any text, by name, per bot")
  final void variables_of_any_text_are_listed_by_name_for_their_bot_only() {
    save("acme");
    save("other");
    String odd = "\u0000 ü \uD83D\uDE00 '; drop table bot --\n" + "x".repeat(4096);
    put("B", Map.of(Environment.PRODUCTION, odd), false);
    put("A", Map.of(Environment.PRODUCTION, ""), false);

    assertThat(store().variables("acme"))
        .extracting(StoredVariable::name)
        .containsExactly("A", "B");
    assertThat(values("B")).isEqualTo(Map.of(Environment.PRODUCTION, odd));
    assertThat(values("A")).isEqualTo(Map.of(Environment.PRODUCTION, ""));
    assertThat(store().variables("other")).isEmpty();
  }

  @Test
  final void a_deleted_variable_is_gone() {
    save("acme");
    put("A", Map.of(Environment.PRODUCTION, "x"), true);

    assertThat(store().deleteVariable("acme", "A")).isTrue();
    assertThat(store().deleteVariable("acme", "A")).isFalse();
    assertThat(store().variables("acme")).isEmpty();
  }

  private void save(String bot) {
    assertThat(store().save(draft(bot, "Acme"), Optional.empty())).isPresent();
  }

  private void put(String name, Map<Environment, String> values, boolean secret) {
    var secrets = new EnumMap<Environment, Secret>(Environment.class);
    values.forEach((environment, value) -> secrets.put(environment, new Secret(value)));
    store().putVariable("acme", name, secrets, secret);
  }

  private StoredVariable variable(String name) {
    return store().variables("acme").stream()
        .filter(variable -> variable.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Map<Environment, String> values(String name) {
    var values = new EnumMap<Environment, String>(Environment.class);
    variable(name)
        .values()
        .forEach((environment, value) -> values.put(environment, value.reveal()));
    return values;
  }
}
