package io.patchbay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SecretMasksTest {
  private final SecretMasks masks = new SecretMasks();

  @Test
  void a_mask_is_made_once_for_the_same_secrets() {
    Secret one = new Secret("one-secret");
    Secret two = new Secret("two-secret");
    SecretMask both = masks.of(List.of(one, two));
    assertThat(masks.of(new ArrayList<>(List.of(one, two)))).isSameAs(both);
    assertThat(masks.of(List.of(one))).isNotSameAs(both);
    assertThat(masks.of(List.of(one, new Secret("two-secret")))).isNotSameAs(both);
    assertThat(masks.of(List.of())).isSameAs(SecretMask.NOTHING);
  }

  @Test
  void a_mask_is_made_once_however_many_ask_at_once() throws Exception {
    List<Secret> secrets = List.of(new Secret("x".repeat(4000)), new Secret("y".repeat(4000)));
    Set<SecretMask> made = new HashSet<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<SecretMask>> asked = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        asked.add(threads.submit(() -> masks.of(secrets)));
      }
      for (Future<SecretMask> each : asked) {
        made.add(each.get());
      }
    }
    assertThat(made).hasSize(1);
  }

  @Test
  void all_masks_together_have_a_size() {
    List<Secret> secrets = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Secret secret = new Secret((i + "-").repeat(1000).substring(0, 2000) + "é".repeat(500));
      secrets.add(secret);
      masks.of(List.of(secret));
    }
    assertThat(masks.size()).isBetween(20, 199);
    Secret last = secrets.getLast();
    assertThat(masks.of(List.of(last))).isSameAs(masks.of(List.of(last)));
  }
}
