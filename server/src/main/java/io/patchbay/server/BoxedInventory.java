package io.patchbay.server;

import io.patchbay.base.Ids;
import io.patchbay.base.Json;
import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution;
import io.patchbay.executor.Executor;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks a call what it can import: nothing else knows for certain. */
final class BoxedInventory implements DefaultPackages.Inventory {
  private static final Logger LOG = LoggerFactory.getLogger(BoxedInventory.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long MEMORY = 128L << 20;

  private final Executor executor;
  private final Ids ids;
  private final Clock clock;

  BoxedInventory(Executor executor, Ids ids, Clock clock) {
    this.executor = executor;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public Map<String, DefaultPackages.Found> look(Map<String, String> modules) {
    ObjectNode asked = Json.object();
    modules.forEach(asked::put);
    Execution execution =
        executor.run(
            new CodeCall(
                ids.next("inventory"),
                new Code("inventory", BoxedReview.resource("inventory.py"), MEMORY),
                Json.write(Json.object().put("body", Json.write(asked))),
                clock.instant().plus(PATIENCE)));
    return switch (execution.outcome()) {
      case Execution.Outcome.Returned(String value) -> read(value);
      case Execution.Outcome.Failed failed -> {
        LOG.warn("it is not known which packages code can import: {}", failed.message());
        yield Map.of();
      }
    };
  }

  private static Map<String, DefaultPackages.Found> read(String value) {
    Map<String, DefaultPackages.Found> found = new LinkedHashMap<>();
    Json.parse(Json.parse(value).path("body").asString("{}"))
        .properties()
        .forEach(it ->
            found.put(
                it.getKey(),
                new DefaultPackages.Found(
                    it.getValue().path(0).asString(""), it.getValue().path(1).asString(""))));
    return found;
  }
}
