package io.patchbay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.authoring.Authoring.SourceProblem;
import io.patchbay.base.Ids;
import io.patchbay.executor.Executor;
import io.patchbay.executor.box.BoxedExecutor;
import io.patchbay.executor.box.ExecutorConfig;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Source is reviewed in the real box. */
class BoxedReviewTest {
  private static Executor executor;
  private static BoxedReview review;

  @BeforeAll
  static void start() {
    Clock clock = Clock.systemUTC();
    executor = BoxedExecutor.start(ExecutorConfig.standard(clock));
    review = new BoxedReview(executor, new Ids(clock, new Random(1)), clock);
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
        "print('no main')|1 there is no function main(event, context), so every call will fail",
      })
  void a_mistake_that_compiles_is_told_with_its_line(String source, String expected) {
    SourceProblem warning = review.warnings(source.replace('~', '\n')).getFirst();
    assertThat(warning.line() + " " + warning.message()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "import json, os.path as p~def main(event, context):~    return json.dumps([p, len('x')])",
        "from os import *~def main(event, context):~    return getcwd()",
        "def main(event, context):~    global late~    late = 1~    return late",
        "class A:~    x = 1~    def f(self):~        return [y for y in (1, 2) if (z := y)] + [self.x]~main = A().f",
        "def main(event, context):~    try:~        pass~    except ValueError as e:~        print(e)~    return __name__",
        "def main(event, context):~    def inner():~        return event~    return inner()",
      })
  void good_code_gets_no_warning(String source) {
    assertThat(review.problems(source.replace('~', '\n'))).isEmpty();
    assertThat(review.warnings(source.replace('~', '\n'))).isEmpty();
  }

  @Test
  void what_does_not_compile_is_a_problem_with_its_line() {
    assertThat(review.problems("def main(:\n")).singleElement().matches(p -> p.line() == 1);
  }

  @Test
  void hostile_source_costs_nothing_but_its_warnings_and_that_is_said() {
    assertThat(review.warnings("(".repeat(90) + "1" + ")".repeat(90))).hasSize(1);
    assertThat(review.warnings("x" + "+x".repeat(50_000)))
        .singleElement()
        .satisfies(w ->
            assertThat(w.message()).startsWith("It was not looked through for likely mistakes: "));
  }
}
