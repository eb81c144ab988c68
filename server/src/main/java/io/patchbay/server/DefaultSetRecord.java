package io.patchbay.server;

import io.patchbay.base.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which default packages were installed last: a file in the data folder, written as a whole. */
final class DefaultSetRecord {
  static final String FILE = "default-packages.json";

  private final Path file;
  private final String requirements;

  private DefaultSetRecord(Path file, String requirements) {
    this.file = file;
    this.requirements = requirements;
  }

  /** Knows nothing of what was made when other packages were wanted. */
  static DefaultSetRecord in(Path data) {
    return new DefaultSetRecord(
        data.resolve(FILE), DefaultPackage.requirements(DefaultPackage.ALL));
  }

  /**
   * @param lock empty where nothing could be installed
   * @param missing package to why the index has not given it
   */
  record Entry(String lock, Map<String, String> missing) {
    Entry {
      missing = Map.copyOf(missing);
    }
  }

  /** Empty where there is none, or none that can be read. */
  Optional<Entry> read() throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonNode said = Json.parse(Files.readString(file));
      Map<String, String> missing = new LinkedHashMap<>();
      said.path("missing")
          .properties()
          .forEach(it -> missing.put(it.getKey(), it.getValue().asString("")));
      return said.path("requirements").asString("").equals(requirements)
          ? Optional.of(new Entry(said.path("lock").asString(""), missing))
          : Optional.empty();
    } catch (Json.MalformedJson damaged) {
      return Optional.empty();
    }
  }

  void write(Entry entry) throws IOException {
    ObjectNode said = Json.object().put("requirements", requirements).put("lock", entry.lock());
    ObjectNode missing = said.putObject("missing");
    entry.missing().forEach(missing::put);
    Path fresh = file.resolveSibling(FILE + ".new");
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(Json.write(said).getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
