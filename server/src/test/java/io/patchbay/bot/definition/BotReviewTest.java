package io.patchbay.bot.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BotReviewTest {
  private static final String START =
      "S: {start: true, user_says: [hello], bot_says: hi, connections: [{to: A, user_says: [go]}]}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {bot: a} | nodes: has no node that starts a conversation
          {bot: a, nodes: {START, A: {bot_says: x}, B: {bot_says: x}}} | nodes.B: is never reached: no connection leads here
          {bot: a, nodes: {START, A: {bot_says: x}, B: {bot_says: x, user_says: [bye]}}} | nodes.B: is never reached: it has user_says but neither start: true nor a connection to it
          {bot: a, nodes: {START, A: {bot_says: x}, B: {bot_says: x, connections: [{to: B, user_says: [again]}]}}} | nodes.B: is never reached
          {bot: a, nodes: {START, A: {}}} | nodes.A: says nothing
          {bot: a, nodes: {START, A: {bot_says: x}, B: {start: true, bot_says: x}}} | nodes.B: starts a conversation but has no user_says
          {bot: a, nodes: {START, A: {bot_says: x, end: true, connections: [{to: S, user_says: [x]}]}}} | nodes.A.connections: are never taken: the conversation ends
          {bot: a, nodes: {START, A: {bot_says: x, connections: [{to: B, user_says: [x]}]}, B: {active: false}}} | nodes.A.connections[0].to: node B is switched off
          {bot: a, nodes: {START, A: {bot_says: x, connections: [{to: S}, {to: S, user_says: [x]}]}}} | nodes.A.connections[1]: is never taken: another connection has only to
          {bot: a, nodes: {START, A: {bot_says: x, connections: [{to: S, user_says: [Yes!]}, {to: S, user_says: [yes]}]}}} | nodes.A.connections[1].user_says: another connection of this node has "yes" before
          {bot: a, nodes: {START, A: {bot_says: x}, B: {start: true, user_says: ["Hello!"], bot_says: x}}} | nodes.B.user_says: start node S has "Hello!" as well
          {bot: a, entities: {size: {type: text}}, nodes: {START, A: {bot_says: "%entitytag_size, %entitytag_siez."}}} | nodes.A.bot_says: no entity siez for %entitytag_siez; did you mean size?
          {bot: a, nodes: {START, A: {bot_says: {text: "%entitytag_siez", type: TEXT, data: {}}}}} | nodes.A.bot_says: no entity siez
          {bot: a, language: de, nodes: {START, A: {bot_says: {en: x}}}} | nodes.A.bot_says: has no text in the bot's language, de
          {bot: a, entities: {size: {type: dictionary, values: {large: [], small: []}}}, nodes: {START, A: {bot_says: x, connections: [{to: S, entity: {size: {values: [lagre]}}}]}}} | nodes.A.connections[0].entity.size.values: no word "lagre" in size; did you mean large?
          {bot: a, base_url: {staging: "http://127.0.0.1:9000"}, nodes: {START, A: {bot_says: x}}} | base_url.staging: is http://, which fails with insecure_url unless egress.allow names 127.0.0.1:9000
          {bot: a, egress: {allow: ["127.0.0.1:9001"]}, base_url: {staging: "http://127.0.0.1:9000"}, nodes: {START, A: {bot_says: x}}} | base_url.staging: is http://
          {bot: a, nodes: {START, A: {integration: {type: api, url: "http://acme.example/x"}}}} | nodes.A.integration.url: is http://, which fails with insecure_url unless egress.allow names acme.example:80
          {bot: a, nodes: {START, A: {integration: {type: api, url: "https://10.1.2.3/x"}}}} | nodes.A.integration.url: leads to a private address
          {bot: a, nodes: {START, A: {integration: {type: api, url: "https://[fd00::1]:8443/x"}}}} | nodes.A.integration.url: leads to a private address, which is closed unless egress.allow names [fd00::1]:8443
          {bot: a, egress: {public: false}, nodes: {START, A: {integration: {type: api, url: "https://acme.example/x"}}}} | nodes.A.integration.url: is closed: egress.public is false
          {bot: a, variables: {K: {secret: true}}, nodes: {START, A: {integration: {type: api, url: "https://acme.example/[[K]]"}}}} | nodes.A.integration.url: holds the secret K
          {bot: a, egress: {allow: ["169.254.169.254"]}, nodes: {START, A: {bot_says: x}}} | egress.allow[0]: opens nothing
          {bot: a, egress: {allow: ["[fe80::1]:80"]}, nodes: {START, A: {bot_says: x}}} | egress.allow[0]: opens nothing
          {bot: a, egress: {allow: ["metadata.google.internal:80"]}, nodes: {START, A: {bot_says: x}}} | egress.allow[0]: opens nothing
          """)
  void what_would_fail_at_run_time_is_one_warning_at_its_place(String yaml, String expected) {
    List<String> warnings =
        Documents.texts(BotReview.warnings(Documents.bot(yaml.replace("START", START))));
    assertThat(warnings).hasSize(1);
    assertThat(warnings.getFirst()).startsWith(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {bot: a, nodes: {START, A: {bot_says: x}}}
          {bot: a, egress: {allow: ["127.0.0.1:9000"]}, base_url: {staging: "http://127.0.0.1:9000/x"}, nodes: {START, A: {bot_says: x}}}
          {bot: a, egress: {allow: ["10.0.0.0/8", "*.acme.example"], public: false}, nodes: {START, A: {integration: {type: api, url: "http://db.acme.example"}}}}
          {bot: a, variables: {U: {}}, nodes: {START, A: {integration: {type: api, url: "[[U]]/x"}}}}
          {bot: a, variables: {H: {}}, nodes: {START, A: {integration: {type: api, url: "https://[[H]]/x"}}}}
          {bot: a, variables: {K: {secret: true}}, nodes: {START, A: {integration: {type: api, url: "https://acme.example", headers: {X-Key: "[[K]]"}}}}}
          {bot: a, nodes: {START, A: {active: false}, B: {bot_says: x, active: false}}, egress: {allow: ["169.0.0.0/8"]}, entities: {e: {type: text}}}
          """)
  void what_is_in_order_gets_no_warning(String yaml) {
    assertThat(Documents.texts(BotReview.warnings(Documents.bot(yaml.replace("START", START)))))
        .filteredOn(warning -> !warning.startsWith("nodes.S.connections[0].to: node A is switched"))
        .isEmpty();
  }
}
