package io.patchbay.bot.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule of the format, one broken document each: exactly one problem, at its place. */
class DefinitionRulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [] | : must be an object
          {} | : lacks bot
          {bot: ""} | bot: a bot's name has
          {bot: Acme} | bot: a bot's name has
          {bot: 7} | bot: must be a text, this is a number; put it in quotes: "7"
          {bot: null} | bot: must be a text such as acme; this is empty (null)
          {bot: a, nam: x} | nam: unknown key nam; did you mean name?
          {bot: a, "odd key": x} | ["odd key"]: unknown key "odd key"
          {bot: a, name: " "} | name: must not be blank
          {bot: a, language: english} | language: no language "english"
          {bot: a, language: xx} | language: no language "xx"
          {bot: a, human_assistance: "true"} | human_assistance: must be true or false
          {bot: a, bot_break: [x]} | bot_break: must be a text
          {bot: a, bot_break: {}} | bot_break: has no language
          {bot: a, bot_break: {en: x, english: y}} | bot_break.english: no language english
          {bot: a, base_url: "https://a.example"} | base_url: must be an object
          {bot: a, base_url: {}} | base_url: names no environment
          {bot: a, base_url: {stagin: "https://a.example"}} | base_url.stagin: unknown key stagin; did you mean staging?
          {bot: a, base_url: {staging: "a.example"}} | base_url.staging: is no URL
          {bot: a, base_url: {staging: "ftp://a.example"}} | base_url.staging: must begin with https://
          {bot: a, base_url: {staging: "https://u:p@a.example"}} | base_url.staging: must not hold a user or password
          {bot: a, base_url: {staging: "https://a.example:99999"}} | base_url.staging: has no valid host and port
          {bot: a, base_url: {staging: "https://"}} | base_url.staging: has no valid host and port
          {bot: a, base_url: {staging: "https://a.example?x=1"}} | base_url.staging: must end before any ?
          {bot: a, base_url: {staging: "https://a b.example"}} | base_url.staging: must not hold spaces
          {bot: a, base_url: {staging: "https://[[HOST]]"}} | base_url.staging: no variable HOST
          {bot: a, egress: {alow: []}} | egress.alow: unknown key alow; did you mean allow?
          {bot: a, egress: {public: 1}} | egress.public: must be true or false
          {bot: a, egress: {allow: 10.0.0.0/8}} | egress.allow: must be a list
          {bot: a, egress: {allow: ["a.example:0"]}} | egress.allow[0]: no entry "a.example:0"
          {bot: a, egress: {allow: ["a.example", "https://b.example"]}} | egress.allow[1]: no entry "https://b.example"; name the host alone
          {bot: a, egress: {allow: ["*"]}} | egress.allow[0]: no entry "*"; public: true opens
          {bot: a, limits: {code_timeout: 20}} | limits.code_timeout: must be a duration such as 20s
          {bot: a, limits: {code_timeout: 20 s}} | limits.code_timeout: no duration "20 s"
          {bot: a, limits: {code_timeout: 61s}} | limits.code_timeout: must be between 100ms and 60s
          {bot: a, limits: {api_timeout: 99ms}} | limits.api_timeout: must be between 100ms and 60s
          {bot: a, limits: {memory: 256MB}} | limits.memory: no size "256MB"; write for example 256MiB
          {bot: a, limits: {memory: 15MiB}} | limits.memory: must be between 16MiB and 2GiB
          {bot: a, limits: {memory: 3GiB}} | limits.memory: must be between 16MiB and 2GiB
          {bot: a, limits: {memory: 999999999GiB}} | limits.memory: must be between
          {bot: a, limits: {cpu: 1}} | limits.cpu: unknown key cpu
          {bot: a, variables: [A]} | variables: must be an object
          {bot: a, variables: {A-B: {}}} | variables.A-B: a variable's name
          {bot: a, variables: {1A: {}}} | variables.1A: a variable's name
          {bot: a, variables: {A: }} | variables.A: must be an object such as {} or {secret: true}; this is empty (null)
          {bot: a, variables: {A: {value: x}}} | variables.A.value: values do not stand in the definition
          {bot: a, variables: {A: {secret: maybe}}} | variables.A.secret: must be true or false
          {bot: a, entities: {OrderId: {type: text}}} | entities.OrderId: an entity's name is lower_snake_case
          {bot: a, entities: {e: {}}} | entities.e: lacks type
          {bot: a, entities: {e: {type: txt}}} | entities.e.type: no entity type txt; did you mean text?
          {bot: a, entities: {e: {type: regex}}} | entities.e: lacks pattern
          {bot: a, entities: {e: {type: regex, pattern: "("}}} | entities.e.pattern: is no regular expression in RE2 syntax
          {bot: a, entities: {e: {type: regex, pattern: "(?=x)"}}} | entities.e.pattern: is no regular expression in RE2 syntax
          {bot: a, entities: {e: {type: regex, pattern: ""}}} | entities.e.pattern: matches nothing but the empty text
          {bot: a, entities: {e: {type: regex, pattern: "^$"}}} | entities.e.pattern: matches nothing but the empty text
          {bot: a, entities: {e: {type: regex, pattern: "((a{1000}){1000}){1000}"}}} | entities.e.pattern: repeats too much
          {bot: a, entities: {e: {type: regex, pattern: x, values: {}}}} | entities.e.values: unknown key values
          {bot: a, entities: {e: {type: dictionary, values: {}}}} | entities.e.values: has no word
          {bot: a, entities: {e: {type: dictionary, values: [a]}}} | entities.e.values: must be an object
          {bot: a, entities: {e: {type: dictionary, values: {a: b}}}} | entities.e.values.a: must be a list
          {bot: a, entities: {e: {type: dictionary, values: {a: [10]}}}} | entities.e.values.a[0]: must be a text, this is a number; put it in quotes: "10"
          {bot: a, entities: {e: {type: dictionary, values: {"": [x]}}}} | entities.e.values[""]: a word has
          {bot: a, entities: {e: {type: number, min_digits: 0}}} | entities.e.min_digits: must be a whole number from 1 to 18
          {bot: a, entities: {e: {type: number, max_digits: 19}}} | entities.e.max_digits: must be a whole number from 1 to 18
          {bot: a, entities: {e: {type: number, max_digits: 1.5}}} | entities.e.max_digits: must be a whole number
          {bot: a, entities: {e: {type: number, max_digits: "3"}}} | entities.e.max_digits: must be a whole number
          {bot: a, entities: {e: {type: email, reprompt: 5}}} | entities.e.reprompt: must be a bubble
          {bot: a, nodes: {track: {}}} | nodes.track: a node's name has
          {bot: a, nodes: {A: []}} | nodes.A: must be an object
          {bot: a, nodes: {A: {lable: x}}} | nodes.A.lable: unknown key lable; did you mean label?
          {bot: a, nodes: {A: {position: {x: 1}}}} | nodes.A.position: lacks y
          {bot: a, nodes: {A: {position: {x: 1, y: high}}}} | nodes.A.position.y: must be a whole number, at most 1000000
          {bot: a, nodes: {A: {label: 5}}} | nodes.A.label: must be a text
          {bot: a, nodes: {A: {user_says: hello}}} | nodes.A.user_says: must be a list
          {bot: a, nodes: {A: {user_says: [" "]}}} | nodes.A.user_says[0]: must not be blank
          {bot: a, nodes: {A: {bot_says: ""}}} | nodes.A.bot_says: must not be blank
          {bot: a, nodes: {A: {bot_says: [{variants: []}]}}} | nodes.A.bot_says[0]: variants is empty
          {bot: a, nodes: {A: {bot_says: [{variants: [{variants: [x]}]}]}}} | nodes.A.bot_says[0].variants[0]: variants do not nest
          {bot: a, nodes: {A: {bot_says: [{variants: [x], type: TEXT}]}}} | nodes.A.bot_says[0].type: unknown key type
          {bot: a, nodes: {A: {bot_says: [[x]]}}} | nodes.A.bot_says[0]: must be a bubble
          {bot: a, nodes: {A: {bot_says: [{text: x}]}}} | nodes.A.bot_says[0]: is no bubble
          {bot: a, nodes: {A: {bot_says: [{text: 5, type: TEXT}]}}} | nodes.A.bot_says[0].text: must be a text
          {bot: a, nodes: {A: {bot_says: [{type: 5}]}}} | nodes.A.bot_says[0].type: must be a text
          {bot: a, nodes: {A: {bot_says: [{data: []}]}}} | nodes.A.bot_says[0].data: must be an object
          {bot: a, nodes: {A: {entities: [{entity: e}]}}} | nodes.A.entities[0].entity: no entity e
          {bot: a, nodes: {A: {entities: [{required: true}]}}} | nodes.A.entities[0]: lacks entity
          {bot: a, entities: {e: {type: text}}, nodes: {A: {entities: [{entity: e}, {entity: e}]}}} | nodes.A.entities[1]: entity e is used twice
          {bot: a, entities: {e: {type: text}}, nodes: {A: {entities: [{entity: e, requierd: true}]}}} | nodes.A.entities[0].requierd: unknown key requierd; did you mean required?
          {bot: a, nodes: {A: {integration: {}}}} | nodes.A.integration: lacks type
          {bot: a, nodes: {A: {integration: {type: webhook}}}} | nodes.A.integration.type: no integration type webhook; there is code, api
          {bot: a, nodes: {A: {integration: {type: code, url: "https://a.example"}}}} | nodes.A.integration.url: url belongs to integrations of type api
          {bot: a, variables: {S: {secret: true}}, nodes: {A: {integration: {type: code, secret: S}}}} | nodes.A.integration.secret: secret belongs to integrations of type api
          {bot: a, nodes: {A: {integration: {type: api}}}} | nodes.A.integration: lacks path or url
          {bot: a, base_url: {staging: "https://a.example", production: "https://a.example"}, nodes: {A: {integration: {type: api, path: /x, url: "https://a.example"}}}} | nodes.A.integration: has both path and url
          {bot: a, nodes: {A: {integration: {type: api, path: /x}}}} | nodes.A.integration.path: needs base_url
          {bot: a, base_url: {staging: "https://a.example", production: "https://a.example"}, nodes: {A: {integration: {type: api, path: x}}}} | nodes.A.integration.path: must begin with /
          {bot: a, nodes: {A: {integration: {type: api, url: "//a.example"}}}} | nodes.A.integration.url: is no URL
          {bot: a, nodes: {A: {integration: {type: api, url: "https://a.example/x#y"}}}} | nodes.A.integration.url: must not hold a #
          {bot: a, nodes: {A: {integration: {type: api, url: "https://a.example/[[X]]"}}}} | nodes.A.integration.url: no variable X
          {bot: a, nodes: {A: {integration: {type: api, url: "https://a.example", secret: S}}}} | nodes.A.integration.secret: no variable S
          {bot: a, variables: {S: {}}, nodes: {A: {integration: {type: api, url: "https://a.example", secret: S}}}} | nodes.A.integration.secret: variable S is no secret
          {bot: a, variables: {KEY: {}}, nodes: {A: {integration: {type: api, url: "https://a.example", headers: {X-Key: "[[KYE]]"}}}}} | nodes.A.integration.headers.X-Key: no variable KYE; did you mean KEY?
          {bot: a, nodes: {A: {integration: {type: api, url: "https://a.example", headers: {"X Key": y}}}}} | nodes.A.integration.headers["X Key"]: is no header name
          {bot: a, nodes: {A: {integration: {type: api, url: "https://a.example", headers: {content-type: y}}}}} | nodes.A.integration.headers.content-type: is set with every request
          {bot: a, nodes: {A: {integration: {type: api, url: "https://a.example", headers: {X-A: y, x-a: z}}}}} | nodes.A.integration.headers.x-a: is there twice
          {bot: a, nodes: {A: {integration: {type: api, url: "https://a.example", headers: {X-A: "y\\r\\nX-B: z"}}}}} | nodes.A.integration.headers.X-A: must be one line
          {bot: a, nodes: {A: {integration: {type: code, timeout: 2m}}}} | nodes.A.integration.timeout: must be between 100ms and 60s
          {bot: a, nodes: {A: {connections: [{}]}}} | nodes.A.connections[0]: lacks to
          {bot: a, nodes: {A: {connections: [A]}}} | nodes.A.connections[0]: must be an object
          {bot: a, nodes: {A: {connections: [{to: B, user_says: [x]}]}}} | nodes.A.connections[0].to: no node B; there is A
          {bot: a, nodes: {A: {integration: {type: code}, connections: [{to: A}, {to: A}]}}} | nodes.A.connections[1]: can never be reached
          {bot: a, nodes: {A: {}, B: {connections: [{to: A}, {to: B, user_says: [x]}, {to: A}]}}} | nodes.B.connections[2]: can never be reached
          {bot: a, nodes: {A: {connections: [{to: A, user_says: []}]}}} | nodes.A.connections[0].user_says: is empty
          {bot: a, nodes: {A: {connections: [{to: A, when: {all: [{variable: x, equals: 1}]}}]}}} | nodes.A.connections[0].when: decides over an integration's output
          {bot: a, entities: {e: {type: text}}, nodes: {A: {connections: [{to: A, user_says: [x], entity: {e: {present: true}}}]}}} | nodes.A.connections[0]: has user_says and entity
          {bot: a, nodes: {A: {connections: [{to: A, entity: {}}]}}} | nodes.A.connections[0].entity: names no entity
          {bot: a, nodes: {A: {connections: [{to: A, entity: {e: {present: true}}}]}}} | nodes.A.connections[0].entity.e: no entity e
          {bot: a, entities: {e: {type: text}}, nodes: {A: {connections: [{to: A, entity: {e: {}}}]}}} | nodes.A.connections[0].entity.e: must have exactly one of values and present
          {bot: a, entities: {e: {type: text}}, nodes: {A: {connections: [{to: A, entity: {e: {present: true, values: [x]}}}]}}} | nodes.A.connections[0].entity.e: must have exactly one of
          {bot: a, entities: {e: {type: text}}, nodes: {A: {connections: [{to: A, entity: {e: {present: false}}}]}}} | nodes.A.connections[0].entity.e.present: must be true
          {bot: a, entities: {e: {type: text}}, nodes: {A: {connections: [{to: A, entity: {e: {values: []}}}]}}} | nodes.A.connections[0].entity.e.values: is empty
          {bot: a, nodes: {A: {integration: {type: code}, connections: [{to: A, when: {}}]}}} | nodes.A.connections[0].when: must have exactly one of all and any
          {bot: a, nodes: {A: {integration: {type: code}, connections: [{to: A, when: {all: []}}]}}} | nodes.A.connections[0].when.all: is empty
          {bot: a, nodes: {A: {integration: {type: code}, connections: [{to: A, when: {all: [{variable: x, equals: 1}], any: [{variable: x, equals: 1}]}}]}}} | nodes.A.connections[0].when: must have exactly one of all and any
          {bot: a, nodes: {A: {integration: {type: code}, connections: [{to: A, when: {none: [{variable: x, equals: 1}]}}]}}} | nodes.A.connections[0].when.none: unknown key none
          {bot: a, nodes: {A: {integration: {type: code}, connections: [{to: A, when: {any: [{equals: 1}]}}]}}} | nodes.A.connections[0].when.any[0]: lacks variable
          {bot: a, nodes: {A: {integration: {type: code}, connections: [{to: A, when: {any: [{variable: x}]}}]}}} | nodes.A.connections[0].when.any[0]: lacks an operator: one of equals
          {bot: a, nodes: {A: {integration: {type: code}, connections: [{to: A, when: {any: [{variable: x, equals: 1, at_most: 2}]}}]}}} | nodes.A.connections[0].when.any[0]: has equals and at_most
          {bot: a, nodes: {A: {integration: {type: code}, connections: [{to: A, when: {any: [{variable: "[[x]]", equals: 1}]}}]}}} | nodes.A.connections[0].when.any[0].variable: stands without brackets here: x
          {bot: a, nodes: {A: {integration: {type: code}, connections: [{to: A, when: {any: [{variable: x, exists: 1}]}}]}}} | nodes.A.connections[0].when.any[0].exists: must be true or false
          {bot: a, nodes: {A: {integration: {type: code}, connections: [{to: A, when: {any: [{variable: x, equals: null}]}}]}}} | nodes.A.connections[0].when.any[0].equals: must be a value
          {bot: a, nodes: {A: {integration: {type: code}, connections: [{to: A, when: {any: [{variable: x, at_least: true}]}}]}}} | nodes.A.connections[0].when.any[0].at_least: must be a number or a text
          {bot: a, nodes: {A: {integration: {type: code}, connections: [{to: A, when: {any: [{variable: x, contains: [a]}]}}]}}} | nodes.A.connections[0].when.any[0].contains: must be a number or a text
          {bot: a, nodes: {A: {connections: [{to: A}]}}} | nodes.A.connections: moves on in a circle without ever waiting for the user: A > A
          {bot: a, nodes: {A: {connections: [{to: B}]}, B: {connections: [{to: C}]}, C: {connections: [{to: B}]}}} | nodes.B.connections: moves on in a circle without ever waiting for the user: B > C > B
          {bot: a, code: {A: "x"}} | code.A: no node A
          {bot: a, nodes: {A: {}}, code: {A: {}}} | code.A: must be a text
          {bot: a, nodes: {A: {}}, samples: {A: [x]}} | samples.A: must be an object
          {bot: a, nodes: {A: {}}, samples: {A: {default: x}}} | samples.A.default: must be an object
          {bot: a, nodes: {A: {}}, samples: {A: {"a/b": {}}}} | samples.A["a/b"]: a sample's name has
          {bot: a, samples: {ORDER: {}}, nodes: {ORDERS: {}}} | samples.ORDER: no node ORDER; did you mean ORDERS?
          {bot: a, requirements: [requests]} | requirements: must be a text
          """)
  void each_broken_rule_is_one_problem_at_its_place(String yaml, String expected) {
    List<String> problems = Documents.problems(yaml);
    assertThat(problems).hasSize(1);
    String wanted = expected.startsWith(": ") ? expected.substring(2) : expected;
    assertThat(problems.getFirst()).startsWith(wanted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{bot: a-b_9}",
        "{bot: a, base_url: {staging: 'http://127.0.0.1:9000', production: 'https://[::1]:8443/v1/'}}",
        "{bot: a, variables: {HOST: {}, PORT: {}}, base_url: {staging: 'https://[[HOST]]:[[PORT]]/x'}}",
        "{bot: a, variables: {URL: {}}, base_url: {staging: '[[URL]]/x'}}",
        "{bot: a, entities: {e: {type: number}, f: {type: number, min_digits: 18, max_digits: 18}}}",
        "{bot: a, entities: {e: {type: dictionary, values: {10: []}}}}",
        "{bot: a, entities: {e: {type: regex, pattern: 'a*'}}}",
        "{bot: a, nodes: {A_1: {}, 9: {}}}",
        "{bot: a, nodes: {A: {integration: {type: code}, connections: [{to: A}, {to: A, when: {any: [{variable: a.0.b, not_contains: x}, {variable: y, empty: false}]}}]}}}",
        "{bot: a, nodes: {A: {connections: [{to: B}]}, B: {end: true, connections: [{to: A}]}}}",
        "{bot: a, entities: {e: {type: text}}, nodes: {A: {entities: [{entity: e, ask: x}], connections: [{to: A}]}}}",
        "{bot: a, nodes: {A: {user_says: [], entities: [], connections: [], bot_says: []}}}",
        "{bot: a, nodes: {A: {bot_says: {id: Selamat}}}}",
        "{bot: a, nodes: {A: {integration: {type: api, url: 'https://a.example/x?y=[z]'}}}}",
        "{bot: a, variables: {K: {secret: true}}, nodes: {A: {integration: {type: api, url: 'https://a.example', headers: {Authorization: 'Bearer [[K]]'}, secret: K}}}}"
      })
  void what_the_rules_allow_is_valid(String yaml) {
    assertThat(Documents.problems(yaml)).isEmpty();
  }

  @Test
  @DisplayName(
      "B5: the signing secret must be a declared secret variable, whatever its other flags")
  void a_variable_that_is_sealed_is_reported_once_and_not_where_it_is_used() {
    assertThat(
            Documents.problems(
                "{bot: a, variables: {S: {secret: sealed}}, nodes: {A: {integration: {type: api,"
                    + " url: 'https://a.example', secret: S}}}}"))
        .containsExactly("variables.S.secret: not supported yet");
  }

  @Test
  void a_section_of_a_wrong_type_is_one_problem_and_not_one_for_every_name() {
    assertThat(
            Documents.problems(
                """
                bot: a
                entities: [order_id]
                variables: none
                nodes: {A: {entities: [{entity: order_id}], integration: {type: api, url: "https://[[H]]"}}}
                """))
        .hasSize(2)
        .anySatisfy(problem -> assertThat(problem).startsWith("entities: must be an object"))
        .anySatisfy(problem -> assertThat(problem).startsWith("variables: must be an object"));
  }

  @Test
  void a_when_beside_an_unreadable_integration_is_not_blamed_for_it() {
    assertThat(
            Documents.problems(
                "{bot: a, nodes: {A: {integration: {type: cod}, connections: [{to: A, when:"
                    + " {all: [{variable: x, equals: 1}]}}]}}}"))
        .containsExactly("nodes.A.integration.type: no integration type cod; there is code, api");
  }

  @Test
  void a_document_with_very_many_problems_says_how_many_more_there_are() {
    var document = new StringBuilder("bot: a\n");
    for (int i = 0; i < 1000; i++) {
      document.append("key").append(i).append(": 1\n");
    }
    List<String> problems = Documents.problems(document.toString());
    assertThat(problems).hasSize(Problems.MOST + 1);
    assertThat(problems.getLast()).isEqualTo("and 800 further problems");
  }
}
