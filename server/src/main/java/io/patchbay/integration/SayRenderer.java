package io.patchbay.integration;

import io.patchbay.bot.OutputPath;
import io.patchbay.bot.Say;
import io.patchbay.hsl.BotResponse;
import io.patchbay.hsl.HslElement;
import io.patchbay.hsl.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Turns what a builder authored into bubbles: variant, language, variables, tags. */
public final class SayRenderer {
  private final RandomGenerator random;

  public SayRenderer(RandomGenerator random) {
    this.random = random;
  }

  /**
   * What can be filled in.
   *
   * @param language of the user
   * @param fallback of the bot
   * @param output of the integration that ran last in this turn; empty object where none did
   * @param tags tag without its per cent sign to what it says
   */
  public record Scope(
      String language, String fallback, ObjectNode output, Map<String, String> tags) {}

  /** A bubble that turns out blank or as an empty object sends nothing (contract F10). */
  public List<HslElement> render(List<Say> says, Scope scope) {
    List<JsonNode> filled = new ArrayList<>();
    for (Say say : says) {
      JsonNode bubble =
          Template.fill(
              authored(say, scope), name -> OutputPath.find(scope.output(), name), scope.tags());
      if (!(bubble.isString() && bubble.asString().isBlank())) {
        filled.add(bubble);
      }
    }
    return BotResponse.said(filled).elements();
  }

  private JsonNode authored(Say say, Scope scope) {
    return switch (say) {
      case Say.Words(var text) -> StringNode.valueOf(text.in(scope.language(), scope.fallback()));
      case Say.Element element -> element.in(scope.language(), scope.fallback());
      case Say.Variants(var of) -> authored(of.get(random.nextInt(of.size())), scope);
    };
  }
}
