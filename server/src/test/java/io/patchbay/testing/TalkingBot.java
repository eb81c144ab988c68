package io.patchbay.testing;

import io.patchbay.authoring.Authoring;
import io.patchbay.authoring.SourceReview;
import io.patchbay.base.Ids;
import io.patchbay.base.Json;
import io.patchbay.bot.Environment;
import io.patchbay.bot.Integration;
import io.patchbay.bot.definition.BotDefinition;
import io.patchbay.bot.definition.BotYaml;
import io.patchbay.conversation.ChatMessage;
import io.patchbay.conversation.ConversationStore;
import io.patchbay.conversation.Conversations;
import io.patchbay.conversation.TurnAnswer;
import io.patchbay.conversation.TurnHandler;
import io.patchbay.conversation.TurnObserver;
import io.patchbay.integration.DetailsUpdate;
import io.patchbay.integration.Exchange;
import io.patchbay.integration.Failure;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.integration.Invocations;
import io.patchbay.integration.Invoker;
import io.patchbay.intent.MatchingModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A bot deployed to both environments on stores in memory, whose integrations are functions from
 * payload to reply. Each instance is a product of its own.
 */
public final class TalkingBot {
  public final MovableClock clock = new MovableClock();
  public final MemoryBotStore bots = new MemoryBotStore();
  public final MemoryInvocationLog log = new MemoryInvocationLog();
  public final MemoryConversationStore conversations = new MemoryConversationStore(log);
  public final TurnHandler turns;
  public final Authoring authoring;

  /** What was told to those who watch, oldest first. */
  public final List<InvocationRecord> finished = new ArrayList<>();

  /** How long the turns took, and until when their integrations had time. */
  public final List<Duration> took = new ArrayList<>();

  public final List<Instant> deadlines = new ArrayList<>();

  /** Such as {@code production bot no_answer} or {@code staging repeated}. */
  public final List<String> watched = new ArrayList<>();

  /** Payload of every call, oldest first. */
  public final List<ObjectNode> payloads = new ArrayList<>();

  /** Idempotency key of every call, oldest first. */
  public final List<String> keys = new ArrayList<>();

  /** Nodes whose exchange was asked for, oldest first. */
  public final List<String> asked = new ArrayList<>();

  /** What was sent and received, by node. */
  public final Map<String, Exchange> exchanges = new HashMap<>();

  private final Map<String, Function<ObjectNode, Invoker.Result>> integrations = new HashMap<>();
  private final String bot;
  private String user = "u1";
  private Environment environment = Environment.PRODUCTION;
  private ChatMessage.UserFields fields = ChatMessage.UserFields.NONE;

  public final FakeInstaller installer = new FakeInstaller();

  /** Bytes that code may use at most to run. */
  public long mostMemory = Long.MAX_VALUE;

  public TalkingBot(String yaml) {
    Ids ids = new Ids(clock, new Random(1));
    Invocations invocations =
        new Invocations(
            new Invocations.Invokers(this::<Integration.Code>invoke, this::<Integration.Api>invoke),
            log,
            finished::add,
            DetailsUpdate.Limits.DEFAULT,
            ids,
            clock);
    this.turns =
        new TurnHandler(
            bots,
            BotDefinition::stored,
            conversations,
            invocations,
            new Watching(),
            new TurnHandler.Environs(ids, clock, new Random(2), MatchingModel.NONE));
    this.authoring =
        new Authoring(
            bots,
            new Unreviewed(),
            installer,
            invocations,
            log,
            new Authoring.Environs(ids, clock, new Random(3), new Runners()));
    this.bot = deploy(yaml);
  }

  private final class Runners implements Authoring.Runners {
    @Override
    public void deleted(String gone) {}

    @Override
    public void deployed(String live, Environment where) {}

    @Override
    public boolean fits(long memory) {
      return memory <= mostMemory;
    }
  }

  /** Source is what the test says, so nothing is wrong with it. */
  private static final class Unreviewed implements SourceReview {
    @Override
    public List<Authoring.SourceProblem> problems(String source) {
      return List.of();
    }

    @Override
    public List<Authoring.SourceProblem> warnings(String source, String lock) {
      return List.of();
    }
  }

  /** Replaces the definition and deploys it to both environments. */
  public String deploy(String yaml) {
    JsonNode document = BotYaml.read(yaml);
    String name = document.path("bot").asString();
    authoring.put(name, document, Optional.empty());
    BotDefinition.stored((ObjectNode) document).nodes().values().stream()
        .filter(n -> n.integration().filter(i -> i instanceof Integration.Code).isPresent())
        .forEach(n ->
            authoring.putCode(
                name,
                n.name(),
                "pass".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                Optional.empty()));
    String version = authoring.train(name).version().orElseThrow();
    for (Environment at : Environment.values()) {
      authoring.deploy(name, version, at, "test");
    }
    return name;
  }

  private <I extends Integration> Invoker.Reply invoke(Invoker.Call<I> call) {
    ObjectNode payload = (ObjectNode) Json.parse(call.body());
    payloads.add(payload);
    keys.add(call.idempotencyKey());
    deadlines.add(call.deadline());
    Invoker.Result result =
        integrations
            .getOrDefault(call.node().name(), _ -> fails(FailureReason.EXCEPTION))
            .apply(payload);
    return new Invoker.Reply(
        result,
        List.of(),
        List.of(),
        Map.of(),
        () -> {
          asked.add(call.node().name());
          return Optional.ofNullable(exchanges.get(call.node().name()));
        });
  }

  /** What the integration of a node replies, as JSON text. */
  public TalkingBot replies(String node, String json) {
    return answers(node, _ -> succeeds(json));
  }

  public TalkingBot answers(String node, Function<ObjectNode, Invoker.Result> integration) {
    integrations.put(node, integration);
    return this;
  }

  public static Invoker.Result succeeds(String json) {
    return new Invoker.Result.Succeeded((ObjectNode) Json.parse(json));
  }

  public static Invoker.Result fails(FailureReason reason) {
    return new Invoker.Result.Failed(new Failure(reason, "made to fail"));
  }

  public TalkingBot as(String authId) {
    this.user = authId;
    return this;
  }

  public TalkingBot in(Environment at) {
    this.environment = at;
    return this;
  }

  public TalkingBot with(ChatMessage.UserFields given) {
    this.fields = given;
    return this;
  }

  public ConversationStore.Key key() {
    return new ConversationStore.Key(bot, environment, user);
  }

  public Conversations outside() {
    return turns.conversations();
  }

  public TurnAnswer turn(Optional<String> messageId, String text) {
    return turns.handle(
        new ChatMessage(key(), messageId, fields, Optional.of(text), Optional.empty(), List.of()));
  }

  public ObjectNode send(String text) {
    return turn(Optional.empty(), text).response();
  }

  /** Texts of the bubbles that come back. */
  public List<String> say(String text) {
    return texts(send(text));
  }

  public static List<String> texts(ObjectNode response) {
    return response.get("messages").valueStream().map(m -> m.path("text").asString()).toList();
  }

  private final class Watching implements TurnObserver {
    @Override
    public void ended(
        Environment environment, String state, Optional<String> broke, Duration duration) {
      took.add(duration);
      watched.add(environment.wire() + " " + state + broke.map(b -> " " + b).orElse(""));
    }

    @Override
    public void repeated(Environment environment) {
      watched.add(environment.wire() + " repeated");
    }
  }
}
