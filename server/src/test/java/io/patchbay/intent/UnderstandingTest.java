package io.patchbay.intent;

import static io.patchbay.intent.LabelledBots.Half.TEST;
import static io.patchbay.intent.LabelledBots.Kind.MEANT;
import static io.patchbay.intent.LabelledBots.Kind.NEAR_MISS;
import static io.patchbay.intent.LabelledBots.Kind.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** How often people are understood, over messages that no number was chosen on (ADR 0020). */
class UnderstandingTest {
  @Test
  void by_words_alone() throws IOException {
    Understanding understood = measured(MatchingModel.NONE);
    assertThat(understood.share(MEANT, "right")).isGreaterThanOrEqualTo(0.40);
    assertThat(understood.share(MEANT, "wrong")).isLessThanOrEqualTo(0.04);
    assertThat(understood.share(STRANGER, "taken")).isLessThanOrEqualTo(0.03);
    assertThat(understood.share(NEAR_MISS, "taken")).isLessThanOrEqualTo(0.40);
  }

  @Test
  void by_meaning() throws IOException {
    Understanding understood = measured(MatchingModel.MINILM);
    assertThat(understood.share(MEANT, "right")).isGreaterThanOrEqualTo(0.85);
    assertThat(understood.share(MEANT, "wrong")).isLessThanOrEqualTo(0.04);
    assertThat(understood.share(STRANGER, "taken")).isLessThanOrEqualTo(0.04);
    assertThat(understood.share(NEAR_MISS, "taken")).isLessThanOrEqualTo(0.50);
  }

  private static Understanding measured(MatchingModel model) throws IOException {
    Understanding understood = Understanding.of(TEST, model);
    Files.writeString(
        Path.of("target", "understanding-" + model.wire() + ".txt"), understood.report());
    return understood;
  }
}
