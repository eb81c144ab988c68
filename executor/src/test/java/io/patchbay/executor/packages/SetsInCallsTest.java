package io.patchbay.executor.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution.Outcome;
import io.patchbay.executor.Execution.Outcome.Returned;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.BoxedExecutor;
import io.patchbay.executor.box.ExecutorConfig;
import io.patchbay.executor.egress.EgressPolicy;
import io.patchbay.executor.packages.PackageSets.Outcome.Ready;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets as the code of calls sees them. */
final class SetsInCallsTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final String VERSION = "import shared\ndef main(e, c): return shared.VERSION\n";

  @TempDir Path temporary;
  private TinyIndex index;
  private TestSets sets;
  private BoxedExecutor executor;

  @BeforeEach
  void start() throws IOException {
    index = TinyIndex.start();
    sets = TestSets.open(temporary, index.url());
    executor =
        BoxedExecutor.start(
            ExecutorConfig.standard(CLOCK).withPackageSets(temporary.resolve("packages")));
    Assumptions.assumeTrue(executor.status().available(), executor.status().description());
  }

  @AfterEach
  void stop() {
    executor.close();
    sets.close();
    index.close();
  }

  private String set(String requirements) {
    Ready ready = TestSets.ready(sets.install(requirements));
    return ready.set().orElseThrow();
  }

  private Outcome run(String source, Optional<String> set) {
    Code code =
        new Code(
            new Code.Owner("bot", ""),
            "NODE",
            source,
            set,
            128L << 20,
            EgressPolicy.closed(),
            Isolation.PROCESS);
    return executor.run(new CodeCall("id", code, "{}", CLOCK.instant().plusSeconds(60))).outcome();
  }

  @Test
  void two_bots_have_two_versions_of_a_package_in_the_same_second() throws Exception {
    index.with(Wheel.of("shared", "1.0"), Wheel.of("shared", "2.0"));
    String one = set("shared==1.0\n");
    String two = set("shared==2.0\n");
    List<CompletableFuture<Outcome>> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String set = i % 2 == 0 ? one : two;
      calls.add(CompletableFuture.supplyAsync(() -> run(VERSION, Optional.of(set))));
    }
    for (int i = 0; i < 10; i++) {
      String version = i % 2 == 0 ? "\"1.0\"" : "\"2.0\"";
      assertThat(calls.get(i).get(90, TimeUnit.SECONDS)).isEqualTo(new Returned(version));
    }
  }

  @Test
  void a_call_sees_its_own_set_and_no_other() {
    index.with(Wheel.of("shared", "1.0"), Wheel.of("alien", "1.0"));
    String own = set("shared\n");
    String other = set("alien\n");
    String look =
        """
        import importlib, os
        def main(e, c):
            seen = sorted(n for n in os.listdir("/opt/packages") if "dist-info" not in n)
            found = [p for p, _, fs in os.walk("/") if "%s" in p or "alien" in str(fs)]
            try:
                importlib.import_module("alien")
                found.append("imported")
            except ImportError:
                pass
            return [seen, found]
        """
            .formatted(other);
    assertThat(run(look, Optional.of(own))).isEqualTo(new Returned("[[\"shared\"],[]]"));
    assertThat(
            run("import os\ndef main(e, c): return os.listdir('/opt/packages')", Optional.empty()))
        .isEqualTo(new Returned("[]"));
  }

  @Test
  void a_set_cannot_be_changed_by_a_call() {
    index.with(Wheel.of("shared", "1.0"));
    String write =
        """
        import os
        def main(e, c):
            refused = 0
            for act in (lambda: open("/opt/packages/shared/__init__.py", "w"),
                        lambda: open("/opt/packages/new.py", "w"),
                        lambda: os.remove("/opt/packages/shared/__init__.py"),
                        lambda: os.chmod("/opt/packages", 0o777)):
                try:
                    act()
                except OSError:
                    refused += 1
            return refused
        """;
    assertThat(run(write, Optional.of(set("shared\n")))).isEqualTo(new Returned("4"));
  }

  @Test
  void a_package_of_the_set_comes_before_the_same_of_the_machine() {
    index.with(Wheel.of("requests", "99.0"));
    String source = "import requests\ndef main(e, c): return requests.VERSION\n";
    assertThat(run(source, Optional.of(set("requests\n")))).isEqualTo(new Returned("\"99.0\""));
  }

  @Test
  void a_pth_file_has_no_effect_on_calls() {
    index.with(Wheel.of("shared", "1.0", Map.of("shared.pth", "import sys; sys.hooked = True\n")));
    String source = "import sys, shared\ndef main(e, c): return hasattr(sys, 'hooked')\n";
    assertThat(run(source, Optional.of(set("shared\n")))).isEqualTo(new Returned("false"));
  }

  @Test
  void modules_are_compiled_ahead_under_the_place_where_they_are_seen() {
    index.with(Wheel.of("shared", "1.0"));
    String source = "import shared\ndef main(e, c): return [shared.__cached__, shared.__file__]\n";
    assertThat(run(source, Optional.of(set("shared\n"))).toString())
        .contains("/opt/packages/shared/__pycache__/__init__.cpython-", "/shared/__init__.py");
  }

  @Test
  void a_set_that_is_not_there_is_an_error_and_not_a_call_without_it() {
    assertThat(run("def main(e, c): return 1", Optional.of("0".repeat(32))))
        .isInstanceOf(Outcome.Failed.class);
  }
}
