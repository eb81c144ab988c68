package io.patchbay.server;

import io.patchbay.base.Hashes;
import io.patchbay.base.Json;
import io.patchbay.bot.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Remembers what was installed, so that a builder's change to an example is never overwritten. */
final class InstalledExamples {
  private final Path file;
  private final ObjectNode known;

  InstalledExamples(Path file) {
    this.file = file;
    this.known = load(file);
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
    return installed.equals(Hashes.sha256(value));
  }

  void remember(String bot, String variable, Map<Environment, String> values) {
    ObjectNode kept = child(child(child(known, bot), "variables"), variable);
    values.forEach((environment, value) -> kept.put(environment.wire(), Hashes.sha256(value)));
    write();
  }

  private static ObjectNode child(ObjectNode of, String name) {
    return of.get(name) instanceof ObjectNode kept ? kept : of.putObject(name);
  }

  /** Whole or not at all, whenever the process dies. */
  private void write() {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.writeString(next, Json.write(known));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(JsonNode document) {
    return Hashes.sha256(Json.write(document));
  }
}
