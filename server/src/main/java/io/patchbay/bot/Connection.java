package io.patchbay.bot;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A way from one node to another.
 *
 * @param to name of the target node, which exists
 */
public record Connection(String to, Trigger trigger) {
  /** What takes a conversation along a connection. */
  public sealed interface Trigger {
    /** Only {@code to}: the default rule after an integration, else moves on in the same turn. */
    record Always() implements Trigger {}

    /** A rule over the output of this turn. */
    record When(Condition condition) implements Trigger {}

    /** One of these utterances in the next message. */
    record UserSays(List<String> utterances) implements Trigger {
      public UserSays {
        utterances = List.copyOf(utterances);
      }
    }

    /** Entity name to what it must hold, checked at the next message; all must hold. */
    record Entities(Map<String, Test> tests) implements Trigger {
      public Entities {
        tests = Ordered.copy(tests);
      }
    }
  }

  /**
   * @param anyOf values of which one must match; empty: any value will do
   */
  public record Test(Optional<List<String>> anyOf) {
    public Test {
      anyOf = anyOf.map(List::copyOf);
    }
  }

  /** Whether this is a rule over the output of a node with an integration. */
  public boolean isRule() {
    return switch (trigger) {
      case Trigger.Always _, Trigger.When _ -> true;
      case Trigger.UserSays _, Trigger.Entities _ -> false;
    };
  }
}
