package io.patchbay.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {
  @Test
  @DisplayName("B5: the documented test vector")
  void the_documented_vector_holds() {
    assertThat(sign("test", "{\"node\":\"ORDER_STATUS\",\"event\":\"API_INTEGRATION\"}"))
        .containsEntry("X-Hub-Signature", "sha1=74dc12c57903ebe7344d4d12c23212051e669c98");
  }

  @Test
  @DisplayName("K18: SHA-256 beside SHA-1, over the same bytes with the same key")
  void sha256_is_sent_as_well() {
    // HMAC-SHA256 test case 2 of RFC 4231.
    assertThat(sign("Jefe", "what do ya want for nothing?"))
        .containsEntry(
            "X-Hub-Signature-256",
            "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        .containsEntry("X-Hub-Signature", "sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  }

  @Test
  void standard_webhooks_signs_with_the_decoded_part_after_the_prefix() {
    var headers =
        Signatures.of(
            new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1614265330,
            bytes("{\"test\": 2432232314}"));

    assertThat(headers)
        .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
        .containsEntry("webhook-timestamp", "1614265330")
        .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void the_hub_signature_always_uses_the_secrets_own_bytes() {
    // printf x | openssl dgst -sha1 -hmac whsec_dGVzdA==
    assertThat(sign("whsec_dGVzdA==", "x"))
        .containsEntry("X-Hub-Signature", "sha1=658436dfe403e303a2d130bc63a44fb9cec52218");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "whsec_", "whsec_not base64!"})
  void without_a_decodable_part_standard_webhooks_uses_the_secrets_own_bytes(String secret) {
    Map<String, String> signed = sign(secret, "x");
    String same = "whsec_" + java.util.Base64.getEncoder().encodeToString(bytes(secret));

    assertThat(signed.get("webhook-signature")).isEqualTo(sign(same, "x").get("webhook-signature"));
  }

  private static Map<String, String> sign(String secret, String body) {
    return Signatures.of(new Secret(secret), "msg_1", 1, bytes(body));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
