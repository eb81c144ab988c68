package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Execution.Outcome.Failed;
import io.patchbay.executor.Execution.Reason;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The module {@code patchbay} in the box: docs/reference/python-module.md. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BuildersModuleTest {
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
  @DisplayName("A4 K10: it reads the payload and builds what main returns")
  void it_reads_what_a_call_gets_and_builds_what_it_returns() {
    String source =
        """
        from patchbay import Payload, reply
        def main(event, context):
            payload = Payload(event)
            return reply("Got " + payload.entities.get("order_id"), node=payload.node)
        """;
    String event =
        """
        {"body": "{\\"node\\": \\"N\\", \\"entities\\": {\\"order_id\\":\
         [{\\"entity_value\\": {\\"value\\": \\"abc123\\"}}]}}"}
        """;
    assertThat(TestBox.returned(box.run(source, event, Duration.ofSeconds(10))))
        .contains("\"statusCode\":200")
        .contains("\\\"response\\\": [\\\"Got abc123\\\"]")
        .contains("\\\"node\\\": \\\"N\\\"");
  }

  @Test
  void it_is_loaded_before_the_code_and_all_of_its_parts_can_be_imported() {
    assertThat(
            box.returned(
                """
                import sys
                loaded = "patchbay" in sys.modules
                import patchbay, patchbay.hsl, patchbay.payload
                from patchbay import *
                def main(event, context):
                    return [loaded, text is patchbay.hsl.text, sorted(patchbay.__all__)[:2]]
                """))
        .isEqualTo("[true,true,[\"Entities\",\"Payload\"]]");
  }

  @Test
  @DisplayName("K28: a call that changes the module changes it for nobody else")
  void a_call_cannot_change_it_for_another() {
    String source =
        """
        import json, os, sys, patchbay
        def main(event, context):
            seen = [patchbay.say("a")["type"], hasattr(patchbay, "mine"), patchbay.hsl.json_is_mine
                    if hasattr(patchbay.hsl, "json_is_mine") else None]
            patchbay.say = patchbay.hsl.say = lambda *a: {"type": "changed"}
            patchbay.mine = patchbay.hsl.json_is_mine = True
            patchbay.hsl._action.__defaults__ = (1,)
            patchbay.Entities.get = None
            os.makedirs("/tmp/.launcher/app/patchbay")
            open("/tmp/.launcher/app/patchbay/__init__.py", "w").write("say = None")
            return seen
        """;
    for (int i = 0; i < 3; i++) {
      assertThat(box.returned(source)).isEqualTo("[\"TEXT_ONLY\",false,null]");
    }
  }

  @Test
  void its_refusals_point_at_the_builders_line() {
    Failed failed =
        box.failed(
            """
            from patchbay import reply, text
            def main(event, context):
                return reply(
                    text(None))
            """);
    assertThat(failed.reason()).isEqualTo(Reason.EXCEPTION);
    assertThat(failed.message()).isEqualTo("TypeError: text must be a str, not None");
    assertThat(failed.line()).contains(4);
    assertThat(failed.traceback().orElseThrow()).doesNotContain("hsl.py");
  }
}
