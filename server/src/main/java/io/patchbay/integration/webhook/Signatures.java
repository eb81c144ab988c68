package io.patchbay.integration.webhook;

import io.patchbay.base.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The headers by which the other end knows that a request is ours and whole. */
final class Signatures {
  private static final String STANDARD_PREFIX = "whsec_";

  private Signatures() {}

  /**
   * Contract B5 and K18, and Standard Webhooks.
   *
   * @param secret not empty
   * @param id without a full stop, since that separates the signed parts
   * @param timestamp seconds since 1970
   * @param body the bytes that are sent
   */
  static Map<String, String> of(Secret secret, String id, long timestamp, byte[] body) {
    byte[] key = secret.reveal().getBytes(StandardCharsets.UTF_8);
    byte[] standardKey = standardKey(secret.reveal());
    byte[] prefix = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
    var headers = new LinkedHashMap<String, String>();
    headers.put("X-Hub-Signature", "sha1=" + hex(hmac("HmacSHA1", key, body)));
    headers.put("X-Hub-Signature-256", "sha256=" + hex(hmac("HmacSHA256", key, body)));
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(timestamp));
    headers.put(
        "webhook-signature",
        "v1," + Base64.getEncoder().encodeToString(hmac("HmacSHA256", standardKey, prefix, body)));
    return headers;
  }

  /** The decoded part after {@code whsec_} where there is one, else the secret's own bytes. */
  private static byte[] standardKey(String secret) {
    if (secret.startsWith(STANDARD_PREFIX) && secret.length() > STANDARD_PREFIX.length()) {
      try {
        return Base64.getDecoder().decode(secret.substring(STANDARD_PREFIX.length()));
      } catch (IllegalArgumentException e) {
        // Only looks like a Standard Webhooks secret.
      }
    }
    return secret.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] hmac(String algorithm, byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
