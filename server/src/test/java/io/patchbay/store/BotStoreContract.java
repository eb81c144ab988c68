package io.patchbay.store;

import static io.patchbay.store.Samples.NOON;
import static io.patchbay.store.Samples.deployment;
import static io.patchbay.store.Samples.draft;
import static io.patchbay.store.Samples.json;
import static io.patchbay.store.Samples.key;
import static io.patchbay.store.Samples.started;
import static io.patchbay.store.Samples.turn;
import static io.patchbay.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import io.patchbay.base.Refusal;
import io.patchbay.base.Secret;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.BotStore.BotSummary;
import io.patchbay.bot.BotStore.Draft;
import io.patchbay.bot.BotStore.DraftPackages;
import io.patchbay.bot.BotStore.VersionSummary;
import io.patchbay.bot.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What every {@link BotStore} does. */
abstract class BotStoreContract extends StoreContract {
  private BotStore store() {
    return stores().bots();
  }

  @Test
  final void a_saved_draft_is_read_back_as_it_was() {
    Draft saved = store().save(draft("acme", "Acme"), Optional.empty()).orElseThrow();

    assertThat(store().draft("acme")).contains(saved);
    assertThat(saved.definition()).isEqualTo(draft("acme", "Acme").definition());
    assertThat(saved.code()).isEqualTo(draft("acme", "Acme").code());
    assertThat(saved.samples()).isEqualTo(draft("acme", "Acme").samples());
    assertThat(saved.requirements()).isEqualTo("requests==2.0\n");
    assertThat(saved.updatedAt()).isEqualTo(NOON);
    assertThat(store().exists("acme")).isTrue();
  }

  @Test
  final void authored_order_is_kept() {
    store().save(draft("acme", "Acme"), Optional.empty());

    assertThat(store().draft("acme").orElseThrow().definition().get("nodes").propertyNames())
        .containsExactly("B", "A");
  }

  @Test
  final void an_unknown_bot_has_nothing() {
    assertThat(store().draft("acme")).isEmpty();
    assertThat(store().exists("acme")).isFalse();
    assertThat(store().delete("acme")).isFalse();
    assertThat(store().version("acme", "v1")).isEmpty();
    assertThat(store().live("acme", Environment.STAGING)).isEmpty();
    assertThat(store().variables("acme")).isEmpty();
    assertThat(store().versions("acme", Optional.empty(), 9).items()).isEmpty();
    assertThat(store().deployments("acme", Optional.empty(), Optional.empty(), 9).items())
        .isEmpty();
  }

  @Test
  final void every_write_changes_the_revision_even_of_the_same_content() {
    String first = save("acme");
    String second = save("acme");

    assertThat(second).isNotEqualTo(first);
    assertThat(store().draft("acme").orElseThrow().revision()).isEqualTo(second);
  }

  @Test
  final void a_stale_revision_writes_nothing() {
    String first = save("acme");
    Draft second = store().save(draft("acme", "Second"), Optional.of(first)).orElseThrow();

    assertThat(store().save(draft("acme", "Third"), Optional.of(first))).isEmpty();
    assertThat(store().draft("acme")).contains(second);
  }

  @Test
  final void a_revision_of_a_bot_that_does_not_exist_is_stale() {
    assertThat(store().save(draft("acme", "Acme"), Optional.of("1-1"))).isEmpty();
    assertThat(store().exists("acme")).isFalse();
  }

  @Test
  final void a_revision_of_a_deleted_bot_stays_stale_for_the_next_of_its_name() {
    String old = save("acme");
    store().delete("acme");
    save("acme");

    assertThat(store().save(draft("acme", "Acme"), Optional.of(old))).isEmpty();
  }

  @Test
  final void samples_as_deep_as_the_edge_lets_through_are_read_back() {
    var deep = (ObjectNode) Json.parse("{\"a\":" + "[".repeat(199) + "]".repeat(199) + "}");
    Draft plain = draft("acme", "Acme");
    var draft =
        new Draft("acme", deep, plain.code(), Map.of("N", Map.of("default", deep)), "", "", NOON);
    store().save(draft, Optional.empty());

    assertThat(store().draft("acme").orElseThrow().samples()).isEqualTo(draft.samples());
  }

  @Test
  final void bots_are_listed_newest_first_page_by_page_with_what_is_live() {
    for (String bot : List.of("a", "b", "c", "d", "e")) {
      save(bot);
    }
    store().addVersion(version("c", "v1"));
    store().addVersion(version("c", "v2"));
    store().deploy(deployment("d1", "c", "v1", Environment.PRODUCTION));
    store().deploy(deployment("d2", "c", "v2", Environment.STAGING));
    store().deploy(deployment("d3", "c", "v2", Environment.PRODUCTION));
    store().deploy(deployment("d4", "c", "v1", Environment.PRODUCTION));

    List<BotSummary> all = all(cursor -> store().bots(cursor, 2));

    assertThat(all).extracting(BotSummary::bot).containsExactly("e", "d", "c", "b", "a");
    assertThat(all.get(2).live())
        .isEqualTo(Map.of(Environment.PRODUCTION, "v1", Environment.STAGING, "v2"));
    assertThat(all.get(1).live()).isEmpty();
    assertThat(all.get(0).name()).isEqualTo("Acme");
  }

