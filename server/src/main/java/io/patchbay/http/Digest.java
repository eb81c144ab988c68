package io.patchbay.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of something, kept and compared in its place. */
final class Digest {
  private final byte[] sha256;

  private Digest(byte[] sha256) {
    this.sha256 = sha256;
  }

  static Digest of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  static Digest of(byte[] bytes) {
    try {
      return new Digest(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** 256 random bits in hexadecimal. */
  static String randomText(RandomGenerator random) {
    var bytes = new byte[32];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The beginning of it in hexadecimal, enough to tell revisions of a public file apart. */
  String shown() {
    return HexFormat.of().formatHex(sha256, 0, 8);
  }

  /** Takes the same time wherever the two differ. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Digest digest && MessageDigest.isEqual(sha256, digest.sha256);
  }

  @Override
  public int hashCode() {
    return sha256[0] << 24 | (sha256[1] & 255) << 16 | (sha256[2] & 255) << 8 | (sha256[3] & 255);
  }
}
