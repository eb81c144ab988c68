package io.patchbay.integration;

import io.patchbay.base.Json;
import io.patchbay.base.JsonSize;
import io.patchbay.bot.Integration;
import io.patchbay.executor.work.Budget;
import io.patchbay.executor.work.Busy;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is made for an invocation before it starts.
 *
 * @param input as it is recorded, masked; empty where there was no room to make it
 * @param body as the integration gets it
 */
record Prepared(SecretMask mask, Optional<JsonNode> input, String body) {
  /** Steps of masking and writing a payload, by character. */
  private static final int STEPS = 4;

  static Prepared of(Invocations.Request request, SecretMasks masks) {
    Variables variables = request.variables();
    try {
      SecretMask mask = masks.of(variables.secrets(signing(request)));
      long size = JsonSize.of(request.payload(), Budget.SMALL) + variables.characters();
      return Budget.spend(STEPS * size, () -> of(request, mask));
    } catch (Busy noRoom) {
      return new Prepared(SecretMask.NOTHING, Optional.empty(), "");
    }
  }

  private static Prepared of(Invocations.Request request, SecretMask mask) {
    ObjectNode open = input(request, false);
    ObjectNode sent =
        switch (integration(request)) {
          case Integration.Code _ -> input(request, true);
          case Integration.Api _ -> open;
        };
    return new Prepared(mask, Optional.of(mask.mask(open)), Json.write(sent));
  }

  private static Optional<String> signing(Invocations.Request request) {
    return switch (integration(request)) {
      case Integration.Code _ -> Optional.empty();
      case Integration.Api api -> api.secret();
    };
  }

  private static Integration integration(Invocations.Request request) {
    return request.node().integration().orElseThrow();
  }

  /** The payload and its variables; it shares what is in the payload, which nobody changes. */
  private static ObjectNode input(Invocations.Request request, boolean withSecrets) {
    return Json.object()
        .setAll(request.payload())
        .set("env_variables", request.variables().payload(withSecrets));
  }
}
