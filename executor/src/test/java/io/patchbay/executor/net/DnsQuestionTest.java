package io.patchbay.executor.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsQuestionTest {
  private static final String HEADER = "123401000001000000000000";
  private static final String NAME = "034150490474657374" + "00"; // API.test
  private static final String TYPE_A = "00010001";

  private static Optional<DnsQuestion> parse(String hex) {
    return DnsQuestion.parse(HexFormat.of().parseHex(hex));
  }

  @Test
  void a_question_is_read_and_answered_with_the_family_that_was_asked() {
    DnsQuestion question = parse(HEADER + NAME + TYPE_A).orElseThrow();
    assertThat(question.name()).isEqualTo("api.test");
    assertThat(question.asksForAddresses()).isTrue();
    byte[] answer =
        question.answer(
            List.of(InetAddress.ofLiteral("10.1.2.3"), InetAddress.ofLiteral("fd00::1")));
    assertThat(HexFormat.of().formatHex(answer))
        .isEqualTo(
            "002a"
                + "123481800001000100000000"
                + NAME
                + TYPE_A
                + "c00c"
                + TYPE_A
                + "00000005"
                + "00040a010203");
  }

  @Test
  void an_unknown_name_and_other_types_have_answers_of_their_own() {
    DnsQuestion question = parse(HEADER + NAME + TYPE_A).orElseThrow();
    byte[] unknown = question.answer(DnsQuestion.UNKNOWN_NAME);
    assertThat(HexFormat.of().formatHex(unknown)).startsWith("001a12348183");
    DnsQuestion mail = parse(HEADER + NAME + "000f0001").orElseThrow();
    assertThat(mail.asksForAddresses()).isFalse();
    assertThat(parse(HEADER + "00" + TYPE_A).orElseThrow().asksForAddresses()).isFalse();
  }

  @Test
  void no_answer_is_longer_than_a_message_may_be() {
    String label = "3f" + "61".repeat(63);
    String name = label.repeat(3) + "3d" + "61".repeat(61) + "00";
    DnsQuestion question = parse(HEADER + name + "001c0001").orElseThrow();
    List<InetAddress> many = Collections.nCopies(500, InetAddress.ofLiteral("fd00::1"));
    assertThat(question.answer(many)).hasSizeLessThanOrEqualTo(2 + DnsQuestion.LONGEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        HEADER,
        HEADER + NAME,
        HEADER + NAME + "0001", // cut
        HEADER + "03415049",
        HEADER + "3f41",
        HEADER + "40" + NAME + TYPE_A,
        HEADER + "c00c" + TYPE_A,
        HEADER + "034150ff" + "00" + TYPE_A,
        HEADER + "03412e49" + "00" + TYPE_A,
        HEADER + "03410049" + "00" + TYPE_A,
        "123481000001000000000000" + NAME + TYPE_A, // an answer
        "123401000002000000000000" + NAME + TYPE_A, // two questions
        "123428000001000000000000" + NAME + TYPE_A, // an update
        HEADER + NAME + "00010003" // another class
      })
  void what_is_no_question_is_none(String hex) {
    assertThat(parse(hex)).isEmpty();
  }

  @Test
  void damaged_questions_never_surprise() {
    SplittableRandom random = new SplittableRandom(7);
    byte[] whole = HexFormat.of().parseHex(HEADER + NAME + TYPE_A);
    for (int i = 0; i < 100_000; i++) {
      byte[] damaged = whole.clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      DnsQuestion.parse(damaged)
          .ifPresent(question -> {
            byte[] name = question.name().getBytes(StandardCharsets.US_ASCII);
            assertThat(name.length).isLessThan(254);
            assertThat(question.answer(DnsQuestion.NO_ERROR)).hasSizeGreaterThan(14);
          });
    }
  }
}
