package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.server.SandboxChoice;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ServeTest {
  private static Serve parsed(String... arguments) {
    var serve = new Serve();
    new CommandLine(serve).parseArgs(arguments);
    return serve;
  }

  @Test
  void metrics_are_open_only_where_it_is_said() {
    assertThat(parsed().config().metricsOpen()).isFalse();
    assertThat(parsed("--metrics-open").config().metricsOpen()).isTrue();
  }

  @Test
  void the_strongest_containment_is_taken_unless_one_is_asked_for() {
    assertThat(parsed().config().sandbox()).isEqualTo(SandboxChoice.AUTO);
    assertThat(parsed("--sandbox", "landlock").config().sandbox())
        .isEqualTo(SandboxChoice.LANDLOCK);
    assertThat(parsed("--sandbox=namespaces").config().sandbox())
        .isEqualTo(SandboxChoice.NAMESPACES);
  }

  @Test
  void containment_that_does_not_exist_is_refused_and_nothing_is_started() throws Exception {
    assertThat(parsed("--sandbox", "none").call()).isEqualTo(2);
    assertThat(parsed("--sandbox", "").call()).isEqualTo(2);
  }

  @Test
  void the_memory_of_calls_is_a_size_where_it_is_said() throws Exception {
    assertThat(parsed().config().callsMemory()).isEmpty();
    assertThat(parsed("--calls-memory", "2GiB").config().callsMemory()).hasValue(2L << 30);
    for (String wrong : new String[] {"", "12", "12GB", "-1GiB", "63MiB"}) {
      assertThat(parsed("--calls-memory", wrong).call()).as(wrong).isEqualTo(2);
    }
  }

  @Test
  void it_listens_on_this_machine_alone_unless_told_otherwise() {
    assertThat(parsed().config().host()).isEqualTo("127.0.0.1");
    assertThat(parsed("--host", "0.0.0.0", "--port", "0").config().host()).isEqualTo("0.0.0.0");
  }
}
