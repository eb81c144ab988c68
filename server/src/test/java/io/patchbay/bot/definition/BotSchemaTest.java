package io.patchbay.bot.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.patchbay.base.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class BotSchemaTest {
  private static final JsonNode SCHEMA = load();
  private static final Schema VALIDATOR =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(SchemaLocation.of("https://patchbay.example/schemas/bot.json"), SCHEMA);

  private static JsonNode load() {
    try (InputStream in = BotSchemaTest.class.getResourceAsStream("/schemas/bot.json")) {
      return Json.parse(Objects.requireNonNull(in).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void the_schema_is_itself_a_valid_schema_of_2020_12() {
    assertThat(SCHEMA.path("$schema").asString())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    assertThat(SCHEMA.path("$id").asString()).isEqualTo("/schemas/bot.json");
    Schema meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    assertThat(meta.validate(SCHEMA)).isEmpty();
  }

  @Test
  void the_example_of_the_format_validates() {
    assertThat(errors(Documents.acme())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{bot: a}",
        "{bot: a, nodes: {A: {bot_says: x}}}",
        "{bot: a, nodes: {A: {bot_says: [x, {}, {en: x}, {text: x, type: TEXT, data: {}}, {variants: [x, {en: y}]}]}}}",
        "{bot: a, nodes: {A: {bot_says: {text: {en: x, hi: y}, type: TEXT, data: {}}}}}",
        "{bot: a, nodes: {A: {user_says: [x, {en: x, de: y}]}}}",
        "{bot: a, egress: {allow: ['[::1]:9000', 'fd00::/8', 'a.example:443', '*.b.example', '10.0.0.0/8:1', '127.0.0.1', '::1'], public: false}}",
        "{bot: a, limits: {code_timeout: 60s, api_timeout: 100ms, memory: 2GiB}}",
        "{bot: a, limits: {code_timeout: 1m, api_timeout: 59999ms, memory: 16MiB}}",
        "{bot: a, base_url: {staging: 'https://[::1]:80/x', production: 'http://a.example'}}",
        "{bot: a, base_url: {staging: 'HTTPS://a.example'}}",
        "{bot: a, variables: {A: {}, b_1: {secret: false}}}",
        "{bot: a, entities: {e: {type: dictionary, values: {'10': []}, reprompt: [x, {en: y}]}}}",
        "{bot: a, nodes: {A: {integration: {type: code, timeout: 5s, output_sample: null}, connections: [{to: A, when: {any: [{variable: x.y, exists: false}]}}]}}}",
        "{bot: a, nodes: {A: {integration: {type: api, url: 'https://a.example/x?y=1', auth: none, headers: {X-A: b}}}}}",
        "{bot: a, nodes: {A: {integration: {type: api, url: 'https://a.example', auth: {type: none}}}}}",
        "{bot: a, nodes: {A: {position: {x: -320, y: 1000000}}}}",
        "{bot: a, nodes: {A: {}}, code: {A: x}, samples: {A: {default: {}, other_1: {entities: {}}}}, requirements: ''}",
      })
  void what_the_reader_takes_the_schema_takes(String yaml) {
    JsonNode document = BotYaml.read(yaml);
    assertThat(Documents.problems(document)).isEmpty();
    assertThat(errors(document)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{bot: A}",
        "{bot: a, nmae: x}",
        "{bot: a, name: ' '}",
        "{bot: a, language: xx}",
        "{bot: a, human_assistance: 'true'}",
        "{bot: a, bot_break: [x]}",
        "{bot: a, bot_break: {}}",
        "{bot: a, bot_break: {english: x}}",
        "{bot: a, base_url: {}}",
        "{bot: a, base_url: {test: 'https://a.example'}}",
        "{bot: a, base_url: {staging: 'a.example'}}",
        "{bot: a, base_url: {staging: 'ftp://a.example'}}",
        "{bot: a, base_url: {staging: 'https://u:p@a.example'}}",
        "{bot: a, egress: {allow: ['https://a.example']}}",
        "{bot: a, egress: {allow: ['*']}}",
        "{bot: a, egress: {allow: ['a.example:0']}}",
        "{bot: a, limits: {code_timeout: 20}}",
        "{bot: a, limits: {code_timeout: 61s}}",
        "{bot: a, limits: {code_timeout: 99ms}}",
        "{bot: a, limits: {code_timeout: 2m}}",
        "{bot: a, limits: {memory: 256MB}}",
        "{bot: a, variables: {A: null}}",
        "{bot: a, variables: {A: {value: x}}}",
        "{bot: a, variables: {A: {secret: sealed}}}",
        "{bot: a, variables: {1A: {}}}",
        "{bot: a, entities: {E: {type: text}}}",
        "{bot: a, entities: {e: {type: date}}}",
        "{bot: a, entities: {e: {type: regex}}}",
        "{bot: a, entities: {e: {type: text, pattern: x}}}",
        "{bot: a, entities: {e: {type: dictionary, values: {}}}}",
        "{bot: a, entities: {e: {type: dictionary, values: {a: [1]}}}}",
        "{bot: a, entities: {e: {type: number, max_digits: 19}}}",
        "{bot: a, nodes: {a: {}}}",
        "{bot: a, nodes: {A: {lable: x}}}",
        "{bot: a, nodes: {A: {bot_says: ''}}}",
        "{bot: a, nodes: {A: {bot_says: [{text: x}]}}}",
        "{bot: a, nodes: {A: {bot_says: [{variants: []}]}}}",
        "{bot: a, nodes: {A: {bot_says: [{variants: [{variants: [x]}]}]}}}",
        "{bot: a, nodes: {A: {bot_says: [{variants: [x], type: TEXT}]}}}",
        "{bot: a, nodes: {A: {position: {x: 1}}}}",
        "{bot: a, nodes: {A: {position: {x: 1.5, y: 0}}}}",
        "{bot: a, nodes: {A: {position: {x: 1, y: 1000001}}}}",
        "{bot: a, nodes: {A: {position: {x: 1, y: 1, z: 1}}}}",
        "{bot: a, nodes: {A: {user_says: x}}}",
        "{bot: a, nodes: {A: {integration: {type: cod}}}}",
        "{bot: a, nodes: {A: {integration: {type: code, url: 'https://a.example'}}}}",
        "{bot: a, nodes: {A: {integration: {type: api}}}}",
        "{bot: a, base_url: {staging: 'https://a.example'}, nodes: {A: {integration: {type: api, path: /x, url: 'https://a.example'}}}}",
        "{bot: a, base_url: {staging: 'https://a.example'}, nodes: {A: {integration: {type: api, path: x}}}}",
        "{bot: a, nodes: {A: {integration: {type: api, url: 'https://a.example', retry: {attempts: 2}}}}}",
        "{bot: a, nodes: {A: {integration: {type: api, url: 'https://a.example', auth: {type: bearer}}}}}",
        "{bot: a, nodes: {A: {integration: {type: api, url: 'https://a.example', headers: {Host: x}}}}}",
        "{bot: a, nodes: {A: {connections: [{user_says: [x]}]}}}",
        "{bot: a, nodes: {A: {connections: [{to: A, user_says: []}]}}}",
        "{bot: a, entities: {e: {type: text}}, nodes: {A: {connections: [{to: A, user_says: [x], entity: {e: {present: true}}}]}}}",
        "{bot: a, entities: {e: {type: text}}, nodes: {A: {connections: [{to: A, entity: {e: {present: false}}}]}}}",
        "{bot: a, entities: {e: {type: text}}, nodes: {A: {connections: [{to: A, entity: {e: {present: true, values: [x]}}}]}}}",
        "{bot: a, nodes: {A: {integration: {type: code}, connections: [{to: A, when: {}}]}}}",
        "{bot: a, nodes: {A: {integration: {type: code}, connections: [{to: A, when: {all: []}}]}}}",
        "{bot: a, nodes: {A: {integration: {type: code}, connections: [{to: A, when: {all: [{variable: x}]}}]}}}",
        "{bot: a, nodes: {A: {integration: {type: code}, connections: [{to: A, when: {all: [{variable: x, equals: 1, at_most: 1}]}}]}}}",
        "{bot: a, nodes: {A: {integration: {type: code}, connections: [{to: A, when: {all: [{variable: x, equals: null}]}}]}}}",
        "{bot: a, nodes: {A: {integration: {type: code}, connections: [{to: A, when: {all: [{variable: '[[x]]', equals: 1}]}}]}}}",
        "{bot: a, nodes: {A: {}}, code: {A: 1}}",
        "{bot: a, nodes: {A: {}}, samples: {A: {'x/y': {}}}}",
        "{bot: a, requirements: []}",
      })
  void what_the_schema_refuses_the_reader_refuses(String yaml) {
    JsonNode document = BotYaml.read(yaml);
    assertThat(errors(document)).isNotEmpty();
    assertThat(Documents.problems(document)).isNotEmpty();
  }

  @Test
  void a_document_that_the_reader_takes_never_fails_the_schema() {
    ObjectNode document = Documents.acme();
    List<JsonNode> odd =
        List.of(
            Json.parse("null"),
            Json.parse("true"),
            Json.parse("1"),
            Json.parse("\"\""),
            Json.parse("\"x\""),
            Json.parse("\"20s\""),
            Json.parse("[]"),
            Json.parse("{}"),
            Json.parse("[\"x\"]"),
            Json.parse("{\"en\":\"x\"}"),
            Json.parse("{\"type\":\"text\"}"));
    var disagreed = new ArrayList<String>();
    compareEverywhere(document, document, odd, disagreed);
    assertThat(disagreed).isEmpty();
  }

  private static void compareEverywhere(
      ObjectNode root, JsonNode at, List<JsonNode> odd, List<String> disagreed) {
    if (at instanceof ObjectNode object) {
      for (String key : List.copyOf(object.propertyNames())) {
        JsonNode before = object.path(key);
        for (JsonNode value : odd) {
          object.set(key, value);
          if (Documents.problems(root).isEmpty() && !errors(root).isEmpty()) {
            disagreed.add(key + ": " + value + " " + errors(root));
          }
          object.set(key, before);
        }
        compareEverywhere(root, before, odd, disagreed);
      }
    }
    if (at.isArray()) {
      at.forEach(item -> compareEverywhere(root, item, odd, disagreed));
    }
  }

  @Test
  void the_languages_of_the_schema_are_those_of_the_reader() {
    var languages = new TreeSet<String>();
    SCHEMA
        .path("$defs")
        .path("language")
        .path("enum")
        .forEach(code -> languages.add(code.asString()));
    assertThat(languages).isEqualTo(Words.LANGUAGES);
  }

  @Test
  void every_property_has_a_description_for_editors() {
    var bare = new ArrayList<String>();
    describe("", SCHEMA, bare);
    assertThat(bare).isEmpty();
  }

  private static void describe(String place, JsonNode schema, List<String> bare) {
    schema
        .path("properties")
        .forEachEntry((name, property) -> {
          boolean described =
              property.has("description")
                  || property.has("const")
                  || SCHEMA.at(property.path("$ref").asString("#").substring(1)).has("description");
          if (!described) {
            bare.add(place + "/" + name);
          }
        });
    schema.forEachEntry((key, child) -> describe(place + "/" + key, child, bare));
    schema.forEach(child -> {
      if (schema.isArray()) {
        describe(place, child, bare);
      }
    });
  }

  static List<Error> errors(JsonNode document) {
    return VALIDATOR.validate(document);
  }
}
