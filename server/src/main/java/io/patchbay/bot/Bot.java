package io.patchbay.bot;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A valid bot: every name that it mentions exists.
 *
 * @param bot its name in URLs: {@code [a-z0-9_-]{1,64}}
 * @param name what people call it
 * @param language default language, ISO 639-1
 * @param baseUrl base URL of API integrations by environment; may hold {@code [[VARIABLE]]}
 * @param humanAssistance whether a bot break hands the conversation to people (contract E4)
 * @param phrases what is said by itself, at no node
 * @param entities by name, in authored order
 * @param nodes by name, in authored order
 */
public record Bot(
    String bot,
    String name,
    String language,
    Map<Environment, String> baseUrl,
    boolean humanAssistance,
    Phrases phrases,
    Egress egress,
    Limits limits,
    Map<String, Variable> variables,
    Map<String, EntityType> entities,
    Map<String, Node> nodes) {
  public Bot {
    baseUrl = Map.copyOf(baseUrl);
    variables = Ordered.copy(variables);
    entities = Ordered.copy(entities);
    nodes = Ordered.copy(nodes);
  }

  /** Default of {@code bot_break}. */
  public static final String DEFAULT_BOT_BREAK =
      "Something went wrong on our side. Please try again.";

  /** Default of {@code not_understood}. */
  public static final LocalText DEFAULT_NOT_UNDERSTOOD =
      LocalText.of(
          "en", "Sorry, I did not understand that.", "hi", "माफ़ कीजिए, मैं यह समझ नहीं पाया।");

  /** Default of {@code did_you_mean}. */
  public static final LocalText DEFAULT_DID_YOU_MEAN =
      LocalText.of("en", "Did you mean this?", "hi", "क्या आपका मतलब यह था?");

  /**
   * @param botBreak when an invocation failed
   * @param notUnderstood when nothing matched
   * @param didYouMean before what a message may mean, to be tapped
   * @param smallTalk the bot's own answers; empty where it leaves small talk to its nodes
   */
  public record Phrases(
      LocalText botBreak,
      LocalText notUnderstood,
      LocalText didYouMean,
      Optional<Map<SmallTalk, LocalText>> smallTalk) {
    public Phrases {
      smallTalk = smallTalk.map(Map::copyOf);
    }

    /** With defaults for the rest. */
    public static Phrases of(LocalText botBreak) {
      return new Phrases(
          botBreak, DEFAULT_NOT_UNDERSTOOD, DEFAULT_DID_YOU_MEAN, Optional.of(Map.of()));
    }
  }

  /** The node of that name, if the bot has it and it is switched on. */
  public Optional<Node> activeNode(String name) {
    return Optional.ofNullable(nodes.get(name)).filter(Node::active);
  }

  /**
   * The bot's egress policy as authored.
   *
   * @param allow entries such as {@code 10.2.0.0/16:5432}, {@code *.acme.example}, known to parse
   * @param publicOpen whether public addresses are open without being named
   */
  public record Egress(List<String> allow, boolean publicOpen) {
    public Egress {
      allow = List.copyOf(allow);
    }

    public static final Egress DEFAULT = new Egress(List.of(), true);
  }

  /**
   * @param memory bytes that a call of the bot's code may use
   */
  public record Limits(Duration codeTimeout, Duration apiTimeout, long memory) {
    public static final Limits DEFAULT =
        new Limits(Duration.ofSeconds(20), Duration.ofSeconds(30), 256L * 1024 * 1024);
  }

  /** A variable as declared; its values live on the server. */
  public record Variable(boolean secret) {}
}