  @Test
  final void bots_made_or_changed_meanwhile_neither_repeat_nor_hide_others() {
    for (String bot : List.of("a", "b", "c", "d")) {
      save(bot);
    }
    var first = store().bots(Optional.empty(), 2);
    save("e");
    save("a");
    store().delete("c");
    var second = store().bots(first.nextCursor(), 2);

    assertThat(first.items()).extracting(BotSummary::bot).containsExactly("d", "c");
    assertThat(second.items()).extracting(BotSummary::bot).containsExactly("b", "a");
    assertThat(second.nextCursor()).isEmpty();
  }

  @Test
  final void a_version_is_kept_as_it_was_first_written() {
    save("acme");
    store().addVersion(version("acme", "v1"));
    var again =
        new BotStore.Version(
            "acme", "v1", json("{\"other\":1}"), Map.of(), "other", "", NOON.plusSeconds(1));
    store().addVersion(again);

    assertThat(store().version("acme", "v1")).contains(version("acme", "v1"));
    assertThat(store().versions("acme", Optional.empty(), 9).items())
        .containsExactly(new VersionSummary("v1", NOON));
  }

  @Test
  final void packages_of_a_draft_are_kept_apart_from_it() {
    String revision = save("acme");
    assertThat(store().packages("acme")).isEmpty();
    var first = new DraftPackages("alpha", "alpha==1", NOON);
    store().putPackages("acme", first);
    assertThat(store().packages("acme")).contains(first);
    assertThat(store().draft("acme").orElseThrow().revision()).isEqualTo(revision);
    var second = new DraftPackages("beta", "beta==1", NOON.plusSeconds(1));
    store().putPackages("acme", second);
    assertThat(store().packages("acme")).contains(second);
    store().putPackages("absent", first);
    assertThat(store().packages("absent")).isEmpty();
  }

  @Test
  final void every_lock_that_is_named_is_told_until_its_bot_is_gone() {
    save("acme");
    save("other");
    assertThat(store().withRequirements()).containsExactlyInAnyOrder("acme", "other");
    store().putPackages("acme", new DraftPackages("alpha", "alpha==1", NOON));
    store().putPackages("other", new DraftPackages("", "", NOON));
    store().addVersion(version("other", "v1"));
    store()
        .addVersion(
            new BotStore.Version("other", "v2", json("{}"), Map.of(), "beta", "beta==1", NOON));
    assertThat(store().locks()).containsExactlyInAnyOrder("alpha==1", "beta==1");
    assertThat(store().version("other", "v2").orElseThrow().lock()).isEqualTo("beta==1");
    store().delete("acme");
    assertThat(store().packages("acme")).isEmpty();
    assertThat(store().locks()).containsExactly("beta==1");
    assertThat(store().withRequirements()).containsExactly("other");
  }

