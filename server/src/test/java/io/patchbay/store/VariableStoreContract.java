package io.patchbay.store;

import static io.patchbay.store.Samples.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Secret;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.BotStore.StoredVariable;
import io.patchbay.bot.Environment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
  final void a_bot_is_made_with_its_variables_or_not_at_all() {
    var key = new StoredVariable("KEY", true, Map.of(Environment.STAGING, new Secret("s")));
    var url = new StoredVariable("URL", false, Map.of(Environment.PRODUCTION, new Secret("u")));

    assertThat(store().create(draft("acme", "First"), List.of(key, url))).isPresent();
    assertThat(store().create(draft("acme", "Second"), List.of(url))).isEmpty();

    assertThat(store().draft("acme").orElseThrow().definition().path("name").asString())
        .isEqualTo("First");
    assertThat(store().variables("acme"))
        .extracting(StoredVariable::name)
        .containsExactly("KEY", "URL");
    assertThat(variable("KEY").secret()).isTrue();
    assertThat(values("KEY")).isEqualTo(Map.of(Environment.STAGING, "s"));
    assertThat(variable("URL").secret()).isFalse();
  }

  @Test
  final void of_many_that_make_a_bot_of_one_name_at_once_one_does() throws Exception {
    List<Callable<Boolean>> makers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      var mine = new StoredVariable("V" + i, false, Map.of());
      var draft = draft("acme", "V" + i);
      makers.add(() -> store().create(draft, List.of(mine)).isPresent());
    }
    int made = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> maker : threads.invokeAll(makers)) {
        made += maker.get() ? 1 : 0;
      }
    }

    assertThat(made).isOne();
    assertThat(store().variables("acme"))
        .extracting(StoredVariable::name)
        .as("the variables are those of the one that made it")
        .containsExactly(store().draft("acme").orElseThrow().definition().path("name").asString());
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
