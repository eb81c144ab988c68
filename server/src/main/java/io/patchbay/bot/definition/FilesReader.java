package io.patchbay.bot.definition;

import io.patchbay.bot.Bot;
import io.patchbay.bot.Integration;
import io.patchbay.bot.Node;
import java.util.Optional;

/** Checks {@code code}, {@code samples} and {@code requirements} of a document. */
final class FilesReader {
  static final int LONGEST_CODE = 1024 * 1024;
  private static final int MOST_NODES = 2000;
  private static final int MOST_SAMPLES = 100;

  private final Known known;

  FilesReader(Known known) {
    this.known = known;
  }

  void check(Place document, Bot bot) {
    document
        .at("requirements")
        .ifPresent(place ->
            place
                .text("\"requests==2.32.5\\n\"")
                .ifPresent(text ->
                    Requirements.problems(text)
                        .forEach(p -> place.problems().add(p.pointer(), p.message()))));
    document
        .at("code")
        .ifPresent(all ->
            all.entries(MOST_NODES, "{TRACK_ORDER: \"def main(event, context): ...\"}")
                .forEach((node, place) -> code(node, place, bot)));
    document
        .at("samples")
        .ifPresent(all ->
            all.entries(MOST_NODES, "{TRACK_ORDER: {default: {entities: {}}}}")
                .forEach((node, place) -> samples(node, place, bot)));
  }

  private void code(String node, Place place, Bot bot) {
    place
        .text("\"def main(event, context): ...\"")
        .ifPresent(text -> bounded(place, text, LONGEST_CODE));
    Optional<Integration> integration = integration(node, place, bot);
    if (known.nodes().contains(node)
        && integration.filter(i -> i instanceof Integration.Code).isEmpty()) {
      known
          .warnings()
          .add(
              place.pointer(),
              "is kept but never runs: node " + node + " has no integration of type code");
    }
  }

  private void samples(String node, Place place, Bot bot) {
    integration(node, place, bot);
    place
        .entries(MOST_SAMPLES, "{default: {entities: {}}}")
        .forEach((name, sample) -> {
          if (!Words.SAMPLE.matcher(name).matches()) {
            sample.problem("a sample's name has 1 to 64 of A-Z a-z 0-9 _ -");
          }
          sample.object("{entities: {}}");
        });
  }

  private Optional<Integration> integration(String node, Place place, Bot bot) {
    known.node(place, node);
    return Optional.ofNullable(bot.nodes().get(node)).flatMap(Node::integration);
  }

  private static void bounded(Place place, String text, int most) {
    if (text.length() > most) {
      place.problem("has " + text.length() + " characters; at most " + most + " are allowed");
    }
  }
}
