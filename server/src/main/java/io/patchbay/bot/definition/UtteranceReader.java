package io.patchbay.bot.definition;

import java.util.ArrayList;
import java.util.List;

/** Reads {@code user_says}: a list of utterances, each a text or a text in several languages. */
final class UtteranceReader {
  private static final int LONGEST_UTTERANCE = 500;

  private final SayReader says;

  UtteranceReader(Known known) {
    this.says = new SayReader(known);
  }

  List<String> utterances(Place place) {
    var utterances = new ArrayList<String>();
    for (Place item : place.items("[\"track my order\"]")) {
      says.local(item)
          .ifPresent(texts ->
              texts
                  .byLanguage()
                  .values()
                  .forEach(text -> {
                    if (text.length() > LONGEST_UTTERANCE) {
                      item.problem(
                          "has "
                              + text.length()
                              + " characters; an utterance has at most "
                              + LONGEST_UTTERANCE);
                    }
                    utterances.add(text);
                  }));
    }
    return utterances;
  }
}
