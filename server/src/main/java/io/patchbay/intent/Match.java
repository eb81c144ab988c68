package io.patchbay.intent;

import java.util.List;

/** Which node a message means, if any. */
public sealed interface Match {
  /**
   * The message is this utterance.
   *
   * @param utterance as authored
   */
  record Exact(String node, String utterance) implements Match {}

  /**
   * The message is much like this utterance, and less like those of any other node.
   *
   * @param score from {@link NodeMatcher#THRESHOLD} to 1
   */
  record Scored(String node, String utterance, double score) implements Match {}

  /**
   * Nothing is near enough, or two nodes are equally near.
   *
   * @param best what came nearest, best first, one utterance per node; for the message log
   */
  record None(List<Candidate> best) implements Match {
    public None {
      best = List.copyOf(best);
    }
  }

  /** An utterance of a node and how near it came, 0 to 1. */
  record Candidate(String node, String utterance, double score) {}
}
