package io.patchbay.executor.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.Reason;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.box.ExecutorConfig.Capacity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that is loaded before its call, processes that serve more than one, and package sets. */
class ReadyProcessTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Tells whether the module was loaded long before main ran. */
  private static final String LOADED_AHEAD =
      """
      import time
      LOADED = time.monotonic()
      calls = 0
      def main(event, context):
          global calls
          calls += 1
          return [time.monotonic() - LOADED > 0.05, calls]
      """;

  private @org.jspecify.annotations.Nullable TestBox box;

  @AfterEach
  void close() {
    if (box != null) {
      box.close();
    }
  }

  private TestBox start(int ready) {
    box = TestBox.start(new Capacity(8, 64, ready, 1L << 30));
    return box;
  }

  @Test
  void code_that_is_called_often_is_loaded_before_its_call_and_still_fresh() throws Exception {
    TestBox started = start(4);
    boolean ahead = false;
    // What could not be loaded in time, as in a pause of the machine, is left alone for a minute.
    long end = System.nanoTime() + Duration.ofSeconds(100).toNanos();
    while (!ahead && System.nanoTime() < end) {
      String answer = started.returned(LOADED_AHEAD);
      assertThat(answer).as("every process serves one call").endsWith(",1]");
      ahead = answer.startsWith("[true");
      Thread.sleep(100);
    }
    assertThat(ahead).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Isolation.class)
  void code_that_is_expected_is_loaded_before_its_first_call(Isolation isolation) throws Exception {
    TestBox started = start(4);
    Code code = new Code("NODE", LOADED_AHEAD, TestBox.MEMORY).with(isolation);
    started.executor().warm(code);
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (started.executor().restores().waiting() == 0 && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    Thread.sleep(60);
    assertThat(call(started, code)).isEqualTo("[true,1]");
  }

  @Test
  void what_is_loaded_ahead_connects_to_nothing() throws Exception {
    TestBox started = start(4);
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
      String source =
          """
          import socket
          try:
              socket.create_connection(("127.0.0.1", %d), 15).close()
              CONNECTED = True
          except OSError:
              CONNECTED = False
          def main(event, context): return CONNECTED
          """
              .formatted(listener.getLocalPort());
      String allow = "127.0.0.1:" + listener.getLocalPort();
      int calls = 8;
      for (int i = 0; i < calls; i++) {
        Execution execution = started.run(source, allow);
        assertThat(TestBox.returned(execution)).isEqualTo("true");
        assertThat(execution.connects()).hasSize(1);
        Thread.sleep(50);
      }
      assertThat(accepted(listener)).as("one for each call, none for nobody's").isEqualTo(calls);
    }
  }

  @Test
  void what_is_logged_while_loading_ahead_belongs_to_the_call_that_gets_it() throws Exception {
    TestBox started = start(4);
    for (int i = 0; i < 6; i++) {
      Execution execution = started.run("print('loading')\ndef main(e, c): print('called')");
      assertThat(execution.logs().stream().map(Execution.LogRecord::message))
          .containsExactly("loading", "called");
      Thread.sleep(50);
    }
  }

  @Test
  void a_prepared_process_that_dies_before_its_call_is_not_used() throws Exception {
    TestBox started = start(4);
    String source =
        """
        import os, signal
        signal.signal(signal.SIGALRM, lambda *_: os._exit(3))
        signal.setitimer(signal.ITIMER_REAL, 1)
        def main(event, context):
            signal.setitimer(signal.ITIMER_REAL, 0)
            return 1
        """;
    assertThat(started.returned(source)).isEqualTo("1");
    for (int i = 0; i < 2; i++) {
      assertThat(started.returned(source)).isEqualTo("1");
      Thread.sleep(3000); // by then it has died, though it may have begun after a pause
    }
    assertThat(started.returned(source)).isEqualTo("1");
  }

  @Test
  void code_that_fails_or_hangs_while_it_loads_fails_the_same_way_each_time() throws Exception {
    TestBox started = start(4);
    for (int i = 0; i < 4; i++) {
      assertThat(started.reason("1/0\ndef main(e, c): pass")).isEqualTo(Reason.EXCEPTION);
      Execution hanging = started.run("import time\ntime.sleep(60)\ndef main(e, c): pass", SECOND);
      assertThat(TestBox.failed(hanging).reason()).isEqualTo(Reason.TIMEOUT);
      Thread.sleep(20);
    }
  }

  @Test
  void a_process_serves_one_call_after_the_other_only_where_the_code_says_so() {
    TestBox started = start(4);
    Code once = new Code("NODE", LOADED_AHEAD, TestBox.MEMORY);
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      answers.add(call(started, once));
      answers.add(call(started, once.with(Isolation.KEPT)));
    }
    assertThat(answers.stream().map(answer -> answer.replaceAll(".*,", "")))
        .containsExactly("1]", "1]", "1]", "2]", "1]", "3]");
  }

  @Test
  void a_kept_process_is_for_the_same_owner_and_code_only() {
    TestBox started = start(4);
    Set<String> answers = new HashSet<>();
    for (Code.Owner owner :
        List.of(
            new Code.Owner("shop", "staging"),
            new Code.Owner("shop", "production"),
            new Code.Owner("bank", "production"))) {
      answers.add(
          call(
              started,
              new Code(
                  owner,
                  "NODE",
                  LOADED_AHEAD,
                  Optional.empty(),
                  TestBox.MEMORY,
                  TestBox.policy(),
                  Isolation.KEPT)));
    }
    assertThat(answers).allMatch(answer -> answer.endsWith(",1]"));
  }

  @Test
  void a_kept_process_ends_with_its_first_failure() {
    TestBox started = start(4);
    String source =
        """
        import json
        calls = 0
        def main(event, context):
            global calls
            calls += 1
            if json.loads(event["body"]).get("fail"): raise ValueError("asked to")
            return calls
        """;
    Code code = new Code("NODE", source, TestBox.MEMORY).with(Isolation.KEPT);
    assertThat(call(started, code)).isEqualTo("1");
    assertThat(call(started, code)).isEqualTo("2");
    Execution failed = run(started, code, "{\"body\":\"{\\\"fail\\\":1}\"}");
    assertThat(TestBox.failed(failed).message()).contains("asked to");
    assertThat(call(started, code)).isEqualTo("1");
  }

  @Test
  void a_kept_process_logs_and_connects_for_the_call_that_it_serves() {
    TestBox started = start(4);
    String source =
        """
        import socket
        def main(event, context):
            print(context.aws_request_id)
            return socket.socket().connect_ex(("127.0.0.1", 1))
        """;
    Code code = new Code("NODE", source, TestBox.MEMORY).with(Isolation.KEPT);
    for (int i = 0; i < 3; i++) {
      Execution execution = run(started, code, "{}");
      assertThat(execution.logs().getFirst().message()).isEqualTo("call-" + i);
      assertThat(execution.connects()).hasSize(1);
    }
  }

  @Test
  void a_process_that_works_while_it_waits_is_ended() throws Exception {
    TestBox started = start(4);
    String source =
        """
        import os, threading
        BORN = os.urandom(8).hex()
        def spin():
            while True: pass
        def main(event, context):
            threading.Thread(target=spin, daemon=True).start()
            return BORN
        """;
    Code code = new Code("NODE", source, TestBox.MEMORY).with(Isolation.KEPT);
    assertThat(call(started, code)).isNotEmpty();
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (started.executor().restores().waiting() > 0 && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(started.executor().restores().waiting()).isZero();
  }

  @Test
  void nothing_of_an_owner_that_is_forgotten_serves_again() throws Exception {
    TestBox started = start(4);
    for (Isolation isolation : List.of(Isolation.KEPT, Isolation.RESTORED)) {
      Code gone = ownedBy("gone", isolation);
      Code stays = ownedBy("stays", isolation);
      String before = call(started, gone);
      final String other = call(started, stays);
      Thread.sleep(200); // it has been put back
      started.executor().forget("gone");
      assertThat(call(started, gone)).isNotEqualTo(before);
      assertThat(call(started, stays)).as("%s", started.executor().counts()).isEqualTo(other);
    }
  }

  @Test
  void what_serves_a_call_while_its_owner_is_forgotten_serves_no_other() throws Exception {
    TestBox started = start(4);
    try (Begun begun = Begun.listen()) {
      String source =
          "import os\nBORN = os.urandom(8).hex()\n" + begun.source("time.sleep(1); return BORN");
      Code code =
          new Code("NODE", source, TestBox.MEMORY).withEgress(begun.policy()).with(Isolation.KEPT);
      List<String> first = new ArrayList<>();
      Thread caller = Thread.ofVirtual().start(() -> first.add(call(started, code)));
      begun.await();
      started.executor().forget("");
      caller.join();
      assertThat(call(started, code)).isNotEqualTo(first.getFirst());
    }
  }

  @Test
  void where_there_is_no_room_who_has_most_gives_way() throws Exception {
    TestBox started = start(3);
    Code modest = ownedBy("modest", Isolation.KEPT);
    String born = call(started, modest);
    for (int i = 0; i < 6; i++) {
      call(
          started,
          new Code(
              new Code.Owner("greedy", ""),
              "NODE" + i,
              BORN,
              Optional.empty(),
              TestBox.MEMORY,
              TestBox.policy(),
              Isolation.KEPT));
    }
    assertThat(started.executor().restores().waiting()).isLessThanOrEqualTo(3);
    assertThat(call(started, modest)).isEqualTo(born);
  }

  private static final String BORN =
      "import os\nBORN = os.urandom(8).hex()\ndef main(event, context): return BORN";

  private static Code ownedBy(String owner, Isolation isolation) {
    return new Code(
        new Code.Owner(owner, ""),
        "NODE",
        BORN,
        Optional.empty(),
        TestBox.MEMORY,
        TestBox.policy(),
        isolation);
  }

  @Test
  void a_call_sees_its_package_set_and_no_other(@TempDir Path folder) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    String first = "a".repeat(32);
    String second = "b".repeat(32);
    for (String name : List.of(first, second)) {
      Path set = Files.createDirectories(folder.resolve(name));
      Files.writeString(set.resolve("answer.py"), "VALUE = '" + name.charAt(0) + "'\n");
      Files.writeString(set.resolve("only_" + name.charAt(0) + ".py"), "");
    }
    box = TestBox.startWithPackages(folder);
    String source =
        """
        import answer, os
        def main(event, context):
            try:
                open("/opt/packages/x", "w")
            except OSError as error:
                return [answer.VALUE, sorted(os.listdir("/opt/packages")), error.errno]
        """;
    assertThat(call(box, with(source, Optional.of(first))))
        .isEqualTo("[\"a\",[\"answer.py\",\"only_a.py\"],30]");
    assertThat(call(box, with(source, Optional.of(second))))
        .isEqualTo("[\"b\",[\"answer.py\",\"only_b.py\"],30]");
    assertThat(TestBox.failed(run(box, with(source, Optional.empty()), "{}")).reason())
        .isEqualTo(Reason.IMPORT_ERROR);
    assertThat(TestBox.failed(run(box, with(source, Optional.of("c".repeat(32))), "{}")).reason())
        .isEqualTo(Reason.SANDBOX_UNAVAILABLE);
  }

  @Test
  void sets_that_the_box_cannot_get_at_cost_only_those_who_need_them(@TempDir Path folder)
      throws Exception {
    Assumptions.assumeTrue(Identity.isRoot(), "as an ordinary user the box is that user");
    Path sets = Files.createDirectories(folder.resolve("sets"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    assertThat(Identity.dedicated().blockedAt(sets)).contains(folder);
    box = TestBox.startWithPackages(sets);
    assertThat(call(box, with("def main(e, c): return 1", Optional.empty()))).isEqualTo("1");
    assertThat(
            TestBox.failed(
                    run(box, with("def main(e, c): return 1", Optional.of("a".repeat(32))), "{}"))
                .reason())
        .isEqualTo(Reason.SANDBOX_UNAVAILABLE);
  }

  /** Bytecode of another main, put where the executor might keep it for the next call. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void no_call_can_leave_bytecode_for_the_next(int poisonedCall) {
    TestBox started = start(0);
    String source =
        """
        import json, marshal, os, struct, sys
        def main(event, context):
            if json.loads(event["body"]).get("poison"):
                code = marshal.dumps(compile("def main(e, c): return 'poisoned'", "x", "exec"))
                os.write(3, struct.pack(">BI", 0x19, len(code)) + code)
                os.write(3, struct.pack(">BI", 0x16, 1) + b"1")
            return "sound"
        # %d
        """
            .formatted(poisonedCall);
    Code code = new Code("NODE", source, TestBox.MEMORY);
    for (int i = 1; i <= 5; i++) {
      if (i == poisonedCall) {
        Execution poisoned = run(started, code, "{\"body\":\"{\\\"poison\\\":1}\"}");
        assertThat(TestBox.failed(poisoned).message()).contains("BYTECODE");
      } else {
        assertThat(call(started, code)).isEqualTo("\"sound\"");
      }
    }
  }

  @Test
  void while_it_drains_calls_end_and_none_begins() throws Exception {
    TestBox started = start(0);
    List<Execution> last = new ArrayList<>();
    try (Begun begun = Begun.listen()) {
      String source = begun.source("time.sleep(1); return 7");
      Thread caller = Thread.ofVirtual().start(() -> last.add(started.run(source, begun.policy())));
      begun.await();
      assertThat(started.executor().drain(Duration.ofSeconds(20))).isTrue();
      assertThat(started.reason("def main(e, c): pass")).isEqualTo(Reason.INTERRUPTED);
      caller.join();
    }
    assertThat(TestBox.returned(last.getFirst())).isEqualTo("7");
  }

  private int calls;

  private Execution run(TestBox started, Code code, String event) {
    return started
        .executor()
        .run(new CodeCall("call-" + calls++, code, event, TestBox.CLOCK.instant().plusSeconds(60)));
  }

  private String call(TestBox started, Code code) {
    return TestBox.returned(run(started, code, "{\"body\":\"{}\"}"));
  }

  private static Code with(String source, Optional<String> packages) {
    return new Code(
        new Code.Owner("", ""),
        "NODE",
        source,
        packages,
        TestBox.MEMORY,
        TestBox.policy(),
        Isolation.PROCESS);
  }

  /** Connections that were made to it until now. */
  private static int accepted(ServerSocket listener) throws IOException {
    listener.setSoTimeout(300);
    for (int count = 0; ; count++) {
      try {
        listener.accept().close();
      } catch (SocketTimeoutException none) {
        return count;
      }
    }
  }
}
