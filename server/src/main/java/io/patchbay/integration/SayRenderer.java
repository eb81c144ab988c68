package io.patchbay.integration;

import io.patchbay.base.JsonSize;
import io.patchbay.bot.OutputPath;
import io.patchbay.bot.Say;
import io.patchbay.executor.work.Budget;
import io.patchbay.hsl.BotResponse;
import io.patchbay.hsl.HslElement;
import io.patchbay.hsl.ReplyRoom;
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
   * @param room what is left of the reply, which what is said takes
   */
  public record Scope(
      String language,
      String fallback,
      ObjectNode output,
      Map<String, String> tags,
      ReplyRoom room) {}

  /**
   * A bubble that turns out blank or as an empty object sends nothing (contract F10).
   *
   * @param place of them, such as {@code bot_says}
   * @throws io.patchbay.hsl.ReplyTooLarge there is no room for them
   */
  public List<HslElement> render(List<Say> says, String place, Scope scope) {
    return says.isEmpty()
        ? List.of()
        : Budget.spendAnyway(steps(says, scope), () -> rendered(says, place, scope));
  }

  /** What is read to render them; what is written is bounded by the room. */
  private static long steps(List<Say> says, Scope scope) {
    long steps = JsonSize.of(scope.output, Budget.SMALL);
    for (Say say : says) {
      steps += size(say, Budget.SMALL - steps);
      if (steps > Budget.SMALL) {
        break;
      }
    }
    return steps;
  }

  private static long size(Say say, long most) {
    return switch (say) {
      case Say.Words(var text) ->
          text.byLanguage().values().stream().mapToInt(String::length).max().orElse(0);
      case Say.Element(var hsl) -> JsonSize.of(hsl, most);
      case Say.Variants(var of) -> of.stream().mapToLong(v -> size(v, most)).max().orElse(0);
    };
  }

  private List<HslElement> rendered(List<Say> says, String place, Scope scope) {
    List<HslElement> bubbles = new ArrayList<>();
    for (int i = 0; i < says.size(); i++) {
      String at = place + "[" + i + "]";
      scope.room.begin(at);
      JsonNode bubble =
          Template.fill(
              authored(says.get(i), scope),
              name -> OutputPath.find(scope.output, name),
              scope.tags,
              scope.room);
      if (!(bubble.isString() && bubble.asString().isBlank())) {
        bubbles.addAll(BotResponse.said(bubble, at, scope.room).elements());
      }
    }
    return bubbles;
  }

  private JsonNode authored(Say say, Scope scope) {
    return switch (say) {
      case Say.Words(var text) -> StringNode.valueOf(text.in(scope.language(), scope.fallback()));
      case Say.Element element -> element.in(scope.language(), scope.fallback());
      case Say.Variants(var of) -> authored(of.get(random.nextInt(of.size())), scope);
    };
  }
}
