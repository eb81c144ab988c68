package io.patchbay.intent;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import io.patchbay.bot.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How often the right node is found, over messages that were labelled by hand (ADR 0005). */
class LabelledMessagesTest {
  /**
   * @param right matched as labelled
   * @param wrong matched another node, or any where none is meant
   * @param meant messages that mean a node
   */
  private record Tally(int right, int wrong, int meant, int all, List<String> misses) {
    double precision() {
      return (double) right / (right + wrong);
    }

    double recall() {
      return (double) right / meant;
    }
  }

  @Test
  void messages_that_the_numbers_were_tuned_on() {
    Tally tally = tally("tuned");
    assertThat(tally.all()).isGreaterThan(160);
    assertThat(tally.precision()).as("%s", tally).isGreaterThanOrEqualTo(0.92);
    assertThat(tally.recall()).as("%s", tally).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void messages_of_bots_that_the_numbers_were_not_tuned_on() {
    Tally tally = tally("held-out");
    assertThat(tally.all()).isGreaterThan(40);
    assertThat(tally.precision()).as("%s", tally).isGreaterThanOrEqualTo(0.95);
    assertThat(tally.recall()).as("%s", tally).isGreaterThanOrEqualTo(0.85);
  }

  private static Tally tally(String file) {
    List<String> misses = new ArrayList<>();
    int right = 0;
    int wrong = 0;
    int meant = 0;
    int all = 0;
    for (JsonNode bot : golden(file)) {
      NodeMatcher matcher = matcher(bot.get("nodes"));
      for (JsonNode message : bot.get("messages")) {
        Match match = matcher.startNodes(message.get(0).asString());
        String expected = message.get(1).asString("");
        String found = node(match);
        all++;
        meant += expected.isEmpty() ? 0 : 1;
        right += !expected.isEmpty() && expected.equals(found) ? 1 : 0;
        wrong += !found.isEmpty() && !expected.equals(found) ? 1 : 0;
        if (!expected.equals(found)) {
          misses.add("\n" + message + " -> " + match);
        }
      }
    }
    return new Tally(right, wrong, meant, all, misses);
  }

  private static NodeMatcher matcher(JsonNode nodes) {
    Map<String, Node> byName = new LinkedHashMap<>();
    nodes
        .properties()
        .forEach(e -> {
          String[] utterances =
              e.getValue().valueStream().map(JsonNode::asString).toArray(String[]::new);
          byName.put(e.getKey(), MatcherBots.start(e.getKey(), utterances));
        });
    return new NodeMatcher(MatcherBots.bot(byName));
  }

  private static String node(Match match) {
    return switch (match) {
      case Match.Exact exact -> exact.node();
      case Match.Scored scored -> scored.node();
      case Match.None _ -> "";
    };
  }

  private static JsonNode golden(String name) {
    String path = "/golden/intent/" + name + ".json";
    try (InputStream in = LabelledMessagesTest.class.getResourceAsStream(path)) {
      return Json.parse(Objects.requireNonNull(in, path).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
