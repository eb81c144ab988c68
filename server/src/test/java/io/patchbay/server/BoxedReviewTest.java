package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.authoring.Authoring.SourceProblem;
import io.patchbay.base.Ids;
import io.patchbay.executor.Executor;
import io.patchbay.executor.box.BoxedExecutor;
import io.patchbay.executor.box.ExecutorConfig;
import io.patchbay.integration.code.HeldSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Source is reviewed in the real box. */
class BoxedReviewTest {
  private static final String LOCK = "a".repeat(32);

  @TempDir static Path sets;
  private static Executor executor;
  private static BoxedReview review;

  @BeforeAll
  static void start() throws IOException {
    Clock clock = Clock.systemUTC();
    Files.setPosixFilePermissions(sets, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(Files.createDirectory(sets.resolve(LOCK)).resolve("acme_words.py"), "");
    executor = BoxedExecutor.start(ExecutorConfig.standard(clock).withPackageSets(sets));
    review =
        new BoxedReview(
            executor,
            new Ids(clock, new Random(1)),
            clock,
            lock -> Optional.of(new Set(lock)),
            module ->
                module.equals("unlikely") ? Optional.of("it could not be had") : Optional.empty());
    assumeTrue(executor.status().available(), executor.status().description());
  }

  @AfterAll
  static void end() {
    executor.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "def main(event, context):~    return {'status': false}|2 the name false is not defined; in Python it is False",
        "def main(e, c):~    return helper(e)|2 the name helper is not defined",
        "x = missing~def main(e, c):~    return x|1 the name missing is not defined",
        "async def main(event, context):~    return 1|1 main is async, so that nothing of it runs: write def main(event, context)",
        "~def main(event):~    return 1|2 main is called with two arguments and takes others: write def main(event, context)",
        "def main(a, b, c):~    return 1|1 main is called with two arguments and takes others: write def main(event, context)",
        "def main(a, b, *, c):~    return 1|1 main is called with two arguments and takes others: write def main(event, context)",
        "import json~import nowhere.deep as n~def main(e, c):~    return n|2 there is no module nowhere here: add the package that brings it to requirements.txt",
        "def main(e, c):~    from unlikely import x~    return x|2 there is no module unlikely here: add the package that brings it to requirements.txt; the default package is not there: it could not be had",
        "import acme_words~def main(e, c):~    return 1|1 there is no module acme_words here: add the package that brings it to requirements.txt",
        "print('no main')|1 there is no function main(event, context), so every call will fail",
      })
  void a_mistake_that_compiles_is_told_with_its_line(String source, String expected) {
    SourceProblem warning = warnings(source.replace('~', '\n')).getFirst();
    assertThat(warning.line() + " " + warning.message()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "import json, os.path as p~def main(event, context):~    return json.dumps([p, len('x')])",
        "import patchbay, json, xml.etree.ElementTree~from patchbay import hsl~def main(event, context=None, *more, x=1):~    return 1",
        "try:~    import nowhere~except ImportError:~    nowhere = None~def main(event, context):~    return nowhere",
        "from typing import TYPE_CHECKING~if TYPE_CHECKING:~    import nowhere~def main(*all):~    return all",
        "def wrap(f):~    return lambda e, c: f(e)~@wrap~def main(event):~    return event",
        "def main(event):~    return event~main = (lambda f: lambda e, c: f(e))(main)",
        "from os import *~def main(event, context):~    return getcwd()",
        "def main(event, context):~    global late~    late = 1~    return late",
        "class A:~    x = 1~    def f(self):~        return [y for y in (1, 2) if (z := y)] + [self.x]~main = A().f",
        "def main(event, context):~    try:~        pass~    except ValueError as e:~        print(e)~    return __name__",
        "def main(event, context):~    def inner():~        return event~    return inner()",
      })
  void good_code_gets_no_warning(String source) {
    assertThat(review.problems(source.replace('~', '\n'))).isEmpty();
    assertThat(warnings(source.replace('~', '\n'))).isEmpty();
  }

  @Test
  void what_the_packages_of_the_bot_bring_is_there() {
    String source = "import acme_words\ndef main(e, c): return 1\n";
    assertThat(review.warnings(source, LOCK)).isEmpty();
    assertThat(review.warnings("import nowhere\n" + source, LOCK)).hasSize(1);
  }

  private static List<SourceProblem> warnings(String source) {
    return review.warnings(source, "");
  }

  /** In use for ever. */
  private record Set(String name) implements HeldSets.Held {
    @Override
    public void close() {}
  }

  @Test
  void what_does_not_compile_is_a_problem_with_its_line() {
    assertThat(review.problems("def main(:\n")).singleElement().matches(p -> p.line() == 1);
  }

  @Test
  void hostile_source_costs_nothing_but_its_warnings_and_that_is_said() {
    assertThat(warnings("(".repeat(90) + "1" + ")".repeat(90))).hasSize(1);
    assertThat(warnings("x" + "+x".repeat(50_000)))
        .singleElement()
        .satisfies(w ->
            assertThat(w.message()).startsWith("It was not looked through for likely mistakes: "));
  }
}
