package io.patchbay.bot;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The link from a node to the outside. */
public sealed interface Integration {
  /** {@code code} or {@code api}. */
  String kind();

  /** Overrides the bot's limit for its type. */
  Optional<Duration> timeout();

  /** Sample of the output, for pickers of variables (contract A16). */
  Optional<JsonNode> outputSample();

  List<Say> responseBefore();

  List<Say> responseAfter();

  /**
   * Runs the source kept under the node's name.
   *
   * @param isolation what lies between two calls; the server's default where it is empty
   */
  record Code(
      Optional<Isolation> isolation,
      Optional<Duration> timeout,
      Optional<JsonNode> outputSample,
      List<Say> responseBefore,
      List<Say> responseAfter)
      implements Integration {
    public Code {
      responseBefore = List.copyOf(responseBefore);
      responseAfter = List.copyOf(responseAfter);
    }

    @Override
    public String kind() {
      return "code";
    }
  }

  /**
   * POSTs to the team's own API.
   *
   * @param target where to
   * @param headers further request headers; values may hold {@code [[VARIABLE]]}
   * @param secret name of the secret variable that signs the request
   */
  record Api(
      Target target,
      Map<String, String> headers,
      Optional<String> secret,
      Optional<Duration> timeout,
      Optional<JsonNode> outputSample,
      List<Say> responseBefore,
      List<Say> responseAfter)
      implements Integration {
    public Api {
      headers = Ordered.copy(headers);
      responseBefore = List.copyOf(responseBefore);
      responseAfter = List.copyOf(responseAfter);
    }

    @Override
    public String kind() {
      return "api";
    }
  }

  /** Where an API integration posts to; both forms may hold {@code [[VARIABLE]]}. */
  sealed interface Target {
    /** Appended to the bot's base URL of the environment. */
    record Path(String path) implements Target {}

    /** Overrides the base URL (contract B4). */
    record Url(String url) implements Target {}
  }
}
