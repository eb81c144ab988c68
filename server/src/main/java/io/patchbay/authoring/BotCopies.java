package io.patchbay.authoring;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Problem;
import io.patchbay.base.Refusal;
import io.patchbay.bot.BotStore;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Makes a bot of another one's draft, with the values of its variables. */
final class BotCopies {
  private final BotStore store;
  private final Drafts drafts;

  BotCopies(BotStore store, Drafts drafts) {
    this.store = store;
    this.drafts = drafts;
  }

  /**
   * @param name shown to people; empty: as the other's
   */
  Authoring.Definition copy(String from, String to, Optional<String> name) {
    ObjectNode document = drafts.definition(from).document().deepCopy();
    document.put("bot", to);
    name.ifPresent(shown -> document.put("name", shown));
    return drafts
        .create(to, document, store.variables(from))
        .orElseThrow(() ->
            new Refusal(
                ErrorCode.INVALID_CONTENT,
                "There is a bot of this name already; choose another",
                List.of(new Problem("bot", "is taken"))));
  }
}
