package io.patchbay.executor.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import io.patchbay.executor.frame.FrameException.Kind;
import io.patchbay.executor.work.Budget;
import io.patchbay.executor.work.Work;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameReaderTest {
  private static final int ROUNDS = 20_000;

  @Test
  void frames_come_out_as_they_went_in() throws Exception {
    byte[] wire =
        joined(
            frame(FrameType.PROCESS, new byte[] {0, 0, 1, 2}),
            frame(FrameType.LOADED, new byte[0]),
            frame(FrameType.LOG, fields("INFO", "root", "hällo")),
            frame(FrameType.RESULT, "{}".getBytes(UTF_8)),
            frame(FrameType.ERROR, fields("EXCEPTION", "x", "", "3", "0")),
            frame(FrameType.MEASURE, numbers(2500, 20 << 20)),
            frame(FrameType.ENDED, new byte[] {1, 1, 9}),
            frame(FrameType.ENDED, joined(new byte[] {0, 0, 3}, numbers(7, 8))));
    assertThat(readAll(wire))
        .containsExactly(
            new Frame.Introduction(258),
            new Frame.Loaded(),
            new Frame.Log("INFO", "root", "hällo"),
            new Frame.Result("{}"),
            new Frame.Failure("EXCEPTION", "x", "", 3, 0),
            new Frame.Measure(2500, 20 << 20),
            new Frame.Ended(true, true, 9, Optional.empty()),
            new Frame.Ended(false, false, 3, Optional.of(new Frame.Measure(7, 8))));
  }

  @Test
  void a_result_that_there_is_no_memory_for_is_told_apart_from_a_bad_one() throws Exception {
    byte[] wire = frame(FrameType.RESULT, ("\"" + "x".repeat(100_000) + "\"").getBytes(UTF_8));
    var full = new Work.Settings(1, 1 << 20, Duration.ofMillis(5));
    try (Work work = Work.start(full, _ -> {})) {
      Executable reading = () -> work.serve("other", () -> assertThat(readAll(wire)).hasSize(1));
      work.serve(
          "bot",
          () -> {
            Budget.hold(1 << 20);
            assertThatThrownBy(reading::execute)
                .isInstanceOfSatisfying(
                    FrameException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_ROOM));
            return 0;
          });
      assertDoesNotThrow(reading);
    }
  }

  @Test
  void a_process_is_introduced_first_or_not_at_all() {
    byte[] again = frame(FrameType.PROCESS, new byte[] {0, 0, 0, 7});
    for (byte[] late :
        List.of(joined(frame(FrameType.LOADED, new byte[0]), again), joined(again, again))) {
      assertThatThrownBy(() -> readAll(late))
          .isInstanceOf(FrameException.class)
          .hasMessageContaining("PROCESS");
    }
    assertThatThrownBy(() -> readAll(frame(FrameType.PROCESS, new byte[4])))
        .isInstanceOf(FrameException.class);
  }

  @Test
  void bytecode_comes_from_before_the_code_ran_or_not_at_all() throws Exception {
    byte[] introduction = frame(FrameType.PROCESS, new byte[] {0, 0, 0, 7});
    byte[] bytecode = frame(FrameType.BYTECODE, new byte[] {1, 2});
    byte[] log = frame(FrameType.LOG, fields("INFO", "root", "x"));
    assertThat(readAll(true, joined(introduction, bytecode, log))).hasSize(3);
    for (byte[] late :
        List.of(
            bytecode,
            joined(introduction, log, bytecode),
            joined(introduction, bytecode, bytecode))) {
      assertThatThrownBy(() -> readAll(true, late))
          .isInstanceOf(FrameException.class)
          .hasMessageContaining("BYTECODE");
    }
    assertThatThrownBy(() -> readAll(false, joined(introduction, bytecode, log)))
        .as("nobody had to compile")
        .isInstanceOf(FrameException.class)
        .hasMessageContaining("BYTECODE");
  }

  @ParameterizedTest
  @EnumSource(FrameType.class)
  void a_length_above_the_cap_is_refused_before_anything_is_read(FrameType type) {
    byte[] header = ByteBuffer.allocate(5).put((byte) type.code()).putInt(type.cap() + 1).array();
    assertThatThrownBy(() -> readAll(header))
        .isInstanceOfSatisfying(
            FrameException.class,
            refused ->
                assertThat(refused.kind())
                    .isEqualTo(type == FrameType.RESULT ? Kind.RESULT_TOO_LARGE : Kind.VIOLATION));
  }

  @Test
  void a_measure_is_two_numbers_from_zero_on() {
    for (byte[] wrong :
        List.of(
            new byte[0], new byte[15], new byte[17], numbers(-1, 5), numbers(5, Long.MIN_VALUE))) {
      assertThatThrownBy(() -> readAll(frame(FrameType.MEASURE, wrong)))
          .isInstanceOf(FrameException.class);
    }
    byte[] half = joined(new byte[] {1, 9}, new byte[7]);
    assertThatThrownBy(() -> readAll(frame(FrameType.ENDED, half)))
        .isInstanceOf(FrameException.class);
  }

  @Test
  void chatter_without_end_is_refused() {
    byte[] one = frame(FrameType.STDOUT, new byte[FrameType.STDOUT.cap()]);
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    for (int sent = 0; sent <= FrameReader.MAX_CHATTER; sent += one.length) {
      wire.writeBytes(one);
    }
    assertThatThrownBy(() -> readAll(wire.toByteArray())).isInstanceOf(FrameException.class);
  }

  @Test
  void a_result_that_is_not_strict_json_is_refused() {
    assertThatThrownBy(() -> readAll(frame(FrameType.RESULT, "NaN".getBytes(UTF_8))))
        .isInstanceOfSatisfying(
            FrameException.class, bad -> assertThat(bad.kind()).isEqualTo(Kind.BAD_RESULT));
  }

  @Test
  void any_bytes_are_frames_or_a_frame_exception() throws IOException {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] wire = random.nextBoolean() ? noise(random) : damaged(random);
      try {
        assertThat(readAll(wire).size()).isLessThanOrEqualTo(wire.length / 5);
      } catch (FrameException expected) {
        assertThat(expected.getMessage()).isNotBlank();
      } catch (RuntimeException | AssertionError bug) {
        throw new AssertionError("seed " + seed + ", round " + round, bug);
      }
    }
  }

  @Test
  void the_protocol_page_names_every_type_with_its_code() throws IOException {
    String page = Files.readString(Path.of("../docs/explanation/frame-protocol.md"));
    for (FrameType type : FrameType.values()) {
      assertThat(page).contains("| 0x%02x | %s |".formatted(type.code(), type));
    }
  }

  /** Valid frames with some bytes changed, or cut. */
  private static byte[] damaged(SplittableRandom random) {
    byte[] wire =
        joined(
            frame(FrameType.PROCESS, new byte[] {0, 0, 1, 2}),
            frame(FrameType.LOG, fields("INFO", "root", "text")),
            frame(FrameType.MEASURE, numbers(1, 2)),
            frame(FrameType.RAW, new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 'x'}),
            frame(FrameType.RESULT, "[1,{\"a\":\"\\u00e9\"}]".getBytes(UTF_8)),
            frame(FrameType.ERROR, fields("EXCEPTION", "x", "trace", "1", "2")));
    for (int i = random.nextInt(4); i >= 0; i--) {
      wire[random.nextInt(wire.length)] = (byte) random.nextInt();
    }
    return Arrays.copyOf(wire, random.nextInt(wire.length + 1));
  }

  private static byte[] noise(SplittableRandom random) {
    byte[] wire = new byte[random.nextInt(200)];
    random.nextBytes(wire);
    if (wire.length > 4) {
      wire[0] = (byte) (0x10 + random.nextInt(10));
      wire[1] = 0;
      wire[2] = 0;
    }
    return wire;
  }

  private static List<Frame> readAll(byte[] wire) throws IOException, FrameException {
    return readAll(false, wire);
  }

  private static List<Frame> readAll(boolean compiles, byte[] wire)
      throws IOException, FrameException {
    FrameReader reader = new FrameReader(Channels.newChannel(new ByteArrayInputStream(wire)));
    if (compiles) {
      reader.awaitBytecode();
    }
    List<Frame> frames = new ArrayList<>();
    for (Optional<Frame> next = reader.next(); next.isPresent(); next = reader.next()) {
      frames.add(next.get());
    }
    return frames;
  }

  private static byte[] frame(FrameType type, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(5 + payload.length);
    return frame.put((byte) type.code()).putInt(payload.length).put(payload).array();
  }

  private static byte[] numbers(long... values) {
    ByteBuffer out = ByteBuffer.allocate(values.length * Long.BYTES);
    for (long value : values) {
      out.putLong(value);
    }
    return out.array();
  }

  private static byte[] fields(String... values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String value : values) {
      byte[] bytes = value.getBytes(UTF_8);
      out.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
