package io.patchbay.conversation;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.JsonSize;
import io.patchbay.base.Recent;
import io.patchbay.base.Refusal;
import io.patchbay.bot.Bot;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.Environment;
import io.patchbay.entity.EntityCollector;
import io.patchbay.executor.work.Budget;
import io.patchbay.integration.Source;
import io.patchbay.intent.MatchingModel;
import io.patchbay.intent.NodeMatcher;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Finds what is deployed and keeps the most recently used versions ready. */
final class LiveBots {
  /** Part of the heap that the versions kept ready may take. */
  private static final int SHARE = 12;

  /** Steps that it takes to prepare one character of a definition. */
  private static final int PREPARING = 16;

  /** Bytes that one character of a definition takes as a bot, beside matcher and collector. */
  private static final int BYTES = 10;

  /** What the smallest bot takes. */
  private static final long BASE_WEIGHT = 32 * 1024;

  private final BotStore store;
  private final MatchingModel model;
  private final Function<ObjectNode, Bot> reader;
  private final Recent<Key, LiveBot> ready =
      new Recent<>(Runtime.getRuntime().maxMemory() / SHARE, live -> live.costs().weight());

  private record Key(String bot, String version) {
    static Key of(BotStore.Version version) {
      return new Key(version.bot(), version.version());
    }
  }

  /**
   * @param reader turns a definition that was valid when it was stored into a bot
   */
  LiveBots(BotStore store, Function<ObjectNode, Bot> reader, MatchingModel model) {
    this.model = model;
    this.store = store;
    this.reader = reader;
  }

  LiveBot live(String bot, Environment environment) {
    BotStore.Version version =
        store.live(bot, environment).orElseThrow(() -> missing(bot, environment));
    return ready.get(
        Key.of(version),
        () -> {
          forgetReplaced(version.bot());
          long size = JsonSize.of(version.definition(), Budget.SMALL);
          return Budget.spend(PREPARING * size, () -> prepare(version));
        });
  }

  private void forgetReplaced(String bot) {
    Set<Key> live =
        Arrays.stream(Environment.values())
            .flatMap(environment -> store.live(bot, environment).stream())
            .map(Key::of)
            .collect(Collectors.toSet());
    ready.forget(key -> key.bot.equals(bot) && !live.contains(key));
  }

  private LiveBot prepare(BotStore.Version version) {
    Bot bot = reader.apply(version.definition());
    Map<String, Source> code = new LinkedHashMap<>();
    version.code().forEach((node, text) -> code.put(node, new Source(text, version.lock())));
    var matcher = new NodeMatcher(bot, model);
    var collector = new EntityCollector(bot);
    long weight =
        BASE_WEIGHT
            + BYTES * JsonSize.of(version.definition(), Long.MAX_VALUE)
            + 2 * version.code().values().stream().mapToLong(String::length).sum()
            + matcher.weight()
            + collector.weight();
    return new LiveBot(
        bot, version.version(), code, matcher, collector, LiveBot.Costs.of(bot, collector, weight));
  }

  private Refusal missing(String bot, Environment environment) {
    if (store.exists(bot)) {
      return new Refusal(
          ErrorCode.NOT_DEPLOYED,
          "Nothing of bot %s is deployed in %s: train it, then deploy a version"
              .formatted(bot, environment.wire()));
    }
    ready.forget(key -> key.bot.equals(bot));
    return new Refusal(ErrorCode.UNKNOWN_BOT, "There is no bot " + bot);
  }
}
