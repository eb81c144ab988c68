package io.patchbay.server;

import io.patchbay.base.Hashes;
import io.patchbay.base.Json;
import io.patchbay.bot.Environment;
import io.patchbay.store.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Remembers what was installed, so that a builder's change to an example is never overwritten. What
 * it remembers are hashes that nobody without the file can compare guesses with: values may be
 * short.
 */
final class InstalledExamples {
  /** Beside the names of bots, of which none is like it. */
  private static final String SALT = "$salt";

  private static final int SALT_BYTES = 32;
  private static final String MAC = "HmacSHA256";

  private final Path file;
  private final ObjectNode known;

  InstalledExamples(Path file, SecureRandom random) {
    this.file = file;
    this.known = load(file);
    if (!known.has(SALT)) {
      byte[] salt = new byte[SALT_BYTES];
      random.nextBytes(salt);
      convert(HexFormat.of().formatHex(salt));
    }
  }

  /** What an older release has remembered, without salt, stays known. */
  private void convert(String salt) {
    boolean some = !known.isEmpty();
    known.properties().forEach(entry -> convert(entry.getValue(), salt));
    known.put(SALT, salt);
    if (some) {
      write();
    }
  }

  private static void convert(JsonNode part, String salt) {
    if (!(part instanceof ObjectNode parts)) {
      return;
    }
    for (var entry : List.copyOf(parts.properties())) {
      if (entry.getValue().isString()) {
        parts.put(entry.getKey(), salted(entry.getValue().asString(), salt));
      } else {
        convert(entry.getValue(), salt);
      }
    }
  }

  private static ObjectNode load(Path file) {
    try {
      return Files.exists(file) && Json.parse(Files.readAllBytes(file)) instanceof ObjectNode kept
          ? kept
          : Json.object();
    } catch (IOException | Json.MalformedJson e) {
      // Without the memory every example counts as changed by somebody, and none is overwritten.
      return Json.object();
    }
  }

  /** Whether the bot on the server is still what was installed. */
  boolean isUntouched(String bot, ObjectNode onServer) {
    return known.path(bot).path("on_server").asString("").equals(hash(onServer));
  }

  /** Whether these files are the ones that were installed. */
  boolean isCurrent(String bot, ObjectNode files) {
    return known.path(bot).path("files").asString("").equals(hash(files));
  }

  void remember(String bot, ObjectNode files, ObjectNode onServer) {
    child(known, bot).put("files", hash(files)).put("on_server", hash(onServer));
    write();
  }

  /** Whether a value of a variable is still what was installed. */
  boolean isUntouched(String bot, String variable, Environment environment, String value) {
    String installed =
        known.path(bot).path("variables").path(variable).path(environment.wire()).asString("");
    return installed.equals(hash(value));
  }

  void remember(String bot, String variable, Map<Environment, String> values) {
    ObjectNode kept = child(child(child(known, bot), "variables"), variable);
    values.forEach((environment, value) -> kept.put(environment.wire(), hash(value)));
    write();
  }

  /** For what is never compared. */
  void forget(String bot, String variable) {
    if (known.path(bot).path("variables") instanceof ObjectNode kept
        && kept.remove(variable) != null) {
      write();
    }
  }

  private static ObjectNode child(ObjectNode of, String name) {
    return of.get(name) instanceof ObjectNode kept ? kept : of.putObject(name);
  }

  /** Whole or not at all, whenever the process dies. */
  private void write() {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.deleteIfExists(next);
      OwnerOnly.createFile(next);
      Files.writeString(next, Json.write(known));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String hash(JsonNode document) {
    return hash(Json.write(document));
  }

  private String hash(String text) {
    return salted(Hashes.sha256(text), known.path(SALT).asString());
  }

  private static String salted(String hash, String salt) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(HexFormat.of().parseHex(salt), MAC));
      return HexFormat.of().formatHex(mac.doFinal(hash.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + MAC, e);
    }
  }
}
