package io.patchbay.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CompatibleTest {
  @Test
  void texts_as_people_write_them_are_composed_as_unicode_says() {
    String text = "ﬁve cafe\u0301s, \u0928\u093f\u0924, 가, Ａ, \ud83d\ude00\ufe0f\u200d";
    assertThat(Compatible.form(text))
        .isEqualTo(Normalizer.normalize(text, Normalizer.Form.NFKC))
        .startsWith("five caf\u00e9s");
  }

  @Test
  @Timeout(60)
  void a_hundred_thousand_marks_on_one_letter_are_as_few() {
    String marks = "\u0315\u0300\u05ae\u0323";
    String form = Compatible.form("a" + marks.repeat(25_000) + "b" + marks);
    assertThat(form).hasSizeLessThan(40).endsWith(Compatible.form("b" + marks));
  }
}
