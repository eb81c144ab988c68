package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.LogRecord;
import io.patchbay.executor.Execution.Outcome.Failed;
import io.patchbay.executor.Execution.Reason;
import io.patchbay.executor.Executor.SourceProblem;
import io.patchbay.executor.Limits;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a builder sees of code that means no harm. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BuildersCodeTest {
  private TestBox box;

  @BeforeAll
  void start() {
    box = TestBox.start(containment());
  }

  /** Another level's test is this one with another answer. */
  Containment containment() {
    return Containment.NAMESPACES;
  }

  @AfterAll
  void close() {
    if (box != null) {
      box.close();
    }
  }

  @Test
  @DisplayName("A1 A2 A4: main gets event['body'] as a string and returns statusCode and body")
  void main_gets_the_event_and_its_return_value_comes_back() {
    String source =
        """
        import json
        def main(event, context):
            body = json.loads(event["body"])
            return {"statusCode": 200, "body": json.dumps({"sum": body["a"] + body["b"]})}
        """;
    String event = "{\"body\":\"{\\\"a\\\":2,\\\"b\\\":3}\"}";
    assertThat(TestBox.returned(box.run(source, event, Duration.ofSeconds(10))))
        .isEqualTo("{\"statusCode\":200,\"body\":\"{\\\"sum\\\": 5}\"}");
  }

  @Test
  @DisplayName("A3 K21: context looks like that of a hosted function")
  void context_tells_about_the_call() {
    String source =
        """
        def main(event, context):
            left = context.get_remaining_time_in_millis()
            return [context.aws_request_id[:5], context.function_name, context.function_version,
                    context.memory_limit_in_mb, 0 < left <= 9000, __name__, __file__]
        """;
    assertThat(TestBox.returned(box.run(source, Duration.ofSeconds(9))))
        .isEqualTo("[\"call-\",\"NODE\",\"$LATEST\",128,true,\"handler\",\"handler.py\"]");
  }

  @Test
  @DisplayName("K28: nothing of a call is there for the next one")
  void globals_modules_environment_and_files_are_fresh_at_every_call() {
    String source =
        """
        import os, sys, json, random
        count = 0
        def main(event, context):
            global count
            count += 1
            seen = [count, os.listdir("."), os.environ.get("X"), hasattr(json, "mine"), len(os.listdir(os.environ["TMPDIR"]))]
            open(os.environ["HOME"] + "/x", "w").write("x"); os.environ["X"] = "1"; json.mine = 1
            return seen
        """;
    for (int i = 0; i < 3; i++) {
      assertThat(box.returned(source)).isEqualTo("[1,[],null,false,0]");
    }
    String random =
        "import random, uuid\ndef main(e, c): return [random.random(), uuid.uuid4().hex]";
    assertThat(box.returned(random)).isNotEqualTo(box.returned(random));
  }

  @Test
  @DisplayName(
      "A9: logging at every level, print, sys.stderr and raw writes are log lines, in order")
  void logged_printed_and_raw_lines_come_in_order() {
    Execution execution =
        box.run(
            """
            import logging, os, sys
            log = logging.getLogger("shop")
            logging.basicConfig(level=logging.ERROR)
            print("one"); os.write(1, b"two\\n"); log.debug("three %d", 3)
            print("four", file=sys.stderr); os.write(2, b"five\\n")
            def main(event, context):
                log.critical("six"); log.log(35, "seven")
                try: 1 / 0
                except ZeroDivisionError: log.exception("eight")
                print("half ", end=""); print("line", end="")
            """);
    assertThat(execution.logs())
        .extracting(LogRecord::level, LogRecord::logger, BuildersCodeTest::firstLine)
        .containsExactly(
            tuple("INFO", "stdout", "one"),
            tuple("INFO", "stdout", "two"),
            tuple("DEBUG", "shop", "three 3"),
            tuple("WARNING", "stderr", "four"),
            tuple("WARNING", "stderr", "five"),
            tuple("CRITICAL", "shop", "six"),
            tuple("WARNING", "shop", "seven"),
            tuple("ERROR", "shop", "eight"),
            tuple("INFO", "stdout", "half line"));
    assertThat(execution.logs().get(7).message()).contains("ZeroDivisionError");
  }

  @Test
  void a_line_whose_arguments_do_not_fit_is_logged_with_its_place() {
    Execution execution =
        box.run(
            """
            import logging
            class Shy:
                def __str__(self): raise ValueError("not me")
            def main(event, context):
                logging.warning("of %d and %d", 5)
                logging.info(Shy())
                return 1
            """);
    assertThat(execution.logs())
        .extracting(LogRecord::level, LogRecord::message)
        .containsExactly(
            tuple(
                "WARNING",
                "of %d and %d (this line of the log could not be made: TypeError: "
                    + "not enough arguments for format string, line 5)"),
            tuple(
                "INFO",
                "<Shy> (this line of the log could not be made: ValueError: not me, line 6)"));
  }

  @Test
  void a_long_log_is_cut_with_one_line_that_says_so() {
    Execution execution =
        box.run("def main(e, c):\n    for i in range(100000): print('line', i)\n    return 1");
    assertThat(TestBox.returned(execution)).isEqualTo("1");
    assertThat(execution.logs()).hasSizeLessThan(Limits.MAX_LOG / 16);
    assertThat(execution.logs().getFirst().message()).isEqualTo("line 0");
    assertThat(execution.logs().getLast().message()).contains("cut");
    assertThat(execution.logs().stream().filter(line -> line.message().contains("cut"))).hasSize(1);
  }

  @Test
  @DisplayName("A15 A18: an exception shows the builder's frames, source lines and line")
  void an_exception_has_the_builders_traceback_and_line() {
    Failed failed =
        box.failed(
            """
            import json

            def inner(text):
                return json.loads(text)

            def main(event, context):
                return inner("{")
            """);
    assertThat(failed.reason()).isEqualTo(Reason.EXCEPTION);
    assertThat(failed.message()).startsWith("JSONDecodeError: ");
    assertThat(failed.line()).contains(4);
    assertThat(failed.traceback().orElseThrow())
        .contains("File \"handler.py\", line 7, in main", "return inner(\"{\")")
        .contains("line 4, in inner", "return json.loads(text)")
        .doesNotContain("runner.py", "decoder.py");
  }

  @Test
  @DisplayName("A18: a pasted false is a NameError")
  void a_pasted_false_is_a_name_error() {
    Failed failed = box.failed("def main(event, context):\n    return {'status': false}\n");
    assertThat(failed.message()).contains("NameError", "false");
    assertThat(failed.line()).contains(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          import nothing_like_this                             | IMPORT_ERROR | 1
          def main(e, c): import nothing_like_this             | IMPORT_ERROR | 1
          from json import nothing_like_this                   | IMPORT_ERROR | 1
          1 / 0                                                | EXCEPTION    | 1
          def main(e, c): raise SystemExit(3)                  | EXCEPTION    | 1
          def main(e, c): raise KeyboardInterrupt              | EXCEPTION    | 1
          def main(e, c): raise MemoryError                    | OUT_OF_MEMORY | 1
          def main(e, c): eval("1 +")                          | EXCEPTION    | 1
          def main(e): return 1                                | EXCEPTION    |
          main = 3                                             | EXCEPTION    |
          x = 3                                                | EXCEPTION    |
          def main(e, c) return 1                              | SYNTAX_ERROR | 1
          def main(e, c): return 1 1                           | SYNTAX_ERROR | 1
          """)
  void failures_have_their_reason_and_line(String source, Reason reason, Integer line) {
    Failed failed = box.failed(source);
    assertThat(failed.reason()).isEqualTo(reason);
    assertThat(failed.line().orElse(null)).isEqualTo(line);
    assertThat(failed.message()).isNotBlank();
  }

  @Test
  void an_exception_whose_text_cannot_be_made_is_told_anyway() {
    Failed failed =
        box.failed(
            """
            class Odd(Exception):
                def __str__(self): raise ValueError("no")
            def main(e, c): raise Odd()
            """);
    assertThat(failed.message()).startsWith("Odd");
    Failed huge = box.failed("def main(e, c): raise Exception('x' * 50_000_000)");
    assertThat(huge.message().length()).isLessThan(10_000);
    assertThat(huge.message()).endsWith("... (cut)");
    assertThat(huge.traceback().orElseThrow()).startsWith("Traceback").contains("... (cut)");
  }

  @Test
  void a_long_traceback_keeps_what_was_raised_at_its_end_and_says_that_it_is_cut() {
    Failed failed =
        box.failed(
            """
            def main(e, c):
                raise ValueError("\\n".join("line %d" % i for i in range(20_000)) + " the end")
            """);
    assertThat(failed.traceback().orElseThrow())
        .startsWith("Traceback")
        .contains("... (cut)\n")
        .endsWith("line 19999 the end\n");
    assertThat(failed.message()).hasSizeLessThan(2100).endsWith("... (cut)");
  }

  @Test
  void a_body_of_the_full_size_fits_and_one_byte_more_does_not() {
    String source = "def main(e, c): return {'statusCode': 200, 'body': '\"' * %d}";
    assertThat(box.returned(source.formatted(Limits.MAX_RESULT))).contains("\\\"");
    assertThat(box.reason(source.formatted(Limits.MAX_RESULT + 1)))
        .isEqualTo(Reason.RESULT_TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x = 1\0", "x = '\uD800'", "def f(:", "(", "\tx\n  y", "'''"})
  void check_finds_what_does_not_compile(String source) {
    assertThat(box.executor().check(source)).hasSize(1);
    assertThat(box.reason(source)).isEqualTo(Reason.SYNTAX_ERROR);
  }

  @Test
  void check_finds_the_line_and_column_and_runs_nothing() {
    assertThat(box.executor().check("raise Exception\nx = = 1\n"))
        .extracting(SourceProblem::line, SourceProblem::column)
        .containsExactly(tuple(2, 5));
    assertThat(box.executor().check("raise Exception\n")).isEmpty();
    assertThat(box.executor().check("\uFEFF# -*- coding: latin-1 -*-\nx = 'ä'\n")).isEmpty();
    assertThat(box.executor().check("(".repeat(100_000))).hasSize(1);
    assertThat(box.executor().check("#".repeat(Limits.MAX_SOURCE))).isEmpty();
    assertThat(box.executor().check("#".repeat(Limits.MAX_SOURCE + 1))).hasSize(1);
  }

  @Test
  void threads_and_asyncio_work() {
    assertThat(
            box.returned(
                """
                import asyncio, concurrent.futures
                async def twice(x):
                    await asyncio.sleep(0.01)
                    return await asyncio.get_running_loop().run_in_executor(None, lambda: 2 * x)
                def main(e, c):
                    with concurrent.futures.ThreadPoolExecutor(32) as pool:
                        squares = list(pool.map(lambda x: x * x, range(32)))
                    async def both(): return await asyncio.gather(twice(1), twice(2))
                    return [sum(squares), asyncio.run(both())]
                """))
        .isEqualTo("[10416,[2,4]]");
  }

  @Test
  void libraries_that_lock_map_and_reserve_files_and_sockets_in_pairs_work() {
    assertThat(
            box.returned(
                """
                import asyncio, fcntl, logging.handlers, mmap, os, pathlib, socket, sqlite3, tempfile

                def database(mode):
                    path = os.path.join(tempfile.gettempdir(), mode + ".db")
                    with sqlite3.connect(path) as one, sqlite3.connect(path) as two:
                        one.execute(f"PRAGMA journal_mode = {mode}")
                        one.execute("CREATE TABLE t (x)")
                        one.executemany("INSERT INTO t VALUES (?)", [(x,) for x in range(100)])
                        one.commit()
                        return two.execute("SELECT sum(x) FROM t").fetchone()[0]

                def locked(lock):
                    with tempfile.NamedTemporaryFile() as file:
                        for kind in (fcntl.LOCK_SH, fcntl.LOCK_EX | fcntl.LOCK_NB, fcntl.LOCK_UN):
                            lock(file, kind)
                        return True

                def reserved():
                    with tempfile.TemporaryFile() as file:
                        os.posix_fallocate(file.fileno(), 0, 100_000)
                        with mmap.mmap(file.fileno(), 0) as mapped:
                            mapped[:4] = b"text"
                        return [os.fstat(file.fileno()).st_size, file.read(4).decode()]

                async def echoed():
                    ours, theirs = socket.socketpair()
                    reader, writer = await asyncio.open_connection(sock=ours)
                    writer.writelines([b"one", b"two", b"\\n"])
                    theirs.sendmsg([b"three ", b"four\\n"])
                    return [(await reader.readline()).decode(), theirs.recv(100).decode()]

                def logged():
                    path = pathlib.Path(tempfile.gettempdir(), "log")
                    handler = logging.handlers.RotatingFileHandler(path, maxBytes=100, backupCount=2)
                    for number in range(10): handler.emit(logging.makeLogRecord({"msg": "x" * 60}))
                    handler.close()
                    return len(list(path.parent.glob("log*")))

                def main(e, c):
                    return [database("DELETE"), database("WAL"), locked(fcntl.flock),
                            locked(fcntl.lockf), reserved(), asyncio.run(echoed()), logged()]
                """))
        .isEqualTo("[4950,4950,true,true,[100000,\"text\"],[\"three four\\n\",\"onetwo\\n\"],3]");
  }

  private static String firstLine(LogRecord line) {
    return line.message().lines().findFirst().orElse("");
  }
}