  @Test
  final void versions_belong_to_their_bot() {
    save("acme");
    save("other");
    store().addVersion(version("acme", "v1"));

    assertThat(store().version("other", "v1")).isEmpty();
    assertThatThrownBy(() -> store().deploy(deployment("d", "other", "v1", Environment.STAGING)))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_VERSION));
  }

  @Test
  final void versions_and_deployments_are_listed_newest_first_page_by_page() {
    save("acme");
    for (int i = 1; i <= 5; i++) {
      store().addVersion(version("acme", "v" + i));
      store().deploy(deployment("d" + i, "acme", "v" + i, Environment.STAGING));
    }

    assertThat(all(cursor -> store().versions("acme", cursor, 2)))
        .extracting(VersionSummary::version)
        .containsExactly("v5", "v4", "v3", "v2", "v1");
    assertThat(all(cursor -> store().deployments("acme", Optional.empty(), cursor, 2)))
        .containsExactly(
            deployment("d5", "acme", "v5", Environment.STAGING),
            deployment("d4", "acme", "v4", Environment.STAGING),
            deployment("d3", "acme", "v3", Environment.STAGING),
            deployment("d2", "acme", "v2", Environment.STAGING),
            deployment("d1", "acme", "v1", Environment.STAGING));
  }

  @Test
  final void deployments_are_listed_by_environment() {
    save("acme");
    store().addVersion(version("acme", "v1"));
    store().deploy(deployment("d0", "acme", "v1", Environment.PRODUCTION));
    for (int i = 1; i <= 3; i++) {
      store().deploy(deployment("d" + i, "acme", "v1", Environment.STAGING));
    }

    assertThat(
            store().deployments("acme", Optional.of(Environment.PRODUCTION), Optional.empty(), 1))
        .isEqualTo(
            new BotStore.Page<>(
                List.of(deployment("d0", "acme", "v1", Environment.PRODUCTION)), Optional.empty()));
    assertThat(all(c -> store().deployments("acme", Optional.of(Environment.STAGING), c, 2)))
        .extracting(BotStore.Deployment::id)
        .containsExactly("d3", "d2", "d1");
  }

  @Test
  final void what_was_deployed_last_is_live_and_an_older_version_can_come_back() {
    save("acme");
    store().addVersion(version("acme", "v1"));
    store().addVersion(version("acme", "v2"));
    assertThat(store().live("acme", Environment.PRODUCTION)).isEmpty();

    store().deploy(deployment("d1", "acme", "v1", Environment.PRODUCTION));
    assertThat(store().live("acme", Environment.PRODUCTION)).contains(version("acme", "v1"));
    store().deploy(deployment("d2", "acme", "v2", Environment.PRODUCTION));
    assertThat(store().live("acme", Environment.PRODUCTION)).contains(version("acme", "v2"));
    store().deploy(deployment("d3", "acme", "v1", Environment.PRODUCTION));
    assertThat(store().live("acme", Environment.PRODUCTION)).contains(version("acme", "v1"));
    assertThat(store().live("acme", Environment.STAGING)).isEmpty();
  }

  @Test
  final void a_deleted_bot_leaves_nothing_to_the_next_of_its_name() {
    save("acme");
    store().addVersion(version("acme", "v1"));
    store().deploy(deployment("d1", "acme", "v1", Environment.PRODUCTION));
    store().putVariable("acme", "URL", Map.of(Environment.STAGING, new Secret("x")), true);
    stores().invocations().start(started("inv_1", "acme"));
    stores().conversations().commit(turn(key("acme", "ada"), "t1", 1));
    assertThat(store().live("acme", Environment.PRODUCTION)).isPresent();

    assertThat(store().delete("acme")).isTrue();
    save("acme");

    assertThat(store().live("acme", Environment.PRODUCTION)).isEmpty();
    assertThat(store().version("acme", "v1")).isEmpty();
    assertThat(store().deployments("acme", Optional.empty(), Optional.empty(), 9).items())
        .isEmpty();
    assertThat(store().variables("acme")).isEmpty();
    assertThat(stores().conversations().conversation(key("acme", "ada"))).isEmpty();
    assertThat(stores().conversations().answered(key("acme", "ada"), "msg-t1")).isEmpty();
    assertThat(stores().conversations().transcript(key("acme", "ada"), 9)).isEmpty();
    assertThat(stores().invocations().find("inv_1")).isEmpty();
    assertThat(stores().invocations().list(Filters.of("acme"), Optional.empty(), 9).items())
        .isEmpty();
  }

  @Test
  final void deleting_a_bot_leaves_others_and_the_users_alone() {
    save("acme");
    save("other");
    stores().invocations().start(started("inv_1", "other"));
    stores().conversations().commit(turn(key("acme", "ada"), "t1", 1));
    stores().conversations().commit(turn(key("other", "ada"), "t2", 1));

    store().delete("acme");

    assertThat(store().draft("other")).isPresent();
    assertThat(stores().invocations().find("inv_1")).isPresent();
    assertThat(stores().conversations().transcript(key("other", "ada"), 9)).hasSize(2);
    assertThat(stores().conversations().user(key("other", "ada"))).isPresent();
  }

  @Test
  final void a_deleted_bot_with_a_long_history_is_removed_whole() {
    save("acme");
    for (int i = 0; i < 1200; i++) {
      stores().invocations().start(started("inv_" + i, "acme"));
    }
    store().delete("acme");

    assertThat(stores().invocations().interruptLeftovers(NOON)).isZero();
  }

  @Test
  final void writes_to_an_unknown_bot_are_refused() {
    assertUnknownBot(() -> store().addVersion(version("acme", "v1")));
    assertUnknownBot(() -> store().deploy(deployment("d", "acme", "v1", Environment.STAGING)));
    assertUnknownBot(() -> store().putVariable("acme", "A", Map.of(), false));
  }

  @Test
  final void a_cursor_that_is_none_of_the_list_is_refused() {
    save("a");
    save("b");
    String ofBots = store().bots(Optional.empty(), 1).nextCursor().orElseThrow();

    for (String cursor :
        List.of("", "%%%", "bm9wZQ", "Yi4x.", "Yi54", "Yi45OTk5OTk5OTk5OTk5OTk5OTk5OTk")) {
      assertRefused(ErrorCode.INVALID_REQUEST, () -> store().bots(Optional.of(cursor), 1));
    }
    assertRefused(ErrorCode.INVALID_REQUEST, () -> store().versions("a", Optional.of(ofBots), 1));
  }

  private String save(String bot) {
    return store().save(draft(bot, "Acme"), Optional.empty()).orElseThrow().revision();
  }

  private static <T> List<T> all(Function<Optional<String>, BotStore.Page<T>> list) {
    var all = new ArrayList<T>();
    Optional<String> cursor = Optional.empty();
    do {
      BotStore.Page<T> page = list.apply(cursor);
      all.addAll(page.items());
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    return all;
  }

  private static void assertUnknownBot(ThrowingCallable write) {
    assertRefused(ErrorCode.UNKNOWN_BOT, write);
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
