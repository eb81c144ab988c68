package io.patchbay.hsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patchbay.base.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the builders' Python module makes is what this package takes without a warning. */
class PythonModuleTest {
  private static final Path MODULE =
      Path.of("../executor/src/main/resources/io/patchbay/executor/box");

  @BeforeAll
  static void needs_python() throws Exception {
    assumeTrue(python("print('here')").equals("here\n"), "python3 is not there");
  }

  @Test
  @DisplayName("H2 to H6: every builder's element is whole")
  void what_the_builders_make_is_read_without_a_warning() throws Exception {
    BotResponse read =
        response(
            """
            "Hello",
            text("Hi"),
            text("Go on?", ["Yes", quick_reply("No", "stop"), say("Maybe")]),
            button("Next?", ["Back", quick_reply("On"), link("Shop", "https://shop.example"),
                             say("Stop", "stop it"), call("Ring", "+1 202 555 0143")]),
            carousel([card("Tea"), card("Cup", "blue", "small", actions=["Take it"])]),
            carousel([card("Tea", image="https://shop.example/t.png", actions=[link("L", "a://b")])],
                     width="THIN", aspect_ratio="1.77", text="Ours"),
            carousel([card("Tea"), card("Cup", image="http://x/y")], aspect_ratio="1000.1"),
            image("https://shop.example/t.png"),
            image("https://video.example/embed/1", text="A film", width="BIG", aspect_ratio=1.69),
            """);

    assertThat(read.warnings()).isEmpty();
    assertThat(read.elements())
        .extracting(HslElement::type)
        .containsExactly(
            "TEXT",
            "TEXT",
            "TEXT",
            "BUTTON",
            "CAROUSEL",
            "CAROUSEL",
            "CAROUSEL",
            "CAROUSEL",
            "CAROUSEL");
  }

  @Test
  @DisplayName("H6 H7: what a tap does")
  void taps_say_and_open_what_was_given() throws Exception {
    BotResponse read =
        response(
            """
            text("Go on?", [quick_reply("No", "stop")]),
            button("Next?", [link("Shop", "https://shop.example"), call("Ring", "12 34")]),
            carousel([card("Tea", actions=["Take it"])]),
            """);

    List<HslElement.Actionable> taps =
        read.elements().stream().flatMap(e -> e.actionables().stream()).toList();
    assertThat(taps)
        .extracting(HslElement.Actionable::sends)
        .containsExactly("stop", "Shop", "1234", "Take it");
    assertThat(taps.get(1).link()).contains("https://shop.example");
    assertThat(taps.get(2).link()).contains("tel:1234");
  }

  @Test
  void a_warning_would_be_seen() throws Exception {
    assertThat(response("{**text('x'), 'data': {}}").warnings())
        .containsExactly("response[0] is a TEXT without data.quick_replies");
  }

  private static BotResponse response(String bubbles) throws Exception {
    String body = python("from patchbay import *\nprint(reply(%s)['body'])".formatted(bubbles));
    return BotResponse.read(Json.parse(body).path("response"));
  }

  private static String python(String code) throws InterruptedException {
    var builder = new ProcessBuilder("python3", "-B", "-X", "utf8", "-c", code);
    builder.environment().put("PYTHONPATH", MODULE.toString());
    builder.redirectErrorStream(true);
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return output;
    } catch (IOException e) {
      return "not started: " + e.getMessage();
    }
  }
}
