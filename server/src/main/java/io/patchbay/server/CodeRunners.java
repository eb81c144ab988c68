package io.patchbay.server;

import io.patchbay.authoring.Authoring;
import io.patchbay.bot.Bot;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.Environment;
import io.patchbay.bot.Integration;
import io.patchbay.bot.Node;
import io.patchbay.bot.definition.BotDefinition;
import io.patchbay.executor.Executor;
import io.patchbay.integration.Source;
import io.patchbay.integration.code.CodeInvoker;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the code of what is deployed loaded before its first call, and ends what a bot leaves. */
final class CodeRunners implements Authoring.Runners {
  private static final Logger LOG = LoggerFactory.getLogger(CodeRunners.class);

  private final BotStore bots;
  private final CodeInvoker invoker;
  private final Executor executor;

  CodeRunners(BotStore bots, CodeInvoker invoker, Executor executor) {
    this.bots = bots;
    this.invoker = invoker;
    this.executor = executor;
  }

  @Override
  public void deleted(String bot) {
    executor.forget(bot);
  }

  @Override
  public boolean fits(long memory) {
    return executor.fits(memory);
  }

  /** Aside: it is deployed whatever becomes of this, and whoever calls it is told of problems. */
  @Override
  public void deployed(String bot, Environment environment) {
    Thread.ofVirtual()
        .name("warm-" + bot)
        .start(() -> {
          try {
            bots.live(bot, environment).ifPresent(live -> warm(environment, live));
          } catch (RuntimeException unreadable) {
            LOG.debug("bot {} is not loaded ahead", bot, unreadable);
          }
        });
  }

  private void warm(Environment environment, BotStore.Version live) {
    Bot deployed = BotDefinition.stored(live.definition());
    deployed.nodes().values().forEach(node -> warm(deployed, environment, node, live));
  }

  private void warm(Bot bot, Environment environment, Node node, BotStore.Version live) {
    Optional<String> text = Optional.ofNullable(live.code().get(node.name()));
    if (text.isPresent() && node.integration().orElse(null) instanceof Integration.Code code) {
      Source source = new Source(text.get(), live.lock());
      invoker.warm(new CodeInvoker.Wanted(bot, environment, node, code), source);
    }
  }
}
