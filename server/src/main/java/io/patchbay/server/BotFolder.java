package io.patchbay.server;

import io.patchbay.base.Json;
import io.patchbay.bot.definition.BotYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** A bot as files: bot.yaml, code, samples and requirements, read into one document. */
final class BotFolder {
  private BotFolder() {}

  static ObjectNode read(Path folder) throws IOException {
    if (!(BotYaml.read(Files.readString(folder.resolve("bot.yaml"))) instanceof ObjectNode bot)) {
      throw new IllegalStateException(folder.resolve("bot.yaml") + " holds no definition");
    }
    ObjectNode code = Json.object();
    for (Path file : files(folder.resolve("code"), ".py")) {
      code.put(stem(file, ".py"), Files.readString(file));
    }
    if (!code.isEmpty()) {
      bot.set("code", code);
    }
    ObjectNode samples = Json.object();
    for (Path file : files(folder.resolve("samples"), ".json")) {
      String[] name = stem(file, ".json").split("\\.", 2);
      ObjectNode named =
          samples.get(name[0]) instanceof ObjectNode known ? known : samples.putObject(name[0]);
      named.set(name.length > 1 ? name[1] : "default", Json.parse(Files.readAllBytes(file)));
    }
    if (!samples.isEmpty()) {
      bot.set("samples", samples);
    }
    Path requirements = folder.resolve("requirements.txt");
    if (Files.exists(requirements)) {
      bot.put("requirements", Files.readString(requirements));
    }
    return bot;
  }

  private static List<Path> files(Path folder, String suffix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static String stem(Path file, String suffix) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - suffix.length());
  }
}
