package io.patchbay.executor.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharesTest {
  private final Shares shares = new Shares(16);

  @Test
  void one_owner_takes_half_and_whoever_comes_next_still_finds_some() {
    assertThat(taken("a")).isEqualTo(8);
    assertThat(taken("b")).isEqualTo(4);
    assertThat(taken("c")).isEqualTo(2);
    assertThat(taken("a")).isZero();
  }

  @Test
  void what_is_given_back_can_be_taken_again() {
    assertThat(taken("a")).isEqualTo(8);
    for (int i = 0; i < 8; i++) {
      shares.give("a");
    }
    assertThat(taken("b")).isEqualTo(8);
  }

  private int taken(String owner) {
    int taken = 0;
    while (shares.take(owner)) {
      taken++;
    }
    return taken;
  }
}
