package io.patchbay.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which node a message means, if any. */
public sealed interface Match {
  /**
   * This match, unless it is a score and its node fails: then that node is what one can ask for.
   */
  default Match under(Predicate<String> fits) {
    return this instanceof Scored(var node, var utterance, var score, _, var next)
            && !fits.test(node)
        ? None.refused(new Candidate(node, utterance, score), next)
        : this;
  }

  /** What told that a message that is no utterance means a node. */
  enum Step {
    /** Its words. */
    WORDS,
    /** What the model takes it to mean. */
    MEANING
  }

  /**
   * The message is this utterance.
   *
   * @param utterance as authored
   */
  record Exact(String node, String utterance) implements Match {}

  /**
   * The message is much like this utterance, and less like those of any other node.
   *
   * @param score to 1; scores of different steps cannot be compared
   * @param next what came nearest of another node
   */
  record Scored(String node, String utterance, double score, Step step, Optional<Candidate> next)
      implements Match {}

  /**
   * Nothing is near enough, or two nodes are equally near, or what is near is wanted otherwise.
   *
   * @param best what came nearest, best first, one utterance per node; for the message log
   * @param between those of the best that it may be meant to be, which one can ask
   */
  record None(List<Candidate> best, List<Candidate> between) implements Match {
    public None {
      best = List.copyOf(best);
      between = List.copyOf(between);
    }

    private static None refused(Candidate first, Optional<Candidate> next) {
      List<Candidate> best = new ArrayList<>(List.of(first));
      next.ifPresent(best::add);
      return new None(best, List.of(first));
    }

    static None nothing() {
      return new None(List.of(), List.of());
    }
  }

  /** An utterance of a node and how near it came, 0 to 1. */
  record Candidate(String node, String utterance, double score) {}
}
