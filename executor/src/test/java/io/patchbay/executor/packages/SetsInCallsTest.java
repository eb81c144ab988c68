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
  void what_all_calls_share_is_seen_by_the_next_one_behind_its_own() throws IOException {
    index.with(Wheel.of("shared", "1.0"), Wheel.of("shared", "2.0"));
    assertThat(run(VERSION, Optional.empty())).isInstanceOf(Outcome.Failed.class);
    Ready first = TestSets.ready(sets.install("shared==1.0\n"));
    sets.sets().share(first.lock());
    assertThat(run(VERSION, Optional.empty())).isEqualTo(new Returned("\"1.0\""));
    assertThat(run(VERSION, Optional.of(set("shared==2.0\n")))).isEqualTo(new Returned("\"2.0\""));
    assertThat(run(VERSION, first.set())).isEqualTo(new Returned("\"1.0\""));
    sets.sets().share(TestSets.ready(sets.install("shared==2.0\n")).lock());
    executor.importsChanged();
    assertThat(run(VERSION, Optional.empty())).isEqualTo(new Returned("\"2.0\""));
    sets.sets().share(PackageLock.EMPTY);
    executor.importsChanged();
    assertThat(run(VERSION, Optional.empty())).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void what_all_calls_share_comes_before_the_same_of_the_machine_even_if_that_was_loaded_ahead()
      throws IOException {
    index.with(Wheel.of("requests", "99.0"));
    sets.sets().share(TestSets.ready(sets.install("requests\n")).lock());
    executor.importsChanged();
    String source = "import requests\ndef main(e, c): return requests.VERSION\n";
    assertThat(run(source, Optional.empty())).isEqualTo(new Returned("\"99.0\""));
  }

  @Test
  void what_all_calls_share_cannot_be_changed_by_one() throws IOException {
    index.with(Wheel.of("shared", "1.0"));
    sets.sets().share(TestSets.ready(sets.install("shared\n")).lock());
    String write =
        """
        import os, shared
        def main(e, c):
            refused = 0
            place = os.path.dirname(os.path.dirname(shared.__file__))
            for act in (lambda: open(shared.__file__, "w"),
                        lambda: open(place + "/new.py", "w"),
                        lambda: os.remove(place),
                        lambda: os.symlink("/tmp", os.path.dirname(place) + "/new"),
                        lambda: os.chmod(place, 0o777)):
                try:
                    act()
                except OSError:
                    refused += 1
            return refused
        """;
    assertThat(run(write, Optional.empty())).isEqualTo(new Returned("5"));
  }

  @Test
  void mysqldb_is_pymysql_where_nothing_else_is() throws IOException {
    index.with(
        Wheel.of(
            "pymysql",
            "1.0",
            Map.of(
                "pymysql/err.py", "class Error(Exception): pass\n",
                "pymysql/cursors.py", "from . import err\n",
                "pymysql/__init__.py",
                    """
                    import sys
                    from . import cursors, err
                    def install_as_MySQLdb(): sys.modules["MySQLdb"] = sys.modules["pymysql"]
                    """)));
    sets.sets().share(TestSets.ready(sets.install("pymysql\n")).lock());
    String source =
        """
        import MySQLdb, MySQLdb.cursors
        from MySQLdb.err import Error
        import pymysql
        def main(e, c):
            return [MySQLdb is pymysql, MySQLdb.cursors is pymysql.cursors, Error is pymysql.err.Error]
        """;
    assertThat(run(source, Optional.empty())).isEqualTo(new Returned("[true,true,true]"));
  }

  @Test
  void unicodecsv_reads_and_writes_bytes() {
    String source =
        """
        import io, unicodecsv
        def main(e, c):
            file = io.BytesIO()
            w = unicodecsv.writer(file, encoding="latin-1", delimiter=";")
            w.writerow(["k\u00e4se", 1])
            d = unicodecsv.DictWriter(file, ["a", "b"])
            d.writerow({"a": "\u20ac", "b": 2})
            data = file.getvalue()
            rows = list(unicodecsv.reader(io.BytesIO(data.splitlines()[1]), encoding="utf-8"))
            dicts = list(unicodecsv.DictReader(io.BytesIO(b"x;y\\n1;2\\n"), delimiter=";"))
            return [data.hex(), rows, dicts]
        """;
    assertThat(run(source, Optional.empty()))
        .isEqualTo(
            new Returned(
                "[\"6be473653b310d0ae282ac2c320d0a\",[[\"\u20ac\",\"2\"]],[{\"x\":\"1\",\"y\":\"2\"}]]"));
  }

  @Test
  void a_set_that_is_not_there_is_an_error_and_not_a_call_without_it() {
    assertThat(run("def main(e, c): return 1", Optional.of("0".repeat(32))))
        .isInstanceOf(Outcome.Failed.class);
  }
}
