package io.patchbay.store;

import io.patchbay.base.Secret;
import io.patchbay.bot.Environment;
import io.patchbay.store.StoreFailure.Kind;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts the values of variables: AES-256-GCM, with a random nonce for every value. A value can
 * be decrypted only for the bot, name and environment that it was encrypted for. Safe for use by
 * many threads.
 */
final class VariableCipher {
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final String keyId;
  private final SecureRandom random;

  private VariableCipher(byte[] key, SecureRandom random) {
    this.key = new SecretKeySpec(key, "AES");
    this.keyId = idOf(key);
    this.random = random;
  }

  /**
   * Reads the operator's key file, else that of the data folder, which is made where there is none
   * and nothing is encrypted yet.
   *
   * @param usedKeys the {@link #keyId} of every stored value
   * @throws StoreFailure the key is missing, wrong or open to others; nothing was written
   */
  static VariableCipher open(
      Path folder, Optional<Path> operatorsFile, Set<String> usedKeys, SecureRandom random) {
    Path file = operatorsFile.orElseGet(() -> KeyFile.in(folder));
    if (operatorsFile.isEmpty() && !Files.exists(file)) {
      if (!usedKeys.isEmpty()) {
        throw new StoreFailure(
            Kind.KEY,
            "The key file "
                + file
                + " is missing, and variables are encrypted with it; put it back");
      }
      KeyFile.create(file, random);
    }
    var cipher = new VariableCipher(KeyFile.read(file), random);
    if (!usedKeys.isEmpty() && !usedKeys.equals(Set.of(cipher.keyId))) {
      throw new StoreFailure(
          Kind.KEY, "The key in " + file + " is not the one that the variables are encrypted with");
    }
    return cipher;
  }

  /** Tells keys apart without telling anything of the key. */
  String keyId() {
    return keyId;
  }

  /** Nonce, ciphertext and tag in base 64. */
  String encrypt(Place place, Secret value) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, place);
      byte[] encrypted = cipher.doFinal(value.reveal().getBytes(StandardCharsets.UTF_8));
      byte[] stored = Arrays.copyOf(nonce, nonce.length + encrypted.length);
      System.arraycopy(encrypted, 0, stored, nonce.length, encrypted.length);
      return Base64.getEncoder().encodeToString(stored);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @throws StoreFailure the stored text is damaged or was encrypted for another place
   */
  Secret decrypt(Place place, String text) {
    try {
      byte[] stored = Base64.getDecoder().decode(text);
      byte[] nonce = Arrays.copyOf(stored, NONCE_BYTES);
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, nonce, place);
      byte[] value = cipher.doFinal(stored, NONCE_BYTES, stored.length - NONCE_BYTES);
      return new Secret(new String(value, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new StoreFailure(
          Kind.DAMAGED,
          "The stored value of variable "
              + place.name
              + " of bot "
              + place.bot
              + " for "
              + place.environment.wire()
              + " cannot be decrypted; set it again",
          e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, Place place) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.bytes());
    return cipher;
  }

  private static String idOf(byte[] key) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update("patchbay variables key id".getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest.digest(key), 0, 4);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where a value belongs. */
  record Place(String bot, String name, Environment environment) {
    /** Each part with its length, so that no two places have the same bytes. */
    byte[] bytes() {
      var bytes = new ByteArrayOutputStream();
      try (var out = new DataOutputStream(bytes)) {
        for (String part : new String[] {bot, name, environment.wire()}) {
          byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
          out.writeInt(utf8.length);
          out.write(utf8);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }
  }
}
