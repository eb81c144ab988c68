package io.patchbay.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Refusal;
import io.patchbay.bot.definition.BotYaml;
import io.patchbay.testing.TalkingBot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Bots that several people make at one time. */
class NewBotsTest {
  private static final int ROUNDS = 300;
  private static final String YAML =
      """
      bot: acme
      variables: {OPEN: {}}
      nodes: {RUN: {start: true, user_says: ["run"], integration: {type: code}}}
      """;

  private final Authoring authoring = new TalkingBot(YAML).authoring;

  @Test
  void of_two_copies_of_one_name_one_is_made_and_the_other_is_told() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      String name = "twin-" + i;
      List<Boolean> made = atOnce(() -> isCopied(name, "First"), () -> isCopied(name, "Second"));
      assertThat(made).containsOnlyOnce(true);
      assertThat(authoring.definition(name).document().path("name").asString())
          .isEqualTo(made.getFirst() ? "First" : "Second");
    }
  }

  @Test
  void of_two_definitions_of_a_new_bot_neither_loses_its_code() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      String name = "new-" + i;
      ObjectNode bare = definition(name);
      ObjectNode withCode = bare.deepCopy();
      withCode.putObject("code").put("RUN", "x = 1");
      atOnce(
          () -> authoring.put(name, bare, Optional.empty()),
          () -> authoring.put(name, withCode, Optional.empty()));
      assertThat(authoring.code(name, "RUN")).isEqualTo("x = 1");
    }
  }

  private boolean isCopied(String to, String shown) {
    try {
      authoring.copy("acme", to, Optional.of(shown));
      return true;
    } catch (Refusal taken) {
      assertThat(taken.problems()).singleElement().extracting("message").isEqualTo("is taken");
      return false;
    }
  }

  private static ObjectNode definition(String bot) {
    ObjectNode document = (ObjectNode) BotYaml.read(YAML);
    document.put("bot", bot);
    return document;
  }

  private static <T> List<T> atOnce(Callable<T> first, Callable<T> second) throws Exception {
    var together = new CyclicBarrier(2);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<T> one = threads.submit(() -> afterBoth(together, first));
      Future<T> other = threads.submit(() -> afterBoth(together, second));
      return List.of(one.get(), other.get());
    }
  }

  private static <T> T afterBoth(CyclicBarrier together, Callable<T> task) throws Exception {
    together.await();
    return task.call();
  }
}
