package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.LogRecord;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HappyPathTest {
  private TestBox box;

  @BeforeAll
  void start() {
    box = TestBox.start();
  }

  @AfterAll
  void close() {
    if (box != null) {
      box.close();
    }
  }

  @Test
  void main_gets_the_event_and_its_return_value_comes_back() {
    String source =
        """
        import json
        def main(event, context):
            body = json.loads(event["body"])
            return {"statusCode": 200, "body": json.dumps({"sum": body["a"] + body["b"]})}
        """;
    Execution execution =
        box.run(source, "{\"body\":\"{\\\"a\\\":2,\\\"b\\\":3}\"}", Duration.ofSeconds(10));
    assertThat(TestBox.returned(execution))
        .isEqualTo("{\"statusCode\":200,\"body\":\"{\\\"sum\\\": 5}\"}");
  }

  @Test
  void logged_printed_and_raw_lines_come_in_order() {
    Execution execution =
        box.run(
            """
            import logging, os, sys
            print("one")
            os.write(1, b"two\\n")
            logging.getLogger("x").debug("three")
            print("four", file=sys.stderr)
            def main(event, context): return None
            """);
    assertThat(execution.logs())
        .extracting(LogRecord::level, LogRecord::logger, LogRecord::message)
        .containsExactly(
            tuple("INFO", "stdout", "one"),
            tuple("INFO", "stdout", "two"),
            tuple("DEBUG", "x", "three"),
            tuple("WARNING", "stderr", "four"));
  }
}
