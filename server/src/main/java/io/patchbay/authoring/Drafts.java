package io.patchbay.authoring;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import io.patchbay.base.JsonSize;
import io.patchbay.base.Problem;
import io.patchbay.base.Recent;
import io.patchbay.base.Refusal;
import io.patchbay.bot.Bot;
import io.patchbay.bot.BotStore;
import io.patchbay.bot.BotStore.Draft;
import io.patchbay.bot.Node;
import io.patchbay.bot.definition.BotDefinition;
import io.patchbay.bot.definition.BotFiles;
import io.patchbay.bot.definition.ReadResult;
import io.patchbay.bot.definition.Requirements;
import io.patchbay.executor.work.Budget;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the builder edits: definition, code and samples of each bot. */
final class Drafts {
  private static final Pattern SAMPLE_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Part of the heap that the drafts kept as bots may take; another is read again. */
  private static final int SHARE = 24;

  /** Steps that it takes to read one character of a definition. */
  private static final int READING = 8;

  /** Bytes that one character of a definition takes as a bot. */
  private static final int BYTES = 10;

  private final BotStore store;
  private final Clock clock;
  private final Recent<Key, Ready> ready =
      new Recent<>(Runtime.getRuntime().maxMemory() / SHARE, Ready::weight);

  private record Key(String bot, String revision) {}

  /**
   * @param weight bytes, about
   */
  private record Ready(Bot bot, long weight) {}

