package io.patchbay.intent;

import static io.patchbay.intent.MatcherBots.bot;
import static io.patchbay.intent.MatcherBots.node;
import static io.patchbay.intent.MatcherBots.says;
import static io.patchbay.intent.MatcherBots.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.bot.Connection;
import io.patchbay.bot.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MatchingCostTest {
  @Test
  @Timeout(60)
  void words_like_very_many_terms_are_compared_with_some_of_them() {
    String[] terms =
        IntStream.range(0, 100_000).mapToObj(i -> "prefix" + i + "suffix").toArray(String[]::new);
    var matcher = new NodeMatcher(bot(start("A", terms), start("B", "track the order")));
    String unknown =
        IntStream.range(0, 200)
            .mapToObj(i -> "prefix" + (200_000 + i) + "suffix")
            .collect(Collectors.joining(" "));
    for (int i = 0; i < 50; i++) {
      matcher.startNodes(unknown);
    }
    assertThat(matcher.startNodes("prefix4711suffix")).isInstanceOf(Match.Exact.class);
    assertThat(matcher.startNodes("please track the new order"))
        .isInstanceOfSatisfying(Match.Scored.class, m -> assertThat(m.node()).isEqualTo("B"));
  }

  @Test
  @Timeout(60)
  void a_term_of_very_many_utterances_leads_to_some_of_them() {
    String[] utterances =
        IntStream.range(0, 200_000).mapToObj(i -> "hello " + i).toArray(String[]::new);
    var matcher = new NodeMatcher(bot(start("A", utterances)));
    for (int i = 0; i < 50; i++) {
      assertThat(matcher.startNodes("hello there " + i)).isNotNull();
    }
  }

  @Test
  void no_further_term_is_compared_after_very_many() {
    var comparisons = new Comparisons();
    int allowed = 0;
    while (comparisons.allow("prefix1suffix", "prefix2suffix")) {
      allowed++;
    }
    assertThat(allowed).isBetween(10_000, 100_000);
  }

  @Test
  void nodes_whose_connections_are_beyond_the_bound_lead_on_all_the_same() {
    int count = 120;
    Map<String, Node> nodes = new LinkedHashMap<>();
    for (int n = 0; n < count; n++) {
      List<Connection> connections = new ArrayList<>();
      for (int c = 0; c < count; c++) {
        connections.add(says("N" + c, "to number " + c));
      }
      int at = n;
      List<String> utterances =
          IntStream.range(0, 20).mapToObj(u -> "utterance " + at + " of " + u).toList();
      nodes.put(
          "N" + n, node("N" + n, false, true, utterances, connections.toArray(Connection[]::new)));
    }
    var matcher = new NodeMatcher(bot(nodes));
    for (String from : List.of("N0", "N119")) {
      Node node = Objects.requireNonNull(nodes.get(from));
      assertThat(matcher.connections(node, "to number 7"))
          .isInstanceOfSatisfying(Match.Exact.class, m -> assertThat(m.node()).isEqualTo("N7"));
      assertThat(matcher.connections(node, "utterance 9 of 3"))
          .isInstanceOfSatisfying(Match.Exact.class, m -> assertThat(m.node()).isEqualTo("N9"));
    }
    assertThat(matcher.weight()).isLessThan(100_000_000);
  }
}
