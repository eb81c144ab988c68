package io.patchbay.bot.definition;

import io.patchbay.base.Problem;
import io.patchbay.bot.Bot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Documents for tests, and what reading them gives. */
final class Documents {
  private Documents() {}

  /** The example of the format, in full. */
  static String acmeText() {
    try (InputStream in = Documents.class.getResourceAsStream("/definition/acme.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode acme() {
    return (ObjectNode) BotYaml.read(acmeText());
  }

  /** The object at a path of keys of the document. */
  static ObjectNode at(JsonNode document, String... keys) {
    JsonNode at = document;
    for (String key : keys) {
      at = at.path(key);
    }
    return (ObjectNode) at;
  }

  static Bot bot(String yaml) {
    return bot(BotYaml.read(yaml));
  }

  static Bot bot(JsonNode document) {
    return switch (BotDefinition.read(document)) {
      case ReadResult.Valid(Bot bot, _) -> bot;
      case ReadResult.Invalid(List<Problem> problems) ->
          throw new AssertionError("not valid: " + problems);
    };
  }

  static List<String> warnings(String yaml) {
    return switch (BotDefinition.read(BotYaml.read(yaml))) {
      case ReadResult.Valid(_, List<Problem> warnings) -> texts(warnings);
      case ReadResult.Invalid(List<Problem> problems) ->
          throw new AssertionError("not valid: " + problems);
    };
  }

  static List<String> problems(String yaml) {
    return problems(BotYaml.read(yaml));
  }

  /** As {@code place: message}; empty for a valid document. */
  static List<String> problems(JsonNode document) {
    return switch (BotDefinition.read(document)) {
      case ReadResult.Valid _ -> List.of();
      case ReadResult.Invalid(List<Problem> problems) -> texts(problems);
    };
  }

  static List<String> texts(List<Problem> problems) {
    return problems.stream().map(Problem::toString).toList();
  }
}
