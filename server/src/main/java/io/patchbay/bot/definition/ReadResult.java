package io.patchbay.bot.definition;

import io.patchbay.base.Problem;
import io.patchbay.bot.Bot;
import java.util.List;

/** What a document is: a bot, or all that is wrong with it. */
public sealed interface ReadResult {
  /**
   * @param warnings what is odd about the document but runs; {@link BotReview} finds more
   */
  record Valid(Bot bot, List<Problem> warnings) implements ReadResult {
    public Valid {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * @param problems never empty, in the order of the document's sections
   */
  record Invalid(List<Problem> problems) implements ReadResult {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
