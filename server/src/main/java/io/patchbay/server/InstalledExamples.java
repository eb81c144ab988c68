package io.patchbay.server;

import io.patchbay.base.Hashes;
import io.patchbay.base.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    known.putObject(bot).put("files", hash(files)).put("on_server", hash(onServer));
    try {
      Files.writeString(file, Json.write(known));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(JsonNode document) {
    return Hashes.sha256(Json.write(document));
  }
}