  Drafts(BotStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  Draft draft(String bot) {
    return store.draft(bot).orElseThrow(() -> unknownBot(bot));
  }

  /** The draft's definition was valid when it was stored. */
  Bot bot(Draft draft) {
    return ready.get(
            new Key(draft.bot(), draft.revision()),
            () -> {
              forget(draft.bot());
              return large(draft.definition(), () -> read(draft.definition()));
            })
        .bot;
  }

  private static Ready read(ObjectNode definition) {
    return new Ready(
        BotDefinition.stored(definition), BYTES * JsonSize.of(definition, Long.MAX_VALUE));
  }

  /** Does what takes long where the definition is large. */
  private static <T> T large(JsonNode definition, Supplier<T> task) {
    return Budget.spend(READING * JsonSize.of(definition, Budget.SMALL), task::get);
  }

  /** Drops what is kept of a bot. */
  void forget(String bot) {
    ready.forget(key -> key.bot.equals(bot));
  }

  Authoring.Definition definition(String bot) {
    Draft draft = draft(bot);
    return new Authoring.Definition(document(draft), draft.revision());
  }

  private ObjectNode document(Draft draft) {
    Set<String> nodes = bot(draft).nodes().keySet();
    var files =
        new BotFiles(
            ofNodes(draft.code(), nodes),
            ofNodes(draft.samples(), nodes),
            Optional.of(draft.requirements()).filter(text -> !text.isEmpty()));
    return large(draft.definition(), () -> files.joinedTo(draft.definition()));
  }

  /** Files of a node that is gone are kept, in case the node comes back, but not shown. */
  private static <V> Map<String, V> ofNodes(Map<String, V> files, Set<String> nodes) {
    Map<String, V> shown = new LinkedHashMap<>(files);
    shown.keySet().retainAll(nodes);
    return shown;
  }

  Authoring.Definition put(String bot, JsonNode document, Optional<String> ifRevision) {
    BotFiles.Split split = checked(bot, document);
    BotFiles files = split.files();
    Draft saved =
        change(
            bot,
            ifRevision,
            true,
            was ->
                new Draft(
                    bot,
                    split.definition(),
                    merged(was.code(), files.code()),
                    merged(was.samples(), files.samples()),
                    files.requirements().orElse(was.requirements()),
                    "",
                    clock.instant()));
    keepSecret(saved);
    return new Authoring.Definition(document(saved), saved.revision());
  }

  /** Made anew where somebody else was faster and no revision was asked for. */
  Authoring.Definition patch(String bot, JsonNode patch, Optional<String> ifRevision) {
    while (true) {
      Draft was = draft(bot);
      if (ifRevision.isPresent() && !ifRevision.get().equals(was.revision())) {
        throw stale(bot);
      }
      JsonNode wanted = large(was.definition(), () -> MergePatch.applied(was.definition(), patch));
      try {
        return put(bot, wanted, Optional.of(was.revision()));
      } catch (Refusal refusal) {
        if (refusal.code() != ErrorCode.STALE || ifRevision.isPresent()) {
          throw refusal;
        }
      }
    }
  }

  /** Makes a bot with its variables, whole or not at all; empty where the name is taken. */
  Optional<Authoring.Definition> create(
      String bot, JsonNode document, List<BotStore.StoredVariable> variables) {
    BotFiles.Split split = checked(bot, document);
    BotFiles files = split.files();
    var draft =
        new Draft(
            bot,
            split.definition(),
            files.code(),
            files.samples(),
            files.requirements().orElse(""),
            "",
            clock.instant());
    return store
        .create(draft, variables)
        .map(saved -> new Authoring.Definition(document(saved), saved.revision()));
  }

  private static BotFiles.Split checked(String bot, JsonNode document) {
    return large(document, () -> read(bot, document));
  }

  private static BotFiles.Split read(String bot, JsonNode document) {
    switch (BotDefinition.read(document)) {
      case ReadResult.Invalid(List<Problem> problems) -> throw invalid(problems);
      case ReadResult.Valid(Bot read, _) when !read.bot().equals(bot) ->
          throw invalid(
              List.of(
                  new Problem("bot", "is %s, but the address says %s".formatted(read.bot(), bot))));
      case ReadResult.Valid _ -> {}
    }
    return BotFiles.split((ObjectNode) document);
  }

  /** A variable that was once declared a secret stays one, whatever a later definition says. */
  private void keepSecret(Draft saved) {
    bot(saved)
        .variables()
        .forEach((name, variable) -> {
          if (variable.secret()) {
            store.putVariable(saved.bot(), name, Map.of(), true);
          }
        });
  }

  private static <V> Map<String, V> merged(Map<String, V> was, Map<String, V> given) {
    Map<String, V> merged = new LinkedHashMap<>(was);
    merged.putAll(given);
    return merged;
  }

  private static Refusal invalid(List<Problem> problems) {
    return new Refusal(
        ErrorCode.INVALID_CONTENT,
        "The definition has %d problem%s"
            .formatted(problems.size(), problems.size() == 1 ? "" : "s"),
        problems);
  }

  Draft putCode(String bot, String node, String source, Optional<String> ifRevision) {
    codeNode(draft(bot), node);
    return change(
        bot,
        ifRevision,
        false,
        was ->
            new Draft(
                bot,
                was.definition(),
                merged(was.code(), Map.of(node, source)),
                was.samples(),
                was.requirements(),
                "",
                clock.instant()));
  }

  Draft putRequirements(String bot, String text, Optional<String> ifRevision) {
    draft(bot);
    List<Problem> problems = Requirements.problems(text);
    if (!problems.isEmpty()) {
      throw new Refusal(ErrorCode.INVALID_CONTENT, "The requirements are not valid", problems);
    }
    return change(
        bot,
        ifRevision,
        false,
        was ->
            new Draft(bot, was.definition(), was.code(), was.samples(), text, "", clock.instant()));
  }

  Draft putSample(
      String bot, String node, String name, JsonNode payload, Optional<String> ifRevision) {
    integrationNode(draft(bot), node);
    if (!SAMPLE_NAME.matcher(name).matches()) {
      throw new Refusal(
          ErrorCode.INVALID_CONTENT, "A sample's name has 1 to 64 letters, digits, _ or -");
    }
    if (!payload.isObject()) {
      throw new Refusal(
          ErrorCode.INVALID_CONTENT,
          "A sample input is a payload: a JSON object",
          List.of(new Problem("", "must be a JSON object")));
    }
    return changeSamples(bot, node, ifRevision, named -> named.put(name, payload));
  }

  void deleteSample(String bot, String node, String name) {
    Draft draft = draft(bot);
    integrationNode(draft, node);
    if (!draft.samples().getOrDefault(node, Map.of()).containsKey(name)) {
      throw new Refusal(ErrorCode.UNKNOWN_SAMPLE, "Node " + node + " has no sample input " + name);
    }
    changeSamples(bot, node, Optional.empty(), named -> named.remove(name));
  }

  private Draft changeSamples(
      String bot,
      String node,
      Optional<String> ifRevision,
      Consumer<Map<String, JsonNode>> change) {
    return change(
        bot,
        ifRevision,
        false,
        was -> {
          Map<String, JsonNode> named =
              new LinkedHashMap<>(was.samples().getOrDefault(node, Map.of()));
          change.accept(named);
          return new Draft(
              bot,
              was.definition(),
              was.code(),
              merged(was.samples(), Map.of(node, named)),
              was.requirements(),
              "",
              clock.instant());
        });
  }

  /** Writes a change to what is stored now; tries again when somebody else was faster. */
  private Draft change(
      String bot, Optional<String> ifRevision, boolean create, UnaryOperator<Draft> change) {
    while (true) {
      Optional<Draft> was = store.draft(bot);
      if (was.isEmpty() && !create) {
        throw unknownBot(bot);
      }
      String revision = was.map(Draft::revision).orElse("");
      if (ifRevision.isPresent() && !ifRevision.get().equals(revision)) {
        throw was.isPresent() ? stale(bot) : noRevision(bot);
      }
      Draft next = change.apply(was.orElseGet(() -> empty(bot)));
      Optional<Draft> saved =
          was.isPresent() ? store.save(next, Optional.of(revision)) : store.create(next, List.of());
      if (saved.isPresent()) {
        return saved.get();
      }
    }
  }

  private Draft empty(String bot) {
    return new Draft(bot, Json.object(), Map.of(), Map.of(), "", "", clock.instant());
  }

  private static Refusal noRevision(String bot) {
    return new Refusal(
        ErrorCode.STALE, "There is no bot " + bot + " yet; leave If-Match out to make it");
  }

  private static Refusal stale(String bot) {
    return new Refusal(
        ErrorCode.STALE,
        "Bot " + bot + " was changed in the meantime; GET it, merge your change, PUT it again");
  }

  Node integrationNode(Draft draft, String node) {
    Node at = node(draft, node);
    if (at.integration().isEmpty()) {
      throw new Refusal(ErrorCode.INVALID_CONTENT, "Node " + node + " has no integration");
    }
    return at;
  }

  Node codeNode(Draft draft, String node) {
    Node at = integrationNode(draft, node);
    if (!Authoring.isCode(at)) {
      throw new Refusal(
          ErrorCode.INVALID_CONTENT, "Node " + node + " calls an API; only code nodes have code");
    }
    return at;
  }

  private Node node(Draft draft, String node) {
    Node at = bot(draft).nodes().get(node);
    if (at == null) {
      throw new Refusal(ErrorCode.UNKNOWN_NODE, "Bot " + draft.bot() + " has no node " + node);
    }
    return at;
  }

  static Refusal unknownBot(String bot) {
    return new Refusal(ErrorCode.UNKNOWN_BOT, "There is no bot " + bot);
  }
}
