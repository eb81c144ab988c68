package io.patchbay.bot.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import io.patchbay.bot.Bot;
import io.patchbay.bot.Condition.Operator;
import io.patchbay.bot.Connection.Trigger;
import io.patchbay.bot.EntityType;
import io.patchbay.bot.Environment;
import io.patchbay.bot.Integration;
import io.patchbay.bot.LocalText;
import io.patchbay.bot.Node;
import io.patchbay.bot.RuleEffort;
import io.patchbay.bot.Say;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class BotDefinitionTest {
  @Test
  void the_example_of_the_format_is_a_bot_without_problems_and_warnings() {
    assertThat(BotDefinition.read(Documents.acme()))
        .isInstanceOfSatisfying(
            ReadResult.Valid.class, valid -> assertThat(valid.warnings()).isEmpty());
    assertThat(BotReview.warnings(Documents.bot(Documents.acme()))).isEmpty();
  }

  @Test
  void settings_of_the_example_are_read() {
    Bot bot = Documents.bot(Documents.acme());
    assertThat(bot.bot()).isEqualTo("acme");
    assertThat(bot.name()).isEqualTo("Acme support");
    assertThat(bot.language()).isEqualTo("en");
    assertThat(bot.baseUrl())
        .containsEntry(Environment.STAGING, "https://staging.acme.example")
        .containsEntry(Environment.PRODUCTION, "https://api.acme.example");
    assertThat(bot.egress())
        .isEqualTo(
            new Bot.Egress(List.of("127.0.0.1:9000", "10.2.0.0/16:5432", "*.acme.example"), true));
    assertThat(bot.limits()).isEqualTo(Bot.Limits.DEFAULT);
    assertThat(bot.variables().get("CRM_URL")).isEqualTo(new Bot.Variable(false));
    assertThat(bot.variables().get("API_TOKEN")).isEqualTo(new Bot.Variable(true));
  }

  @Test
  void entities_of_the_example_are_read() {
    Map<String, EntityType> entities = Documents.bot(Documents.acme()).entities();
    assertThat(entities.get("order_id"))
        .isEqualTo(
            new EntityType.Regex(
                "order_id", List.of(words("An order id looks like abc123.")), "[a-z]{3}\\d{3}"));
    assertThat(entities.get("quantity"))
        .isEqualTo(
            new EntityType.WholeNumber(
                "quantity", List.of(), OptionalInt.of(1), OptionalInt.of(3)));
    assertThat(entities.get("size"))
        .isEqualTo(
            new EntityType.Dictionary(
                "size", List.of(), Map.of("large", List.of("big", "l"), "small", List.of("s"))));
  }

  @Test
  void nodes_of_the_example_are_read() {
    Map<String, Node> nodes = Documents.bot(Documents.acme()).nodes();
    Node track = node(nodes, "TRACK_ORDER");
    assertThat(track.start()).isTrue();
    assertThat(track.active()).isTrue();
    assertThat(track.userSays()).containsExactly("track my order", "where is my order");
    assertThat(track.entities()).hasSize(2);
    assertThat(track.rules()).hasSize(2);
    assertThat(track.connections().getFirst().trigger())
        .isInstanceOfSatisfying(
            Trigger.When.class,
            when -> {
              assertThat(when.condition().all()).isTrue();
              assertThat(when.condition().comparisons().get(1).operator())
                  .isEqualTo(Operator.GREATER_THAN);
              assertThat(
                      when.condition()
                          .holds(
                              Json.parse("{\"state\":\"late\",\"days\":3}"),
                              new RuleEffort(RuleEffort.MOST)))
                  .isTrue();
            });
    assertThat(track.connections().get(1).trigger()).isEqualTo(new Trigger.Always());
    Node late = node(nodes, "LATE");
    assertThat(late.label()).isEqualTo("LATE");
    assertThat(late.botSays().getFirst()).isInstanceOf(Say.Element.class);
    assertThat(late.connections().get(1).trigger())
        .isInstanceOfSatisfying(
            Trigger.Entities.class,
            entities ->
                assertThat(entities.tests().get("size"))
                    .isEqualTo(new io.patchbay.bot.Connection.Test(Optional.of(List.of("large")))));
    assertThat(node(nodes, "VERIFY_OTP").integration())
        .contains(
            new Integration.Api(
                new Integration.Target.Path("/otp/verify"),
                Map.of(),
                Optional.of("OTP_HOOK_SECRET"),
                Optional.empty(),
                Optional.empty(),
                List.of(words("One moment ...")),
                List.of()));
  }

  @Test
  void what_a_later_version_brings_gets_exactly_its_own_problem_each() {
    ObjectNode document = Documents.acme();
    Documents.at(document, "variables").set("CRM_KEY", Json.parse("{\"secret\":\"sealed\"}"));
    ObjectNode entities = Documents.at(document, "entities");
    entities.set("when", Json.parse("{\"type\":\"date\",\"reprompt\":\"When?\"}"));
    for (String type : List.of("time", "currency", "budget", "person_name", "attachment")) {
      entities.set(type, Json.object().put("type", type));
    }
    ObjectNode otp = Documents.at(document, "nodes", "VERIFY_OTP");
    otp.withArray("entities").addObject().put("entity", "when").put("required", true);
    ObjectNode integration = Documents.at(otp, "integration");
    integration.set("auth", Json.parse("{\"type\":\"bearer\",\"token\":\"API_TOKEN\"}"));
    integration.set("retry", Json.parse("{\"attempts\":2,\"on\":[\"connect\",502],\"safe\":true}"));
    assertThat(Documents.problems(document))
        .containsExactlyInAnyOrder(
            "variables.CRM_KEY.secret: not supported yet",
            "entities.when.type: not supported yet",
            "entities.time.type: not supported yet",
            "entities.currency.type: not supported yet",
            "entities.budget.type: not supported yet",
            "entities.person_name.type: not supported yet",
            "entities.attachment.type: not supported yet",
            "nodes.VERIFY_OTP.integration.auth: not supported yet",
            "nodes.VERIFY_OTP.integration.retry: not supported yet");
  }

  @Test
  void auth_that_says_none_is_what_this_version_does() {
    ObjectNode document = Documents.acme();
    ObjectNode integration = Documents.at(document, "nodes", "VERIFY_OTP", "integration");
    integration.put("auth", "none");
    assertThat(Documents.problems(document)).isEmpty();
    integration.set("auth", Json.parse("{\"type\":\"none\"}"));
    assertThat(Documents.problems(document)).isEmpty();
    integration.set("auth", Json.parse("{\"type\":\"none\",\"token\":\"API_TOKEN\"}"));
    assertThat(Documents.problems(document))
        .containsExactly("nodes.VERIFY_OTP.integration.auth: not supported yet");
  }

  @Test
  void ten_mistakes_are_reported_at_once_each_at_its_place() {
    List<String> problems =
        Documents.problems(
            """
            bot: Acme!
            lable: Acme
            entities:
              order_id: {type: regexp, pattern: 'x'}
              amount: {type: number, min_digits: 4, max_digits: 2}
            nodes:
              ORDER:
                start: yes
                entities: [{entity: order_di}]
                integration: {type: code, path: /x}
                connections:
                  - {to: ORDER_LATE, when: {all: [{variable: state, eqals: late}]}}
                  - {to: ORDER_LOST}
              ORDER_LATE:
                bot_says: [{text: "Late."}]
            """);
    assertThat(problems)
        .containsExactlyInAnyOrder(
            "lable: unknown key lable",
            "bot: a bot's name has 1 to 64 of a-z 0-9 _ -",
            "entities.order_id.type: no entity type regexp; did you mean regex?",
            "entities.amount.min_digits: is more than max_digits, 2; no number could ever match",
            "nodes.ORDER.start: must be true or false; this is the text \"yes\"",
            "nodes.ORDER.entities[0].entity: no entity order_di; did you mean order_id?",
            "nodes.ORDER.integration.path: path belongs to integrations of type api;"
                + " this one is of type code",
            "nodes.ORDER.connections[0].when.all[0].eqals: unknown key eqals;"
                + " did you mean equals?",
            "nodes.ORDER.connections[1].to: no node ORDER_LOST; did you mean ORDER_LATE?",
            "nodes.ORDER_LATE.bot_says[0]: is no bubble: an element has type and data, a text in"
                + " several languages has keys such as en; or write \"Hello.\" or {text: \"Hello.\","
                + " type: TEXT, data: {}}");
  }

  @Test
  void authored_order_is_kept_everywhere() {
    Bot bot =
        Documents.bot(
            """
            bot: order
            bot_break: {hi: "h", en: "e", de: "d"}
            variables: {Z: {}, A: {}, M: {}}
            entities:
              zeta: {type: dictionary, values: {z9: [], a1: [q, b, a], k5: []}}
              alpha: {type: text}
              mid: {type: email}
            nodes:
              Z: {start: true, user_says: [z], bot_says: z, connections: [{to: A, entity: {zeta: {present: true}, alpha: {present: true}, mid: {present: true}}}]}
              A: {bot_says: a}
              M: {bot_says: m}
            """);
    assertThat(bot.phrases().botBreak().byLanguage().keySet()).containsExactly("hi", "en", "de");
    assertThat(bot.variables().keySet()).containsExactly("Z", "A", "M");
    assertThat(bot.entities().keySet()).containsExactly("zeta", "alpha", "mid");
    assertThat(
            ((EntityType.Dictionary) Objects.requireNonNull(bot.entities().get("zeta"))).values())
        .containsExactly(
            Map.entry("z9", List.of()),
            Map.entry("a1", List.of("q", "b", "a")),
            Map.entry("k5", List.of()));
    assertThat(bot.nodes().keySet()).containsExactly("Z", "A", "M");
    assertThat(
            ((Trigger.Entities) node(bot.nodes(), "Z").connections().getFirst().trigger())
                .tests()
                .keySet())
        .containsExactly("zeta", "alpha", "mid");
  }

  @Test
  void the_smallest_document_takes_the_documented_defaults() {
    Bot bot = Documents.bot("bot: a");
    assertThat(bot.name()).isEqualTo("a");
    assertThat(bot.language()).isEqualTo("en");
    assertThat(bot.humanAssistance()).isFalse();
    assertThat(bot.phrases().botBreak().in("en", "en"))
        .isEqualTo("Something went wrong on our side. Please try again.");
    assertThat(bot.egress()).isEqualTo(new Bot.Egress(List.of(), true));
    assertThat(bot.limits())
        .isEqualTo(
            new Bot.Limits(Duration.ofSeconds(20), Duration.ofSeconds(30), 256L * 1024 * 1024));
    assertThat(bot.nodes()).isEmpty();
  }

  @Test
  void texts_are_read_in_every_documented_shape() {
    Node node =
        node(
            Documents.bot(
                    """
                    bot: says
                    language: hi
                    nodes:
                      A:
                        start: true
                        user_says: [plain, {en: hello, hi: namaste}]
                        bot_says:
                          - plain
                          - {en: Hello, hi: Namaste}
                          - {}
                          - {variants: [one, {en: two}, {text: three, type: TEXT, data: {}}]}
                          - {text: {en: Hello, hi: Namaste}, type: TEXT, data: {quick_replies: []}}
                    """)
                .nodes(),
            "A");
    assertThat(node.userSays()).containsExactly("plain", "hello", "namaste");
    assertThat(node.botSays().get(0))
        .isEqualTo(new Say.Words(new LocalText(Map.of("hi", "plain"))));
    assertThat(node.botSays().get(1))
        .isEqualTo(new Say.Words(new LocalText(Map.of("en", "Hello", "hi", "Namaste"))));
    assertThat(node.botSays().get(2)).isEqualTo(new Say.Element(Json.object()));
    assertThat(((Say.Variants) node.botSays().get(3)).of()).hasSize(3);
    ObjectNode element = ((Say.Element) node.botSays().get(4)).in("hi", "en");
    assertThat(element.path("text").asString()).isEqualTo("Namaste");
    assertThat(((Say.Element) node.botSays().get(4)).in("fr", "en").path("text").asString())
        .isEqualTo("Hello");
  }

  @Test
  void one_bubble_stands_for_a_list_of_one() {
    Bot bot =
        Documents.bot(
            """
            bot: one
            entities: {e: {type: text, reprompt: {en: Again}}}
            nodes:
              A:
                bot_says: {text: Hi, type: TEXT, data: {}}
                entities: [{entity: e, ask: What?}]
                integration: {type: code, response_before: Wait, response_after: {variants: [Done]}}
            """);
    Node node = node(bot.nodes(), "A");
    assertThat(node.botSays()).hasSize(1);
    assertThat(node.entities().getFirst().ask()).containsExactly(words("What?"));
    assertThat(Objects.requireNonNull(bot.entities().get("e")).reprompt())
        .containsExactly(words("Again"));
    Integration integration = node.integration().orElseThrow();
    assertThat(integration.responseBefore()).containsExactly(words("Wait"));
    assertThat(integration.responseAfter()).hasSize(1);
  }

  @Test
  void a_required_entity_without_ask_and_reprompt_is_asked_for_by_its_name() {
    String yaml =
        """
        bot: ask
        entities: {order_id: {type: text}, size: {type: text, reprompt: Which size?}}
        nodes:
          A:
            entities:
              - {entity: order_id}
              - {entity: size, required: true}
        """;
    Node node = node(Documents.bot(yaml).nodes(), "A");
    assertThat(node.entities().get(0).ask()).containsExactly(words("Please enter the order id."));
    assertThat(node.entities().get(1).ask()).isEmpty();
    assertThat(Documents.warnings(yaml))
        .containsExactly(
            "nodes.A.entities[0]: has no ask, and order_id has no reprompt; the user"
                + " will read \"Please enter the order id.\"");
  }

  @Test
  void an_optional_entity_is_not_asked_for() {
    String yaml =
        """
        bot: ask
        entities: {size: {type: text}}
        nodes: {A: {entities: [{entity: size, required: false}]}}
        """;
    assertThat(node(Documents.bot(yaml).nodes(), "A").entities().getFirst().ask()).isEmpty();
    assertThat(Documents.warnings(yaml)).isEmpty();
  }

  @Test
  void a_base_url_that_lacks_an_environment_is_a_warning_where_paths_are_used() {
    String yaml =
        """
        bot: base
        base_url: {staging: "https://staging.acme.example"}
        nodes: {A: {integration: {type: api, PLACE}}}
        """;
    assertThat(Documents.warnings(yaml.replace("PLACE", "path: /x")))
        .containsExactly(
            "base_url: has no URL for production; integrations with a path fail there");
    assertThat(Documents.warnings(yaml.replace("PLACE", "url: 'https://acme.example/x'")))
        .isEmpty();
  }

  @Test
  void timeouts_and_sizes_are_read_in_their_units() {
    Bot bot =
        Documents.bot(
            """
            bot: limits
            limits: {code_timeout: 1m, api_timeout: 500ms, memory: 1GiB}
            nodes: {A: {integration: {type: code, timeout: 5s}}}
            """);
    assertThat(bot.limits())
        .isEqualTo(new Bot.Limits(Duration.ofMinutes(1), Duration.ofMillis(500), 1L << 30));
    assertThat(node(bot.nodes(), "A").integration().orElseThrow().timeout())
        .contains(Duration.ofSeconds(5));
  }

  @Test
  void reading_leaves_the_document_as_it_is_and_shares_nothing_with_it() {
    ObjectNode document = Documents.acme();
    JsonNode before = document.deepCopy();
    Bot bot = Documents.bot(document);
    assertThat(document).isEqualTo(before);
    Documents.at(document, "nodes", "TRACK_ORDER", "integration", "output_sample")
        .put("state", "changed");
    assertThat(node(bot.nodes(), "TRACK_ORDER").integration().orElseThrow().outputSample())
        .hasValueSatisfying(
            sample -> assertThat(sample.path("state").asString()).isEqualTo("shipped"));
  }

  private static Say words(String text) {
    return new Say.Words(new LocalText(Map.of("en", text)));
  }

  private static Node node(Map<String, Node> nodes, String name) {
    return Objects.requireNonNull(nodes.get(name));
  }
}
