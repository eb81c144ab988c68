package io.patchbay.conversation;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Recent;
import io.patchbay.base.Refusal;
import io.patchbay.bot.Bot;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.Environment;
import io.patchbay.entity.EntityCollector;
import io.patchbay.integration.Source;
import io.patchbay.intent.NodeMatcher;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Finds what is deployed and keeps the most recently used versions ready. */
final class LiveBots {
  /** Versions kept ready; a version that is not costs its preparation at the next turn. */
  private static final int MAX_READY = 1000;

  private final BotStore store;
  private final Function<ObjectNode, Bot> reader;
  private final Recent<String, LiveBot> ready = new Recent<>(MAX_READY);

  /**
   * @param reader turns a definition that was valid when it was stored into a bot
   */
  LiveBots(BotStore store, Function<ObjectNode, Bot> reader) {
    this.store = store;
    this.reader = reader;
  }

  LiveBot live(String bot, Environment environment) {
    BotStore.Version version =
        store.live(bot, environment).orElseThrow(() -> missing(bot, environment));
    return ready.get(version.bot() + "/" + version.version(), () -> prepare(version));
  }

  private LiveBot prepare(BotStore.Version version) {
    Bot bot = reader.apply(version.definition());
    Map<String, Source> code = new LinkedHashMap<>();
    version.code().forEach((node, text) -> code.put(node, new Source(text, version.lock())));
    return new LiveBot(
        bot, version.version(), code, new NodeMatcher(bot), new EntityCollector(bot));
  }

  private Refusal missing(String bot, Environment environment) {
    return store.exists(bot)
        ? new Refusal(
            ErrorCode.NOT_DEPLOYED,
            "Nothing of bot %s is deployed in %s: train it, then deploy a version"
                .formatted(bot, environment.wire()))
        : new Refusal(ErrorCode.UNKNOWN_BOT, "There is no bot " + bot);
  }
}
