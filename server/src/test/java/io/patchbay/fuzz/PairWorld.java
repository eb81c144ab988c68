package io.patchbay.fuzz;

import io.patchbay.base.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Deploys a pair to a whole server, plays it through, and counts what each turn costs. */
final class PairWorld {
  /** A reply, as it is written: its bubbles, and as much again for what stands around them. */
  private static final int LONGEST_REPLY = 2 * 1024 * 1024;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String AT = "/api/v1/bots/" + Pair.BOT;

  private final Wire wire;
  private final Talk talk;
  private final PairEndpoint endpoint;

  PairWorld(int port, String token, PairEndpoint endpoint) {
    this.wire = new Wire(port);
    this.talk = new Talk(wire, new Identity("127.0.0.1:" + port, token, "", ""));
    this.endpoint = endpoint;
  }

  /**
   * What a pair came to.
   *
   * @param most of the server's processor time for one turn
   * @param broken rules; empty where all held
   * @param refused whether the definition was not taken, which is right where it says why
   */
  record Played(Duration most, List<String> broken, boolean refused) {}

  /** Characters that a message may have here, once something is deployed. */
  int longestMessage() throws IOException {
    for (int length : List.of(100_000, 10_000)) {
      if (say(".".repeat(length)).status() == 200) {
        return length;
      }
    }
    return 1_000;
  }

  Played play(PairGrammar grammar) throws IOException {
    Pair pair = grammar.pair();
    List<String> broken = new ArrayList<>();
    // What the pair before has left is no part of this one.
    Answer gone = ask("DELETE", AT, "");
    note(gone.status() >= 500, "the removal of a bot", gone, broken);
    if (!deploy(pair, grammar.isCode(), broken)) {
      return new Played(Duration.ZERO, broken, true);
    }
    endpoint.answers(pair.output());
    Duration most = Duration.ZERO;
    for (String message : pair.messages()) {
      Duration cost = turn(message, broken);
      most = cost.compareTo(most) > 0 ? cost : most;
    }
    next(broken);
    return new Played(most, broken, false);
  }

  /** Whether it was taken. */
  private boolean deploy(Pair pair, boolean isCode, List<String> broken) throws IOException {
    Answer put = ask("PUT", AT, Json.write(pair.definition()));
    if (put.status() != 200 && put.status() != 201) {
      note(put.status() != 422 && put.status() != 413, "the definition", put, broken);
      return false;
    }
    if (isCode) {
      Sent code = talk.request("PUT", AT + "/code/GROW", "text/x-python", source(pair.output()));
      if (talk.send(code).status() >= 300) {
        return false;
      }
    }
    for (var secret : pair.secrets().entrySet()) {
      ObjectNode value = Json.object().put("production", secret.getValue()).put("secret", true);
      // Those that are too many together are refused, and not there.
      Answer kept = ask("PUT", AT + "/variables/" + secret.getKey(), Json.write(value));
      note(kept.status() >= 500, "a variable", kept, broken);
    }
    Answer trained = ask("POST", AT + "/train", "");
    note(trained.status() >= 500, "training", trained, broken);
    Optional<String> version =
        Optional.of(trained)
            .filter(answer -> answer.status() == 200)
            .flatMap(answer -> Json.parse(answer.body()).path("version").asStringOpt());
    version.ifPresent(v -> {
      ObjectNode deployment = Json.object().put("version", v).put("environment", "production");
      talk.good("POST", AT + "/deployments", Json.write(deployment));
    });
    return version.isPresent();
  }

  private static String source(String output) {
    String literal = Json.write(Json.array().add(output));
    return "BODY = %s[0]\n\ndef main(event, context):\n    return {\"statusCode\": 200, \"body\": BODY}\n"
        .formatted(literal);
  }

  private Duration turn(String message, List<String> broken) throws IOException {
    ServerCpu cpu = ServerCpu.begin();
    Answer answer = say(message);
    Duration spent = cpu.spent();
    note(answer.status() >= 500 || answer.status() == 0, "a turn", answer, broken);
    if (answer.body().getBytes(StandardCharsets.UTF_8).length > LONGEST_REPLY) {
      broken.add("a reply of " + answer.body().length() + " characters");
    }
    return spent;
  }

  private void next(List<String> broken) throws IOException {
    Answer answer = say(Pair.NEXT);
    boolean right =
        answer.status() == 200
            && Json.parse(answer.body())
                .path("messages")
                .valueStream()
                .map(bubble -> bubble.path("text").asString(""))
                .toList()
                .equals(List.of(Pair.STILL_HERE));
    note(!right, "the next turn", answer, broken);
  }

  private Answer say(String text) throws IOException {
    JsonNode message =
        Json.object().put("text", text).set("user", Json.object().put("auth_id", "u1"));
    return ask("POST", AT + "/messages", Json.write(message));
  }

  /** {@link Answer#NONE} where none comes in time. */
  private Answer ask(String method, String path, String body) throws IOException {
    try {
      return wire.ask(talk.json(method, path, body), PATIENCE);
    } catch (Wire.TooLate e) {
      return Answer.NONE;
    }
  }

  private static void note(boolean wrong, String what, Answer answer, List<String> broken) {
    if (wrong) {
      String said = answer.body();
      broken.add(
          "%s: status %d: %s"
              .formatted(what, answer.status(), said.substring(0, Math.min(300, said.length()))));
    }
  }
}
