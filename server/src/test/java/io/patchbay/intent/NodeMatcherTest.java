package io.patchbay.intent;

import static io.patchbay.intent.MatcherBots.bot;
import static io.patchbay.intent.MatcherBots.node;
import static io.patchbay.intent.MatcherBots.says;
import static io.patchbay.intent.MatcherBots.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.bot.Connection;
import io.patchbay.bot.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeMatcherTest {
  private static final Match NOTHING = Match.None.nothing();

  private final NodeMatcher matcher =
      new NodeMatcher(
          bot(
              start("TRACK", "Track my  order", "Where is my order?"),
              start("CANCEL", "cancel my order", "यह रद्द करें", "👍", "???"),
              start("CAFE", "Café öffnen")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Track my  order",
        "track my order",
        "  TRACK\tMY\n ORDER!!! ",
        "„Track my order“",
        "ｔｒａｃｋ my order",
        "(track my order)…"
      })
  void an_exact_message_wins_after_normalisation(String message) {
    assertThat(matcher.startNodes(message)).isEqualTo(new Match.Exact("TRACK", "Track my  order"));
  }

  @Test
  void an_exact_message_wins_in_any_script() {
    assertThat(matcher.startNodes("यह रद्द करें।"))
        .isEqualTo(new Match.Exact("CANCEL", "यह रद्द करें"));
    assertThat(matcher.startNodes("CAFE\u0301 O\u0308FFNEN"))
        .isEqualTo(new Match.Exact("CAFE", "Café öffnen"));
    assertThat(matcher.startNodes("👍")).isEqualTo(new Match.Exact("CANCEL", "👍"));
    assertThat(matcher.startNodes("???")).isEqualTo(new Match.Exact("CANCEL", "???"));
  }

  @Test
  void the_first_in_authored_order_wins_where_two_are_the_message() {
    var twins = new NodeMatcher(bot(start("B", "hello"), start("A", "Hello!", "hello")));
    assertThat(twins.startNodes("hello")).isEqualTo(new Match.Exact("B", "hello"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t", "\u0000", "!", "...", "\u200b"})
  void an_empty_message_matches_nothing(String message) {
    assertThat(matcher.startNodes(message)).isEqualTo(NOTHING);
  }

  @Test
  void a_near_message_is_scored() {
    assertThat(matcher.startNodes("please track the order"))
        .isInstanceOfSatisfying(
            Match.Scored.class,
            m -> {
              assertThat(m.node()).isEqualTo("TRACK");
              assertThat(m.utterance()).isEqualTo("Track my  order");
              assertThat(m.score()).isBetween(NodeMatcher.THRESHOLD, 1.0);
            });
  }

  @Test
  void two_nodes_that_are_equally_near_match_nothing_and_are_told() {
    var twins =
        new NodeMatcher(bot(start("A", "pay my phone bill"), start("B", "pay my power bill")));
    assertThat(twins.startNodes("pay my bill"))
        .isInstanceOfSatisfying(
            Match.None.class,
            m -> {
              assertThat(m.best())
                  .extracting(Match.Candidate::node)
                  .containsExactlyInAnyOrder("A", "B");
              assertThat(m.best().getFirst().score()).isGreaterThan(NodeMatcher.THRESHOLD);
            });
  }

  @Test
  void several_utterances_of_one_node_do_not_stand_in_each_others_way() {
    var one =
        new NodeMatcher(
            bot(start("A", "pay my phone bill", "pay the phone bill"), start("B", "hello")));
    assertThat(one.startNodes("pay phone bill")).isInstanceOf(Match.Scored.class);
  }

  @Test
  void only_active_start_nodes_begin() {
    var nodes =
        bot(
            node("OFF", true, false, List.of("one")),
            node("INNER", false, true, List.of("two")),
            start("ON", "three"));
    var some = new NodeMatcher(nodes);
    assertThat(some.startNodes("one")).isEqualTo(NOTHING);
    assertThat(some.startNodes("two")).isEqualTo(NOTHING);
    assertThat(some.startNodes("three")).isInstanceOf(Match.Exact.class);
  }

  @Test
  void connections_lead_to_active_nodes_by_their_own_words_and_by_those_of_the_node() {
    Node from =
        node(
            "FROM",
            true,
            true,
            List.of("start"),
            says("YES", "yes", "please do"),
            says("OFF", "later"),
            says("NO", "no"));
    var some =
        new NodeMatcher(
            bot(
                from,
                node("YES", false, true, List.of("file a complaint")),
                node("OFF", false, false, List.of()),
                node("NO", false, true, List.of())));
    assertThat(some.connections(from, "Yes!")).isEqualTo(new Match.Exact("YES", "yes"));
    assertThat(some.connections(from, "yes please")).isEqualTo(new Match.Exact("YES", "yes"));
    assertThat(some.connections(from, "file a complaint"))
        .isEqualTo(new Match.Exact("YES", "file a complaint"));
    assertThat(some.connections(from, "later")).isEqualTo(NOTHING);
    assertThat(some.connections(from, "start")).isEqualTo(NOTHING);
    assertThat(some.connections(node("YES", false, true, List.of()), "yes")).isEqualTo(NOTHING);
    assertThat(some.connections(node("STRANGER", false, true, List.of()), "yes"))
        .isEqualTo(NOTHING);
  }

  @Test
  void connections_of_other_kinds_do_not_match_words() {
    Node from =
        node(
            "FROM",
            true,
            true,
            List.of(),
            new Connection("TO", new Connection.Trigger.Always()),
            new Connection(
                "TO",
                new Connection.Trigger.Entities(
                    Map.of("size", new Connection.Test(Optional.empty())))));
    var some = new NodeMatcher(bot(from, node("TO", false, true, List.of("hello"))));
    assertThat(some.connections(from, "hello")).isEqualTo(NOTHING);
  }

  @Test
  void a_node_may_lead_to_itself() {
    Node from = node("FROM", true, true, List.of(), says("FROM", "again"));
    assertThat(new NodeMatcher(bot(from)).connections(from, "again"))
        .isEqualTo(new Match.Exact("FROM", "again"));
  }

  @Test
  void a_bot_without_utterances_matches_nothing() {
    var silent = new NodeMatcher(bot(start("A"), start("B", "", "  ")));
    assertThat(silent.startNodes("hello")).isEqualTo(NOTHING);
    assertThat(silent.startNodes("")).isEqualTo(NOTHING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a ",
        "order ",
        "क",
        "字",
        "ก",
        "'",
        "n't ",
        "👍",
        "\ud83d",
        "\u200d",
        "!",
        " ",
        "track my order "
      })
  void a_huge_message_is_answered_at_once(String piece) {
    String message = piece.repeat(10_000_000 / piece.length());
    long before = System.nanoTime();
    assertThat(matcher.startNodes(message)).isNotNull();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void scores_are_from_0_to_1_whatever_is_said() {
    long seed = 77;
    var random = new Random(seed);
    String[] words = {
      "track", "my", "order", "cancel", "not", "where", "字字", "रद्द", "ordre", "42", "x", "'", "is",
      "öffnen"
    };
    for (int round = 0; round < 5_000; round++) {
      List<String> picked =
          random.ints(random.nextInt(12), 0, words.length).mapToObj(i -> words[i]).toList();
      String message = String.join(random.nextBoolean() ? " " : "", picked);
      double score =
          switch (matcher.startNodes(message)) {
            case Match.Exact _ -> 1;
            case Match.Scored scored -> scored.score();
            case Match.None none -> none.best().isEmpty() ? 0 : none.best().getFirst().score();
          };
      assertThat(score).as("seed %d: %s", seed, message).isBetween(0.0, 1.0 + 1e-9);
    }
  }

  @Test
  void a_thousand_nodes_are_built_and_matched_quickly() {
    var random = new Random(5);
    String[] things = IntStream.range(0, 400).mapToObj(_ -> word(random)).toArray(String[]::new);
    Map<String, Node> nodes = new LinkedHashMap<>();
    List<String> messages = new ArrayList<>();
    for (int n = 0; n < 1_000; n++) {
      List<String> utterances = new ArrayList<>();
      for (int u = 0; u < 10; u++) {
        utterances.add(
            "i want to "
                + things[random.nextInt(400)]
                + " my "
                + things[random.nextInt(400)]
                + " "
                + word(random));
      }
      nodes.put("N" + n, start("N" + n, utterances.toArray(String[]::new)));
      messages.add("please " + utterances.getFirst().substring(7) + " todya");
    }
    long before = System.nanoTime();
    var large = new NodeMatcher(bot(nodes));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));

    List<Duration> times = new ArrayList<>();
    int found = 0;
    for (int round = 0; round < 3; round++) {
      for (String message : messages) {
        long start = System.nanoTime();
        Match match = large.startNodes(message);
        times.add(Duration.ofNanos(System.nanoTime() - start));
        found += match instanceof Match.Scored ? 1 : 0;
      }
    }
    times.sort(null);
    // Both limits are far above what it takes, since other work may share the machine.
    assertThat(times.get(times.size() / 2)).isLessThan(Duration.ofMillis(20));
    assertThat(found).isGreaterThan(2_500);
  }

  private static String word(Random random) {
    var word = new StringBuilder();
    random.ints(4 + random.nextInt(5), 'a', 'z' + 1).forEach(word::appendCodePoint);
    return word.toString();
  }

  @Test
  void threads_share_a_matcher() {
    Match expected = matcher.startNodes("please track the order");
    assertThat(
            IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(_ -> matcher.startNodes("please track the order")))
        .allMatch(expected::equals);
  }
}
