package io.patchbay.intent;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** How well messages of {@link LabelledBots} are understood. */
final class Understanding {
  private static final int ROUNDS = 3;

  private final Map<String, Integer> counts = new TreeMap<>();
  private final Map<String, Integer> confusions = new TreeMap<>();
  private final List<String> misses = new ArrayList<>();
  private double milliseconds;

  static Understanding of(LabelledBots.Half half, MatchingModel model) {
    var understanding = new Understanding();
    List<LabelledBots.LabelledBot> bots = LabelledBots.read(half);
    Map<LabelledBots.LabelledBot, NodeMatcher> matchers = new LinkedHashMap<>();
    bots.forEach(bot -> matchers.put(bot, bot.matcher(model)));
    matchers.forEach((bot, matcher) ->
        bot.messages().forEach(message -> understanding.count(bot, message, matcher)));
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    int matches = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (LabelledBots.LabelledBot bot : bots) {
        for (LabelledBots.Labelled message : bot.messages()) {
          Objects.requireNonNull(matchers.get(bot)).startNodes(message.message());
          matches++;
        }
      }
    }
    understanding.milliseconds =
        (threads.getCurrentThreadCpuTime() - before) / 1e6 / Math.max(1, matches);
    return understanding;
  }

  private void count(
      LabelledBots.LabelledBot bot, LabelledBots.Labelled message, NodeMatcher matcher) {
    Match match = matcher.startNodes(message.message());
    String found =
        switch (match) {
          case Match.Exact exact -> exact.node();
          case Match.Scored scored -> scored.node();
          case Match.None none -> none.between().isEmpty() ? "" : "?";
        };
    boolean meant = message.kind() == LabelledBots.Kind.MEANT;
    String outcome =
        found.isEmpty()
            ? "refused"
            : found.equals("?")
                ? "asked"
                : !meant ? "taken" : found.equals(message.node()) ? "right" : "wrong";
    counts.merge(message.kind() + " " + outcome, 1, Integer::sum);
    if (meant) {
      confusions.merge(bot.name() + " " + message.node() + " -> " + found, 1, Integer::sum);
    }
    boolean good = meant ? outcome.equals("right") : !outcome.equals("taken");
    if (!good) {
      misses.add(bot.name() + " " + message + " -> " + match);
    }
  }

  /** Part of the messages of a kind that end so. */
  double share(LabelledBots.Kind kind, String outcome) {
    int all =
        counts.entrySet().stream()
            .filter(e -> e.getKey().startsWith(kind + " "))
            .mapToInt(Map.Entry::getValue)
            .sum();
    return (double) counts.getOrDefault(kind + " " + outcome, 0) / Math.max(1, all);
  }

  double milliseconds() {
    return milliseconds;
  }

  String report() {
    var report = new StringBuilder();
    for (LabelledBots.Kind kind : LabelledBots.Kind.values()) {
      report.append(kind);
      for (String outcome : List.of("right", "wrong", "taken", "asked", "refused")) {
        report.append(
            String.format(
                Locale.ROOT,
                "  %s %d (%.1f %%)",
                outcome,
                counts.getOrDefault(kind + " " + outcome, 0),
                100 * share(kind, outcome)));
      }
      report.append('\n');
    }
    report.append(String.format(Locale.ROOT, "CPU per match: %.2f ms%n", milliseconds));
    confusions.forEach((pair, count) -> report.append(count).append(' ').append(pair).append('\n'));
    return report.append(String.join("\n", misses)).append('\n').toString();
  }
}
