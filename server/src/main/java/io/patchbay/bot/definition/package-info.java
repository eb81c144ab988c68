/**
 * Step: authored document to {@link io.patchbay.bot.Bot}, before anything is stored or run. Entry
 * types {@link io.patchbay.bot.definition.BotDefinition} for a tree and {@link
 * io.patchbay.bot.definition.BotYaml} for its text. Must not know where documents come from, how
 * drafts are kept, or how a bot is matched and run.
 */
@NullMarked
package io.patchbay.bot.definition;

import org.jspecify.annotations.NullMarked;
