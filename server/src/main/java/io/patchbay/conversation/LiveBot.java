package io.patchbay.conversation;

import io.patchbay.bot.Bot;
import io.patchbay.entity.EntityCollector;
import io.patchbay.integration.Source;
import io.patchbay.intent.NodeMatcher;
import java.util.Map;

/**
 * A deployed bot version, ready to take turns.
 *
 * @param version content address of the snapshot
 * @param code node name to its code
 */
record LiveBot(
    Bot bot,
    String version,
    Map<String, Source> code,
    NodeMatcher matcher,
    EntityCollector collector) {}
