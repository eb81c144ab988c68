package io.patchbay.authoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.base.Refusal;
import io.patchbay.testing.TalkingBot;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PackagesTest {
  private static final String BOT = "acme";

  private final TalkingBot talking =
      new TalkingBot(
          """
          bot: acme
          nodes:
            RUN: {start: true, user_says: [go], integration: {type: code}}
          """);
  private final Authoring authoring = talking.authoring;

  private PackageDesk.View put(String requirements) {
    return authoring.putRequirements(BOT, requirements.getBytes(UTF_8), Optional.empty());
  }

  private PackageDesk.View await(String state) throws InterruptedException {
    return await(() -> authoring.packages(BOT), state);
  }

  private static PackageDesk.View await(Supplier<PackageDesk.View> view, String state)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!view.get().state().equals(state) && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(view.get().state()).isEqualTo(state);
    return view.get();
  }

  @Test
  void saved_requirements_are_installed_in_the_background() throws Exception {
    talking.installer.pause();
    assertThat(put("alpha").state()).isEqualTo("installing");
    assertThat(authoring.packages(BOT).lock()).isEmpty();
    talking.installer.goOn();
    PackageDesk.View ready = await("ready");
    assertThat(ready.lock()).isEqualTo("alpha");
    assertThat(ready.set()).contains("set-alpha");
    assertThat(ready.packages()).containsExactly(new PackageInstaller.Pinned("alpha", "1.0"));
    assertThat(ready.log()).containsExactly("Collecting alpha");
    assertThat(ready.error()).isEmpty();
    assertThat(ready.installedAt()).isPresent();
  }

  @Test
  void what_an_older_draft_asked_for_replaces_nothing_newer() throws Exception {
    AtomicBoolean first = new AtomicBoolean(true);
    talking.bots.beforePackages =
        () -> {
          if (first.getAndSet(false)) {
            put("beta");
            awaitForASecond(() -> authoring.packages(BOT).lock().equals("beta"));
          }
        };
    put("alpha");
    while (talking.installer.collected.size() < 2) {
      Thread.sleep(5);
    }
    assertThat(authoring.packages(BOT).state()).isEqualTo("ready");
    assertThat(authoring.packages(BOT).lock()).isEqualTo("beta");
  }

  private static void awaitForASecond(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void a_failing_installation_keeps_what_was_in_use_and_says_why() throws Exception {
    put("alpha");
    await("ready");
    put("bad");
    PackageDesk.View failed = await("failed");
    assertThat(failed.error()).contains("bad is not there");
    assertThat(failed.lock()).isEqualTo("alpha");
    assertThat(authoring.train(BOT).version()).isEmpty();
    put("alpha");
    assertThat(await("ready").error()).isEmpty();
  }

  @Test
  void what_failed_is_tried_again_when_it_is_asked_for() throws Exception {
    put("bad");
    await("failed");
    int before = talking.installer.installed.size();
    authoring.installPackages(BOT);
    await("failed");
    authoring.train(BOT);
    assertThat(talking.installer.installed).hasSizeGreaterThan(before);
  }

  @Test
  void training_waits_for_the_packages_and_a_version_holds_their_lock() throws Exception {
    String without = authoring.train(BOT).version().orElseThrow();
    assertThat(authoring.version(BOT, without).lock()).isEmpty();
    put("alpha");
    String with = authoring.train(BOT).version().orElseThrow();
    assertThat(authoring.version(BOT, with).lock()).isEqualTo("alpha");
    put("beta");
    String other = authoring.train(BOT).version().orElseThrow();
    assertThat(Set.of(without, with, other)).hasSize(3);
    assertThat(authoring.version(BOT, with).lock()).isEqualTo("alpha");
  }

  @Test
  void packages_that_cannot_be_had_prevent_a_version() {
    put("bad==9");
    Authoring.Trained trained = authoring.train(BOT);
    assertThat(trained.version()).isEmpty();
    assertThat(trained.problems())
        .extracting(Object::toString)
        .containsExactly("requirements: bad is not there");
  }

  @Test
  void requirements_that_are_not_valid_are_refused_by_line_and_change_nothing() {
    put("alpha");
    assertThatThrownBy(() -> put("beta\n--index-url http://127.0.0.1/\n"))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.problems())
                    .singleElement()
                    .satisfies(p -> assertThat(p.pointer()).isEqualTo("requirements:2")));
    assertThat(authoring.packages(BOT).requirements()).isEqualTo("alpha");
  }

  @Test
  void no_requirements_need_no_packages() throws Exception {
    assertThat(authoring.packages(BOT).state()).isEqualTo("none");
    put("alpha");
    await("ready");
    PackageDesk.View none = put("# nothing\n");
    assertThat(none.state()).isEqualTo("none");
    assertThat(none.lock()).isEmpty();
  }

  @Test
  void what_nobody_names_is_offered_for_removal() throws Exception {
    put("alpha");
    await("ready");
    authoring.delete(BOT);
    assertThat(talking.installer.collected.getLast()).isEmpty();
  }
}
