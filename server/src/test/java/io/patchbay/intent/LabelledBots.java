package io.patchbay.intent;

import io.patchbay.bot.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The bots and messages of {@code bench/understanding}, split into two halves by a fixed seed. */
final class LabelledBots {
  private static final Path FOLDER = Path.of("..", "bench", "understanding");
  private static final long SEED = 4711;

  /** Which half: the one that numbers were chosen on, or the one that they are told of. */
  enum Half {
    DEVELOPMENT,
    TEST
  }

  /** What a message is to its bot. */
  enum Kind {
    MEANT,
    NEAR_MISS,
    STRANGER
  }

  /**
   * @param node empty where no node is meant
   */
  record Labelled(Kind kind, String node, String message) {}

  record LabelledBot(String name, Map<String, List<String>> nodes, List<Labelled> messages) {
    NodeMatcher matcher(MatchingModel model) {
      Map<String, Node> byName = new LinkedHashMap<>();
      nodes.forEach(
          (node, says) -> byName.put(node, MatcherBots.start(node, says.toArray(String[]::new))));
      return new NodeMatcher(MatcherBots.bot(byName), model);
    }
  }

  private LabelledBots() {}

  static List<LabelledBot> read(Half half) {
    List<Labelled> strangers =
        lines("strangers").stream().map(m -> new Labelled(Kind.STRANGER, "", m)).toList();
    return List.of("shop", "bank", "telecom", "travel", "helpdesk").stream()
        .map(name -> read(name, strangers, half))
        .toList();
  }

  private static LabelledBot read(String name, List<Labelled> strangers, Half half) {
    Map<String, List<String>> nodes = new LinkedHashMap<>();
    List<Labelled> messages = new ArrayList<>(strangers);
    for (String line : lines(name)) {
      String[] sides = line.split(" = ", 2);
      String[] head = sides[0].split(" ", 2);
      List<String> texts = List.of(sides[1].split(" \\| ", -1));
      switch (head[0]) {
        case "node" -> nodes.put(head[1], texts);
        case "says" -> texts.forEach(t -> messages.add(new Labelled(Kind.MEANT, head[1], t)));
        default -> texts.forEach(t -> messages.add(new Labelled(Kind.NEAR_MISS, "", t)));
      }
    }
    Collections.shuffle(messages, new Random(SEED));
    int middle = messages.size() / 2;
    return new LabelledBot(
        name,
        nodes,
        half == Half.DEVELOPMENT
            ? messages.subList(0, middle)
            : messages.subList(middle, messages.size()));
  }

  private static List<String> lines(String name) {
    try {
      return Files.readAllLines(FOLDER.resolve(name + ".txt")).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
