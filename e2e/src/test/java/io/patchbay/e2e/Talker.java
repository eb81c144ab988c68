package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A user of the {@link CountingBot} who sends a message again, under its id, until it is answered,
 * and knows from the answers alone what must be kept. One thread at a time talks.
 */
final class Talker {
  /** Turns of two lines each that a transcript shows. */
  private static final int SHOWN = 250;

  private final String user;
  private final Random random;
  private final Servers servers;
  private final List<Answered> answered = new ArrayList<>();

  /** Answers that succeeded, by the node that gave them. */
  final Map<String, Integer> succeeded = new HashMap<>();

  /** Bot breaks, by the node that was to answer. */
  final Map<String, Integer> broken = new HashMap<>();

  /** Answers of status 507. */
  final List<Program.Answer> refused = new ArrayList<>();

  private @Nullable Message pending;
  private int conversation = 1;
  private int count;
  private int total;
  private volatile int turns;

  private record Message(String id, String text) {}

  private record Answered(Message message, String body) {
    JsonNode json() {
      return Program.JSON.readTree(body);
    }
  }

  /** Where to send a message, across restarts. */
  interface Servers {
    /** The server that runs now; waits for one. */
    Program now();

    /** The server that runs after this one broke off; waits for it. */
    Program after(Program gone);
  }

  Talker(String user, Random random, Servers servers) {
    this.user = user;
    this.random = random;
    this.servers = servers;
  }

  /** Returns whether the message was answered; one that was refused is sent again next time. */
  boolean turn() {
    Message message = pending == null ? next() : pending;
    Program.Answer answer = random.nextInt(10) == 0 ? sendTwice(message) : send(message);
    if (answer.status() == 507) {
      pending = message;
      refused.add(answer);
      return false;
    }
    pending = null;
    note(message, answer);
    if (random.nextInt(5) == 0) {
      assertThat(send(message).text()).as("at once again: %s", message).isEqualTo(answer.text());
    }
    return true;
  }

  void think(int longestMillis) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(random.nextInt(longestMillis));
  }

  private Message next() {
    int number = answered.size() + 1;
    String text =
        random.nextInt(10) == 0 ? "finish" : number % 2 == 0 ? "count by code" : "count by api";
    return new Message(user + "-" + number, text);
  }

  /** Two connections at once, as a client does that lost its patience. */
  private Program.Answer sendTwice(Message message) {
    CompletableFuture<Program.Answer> other = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            other.complete(send(message));
          } catch (RuntimeException | Error e) {
            other.completeExceptionally(e);
          }
        });
    Program.Answer one = send(message);
    Program.Answer two = other.join();
    // On a full disk one of the two may find a little room.
    if (one.status() == 200 && two.status() == 200) {
      assertThat(two.text()).as("twice at once: %s", message).isEqualTo(one.text());
    }
    return one.status() == 200 ? one : two;
  }

  private Program.Answer send(Message message) {
    Program program = servers.now();
    while (true) {
      try {
        return sendTo(program, message);
      } catch (UncheckedIOException broken) {
        program = servers.after(program);
      }
    }
  }

  private Program.Answer sendTo(Program program, Message message) {
    ObjectNode body =
        Program.JSON.createObjectNode().put("message_id", message.id).put("text", message.text);
    body.putObject("user").put("auth_id", user);
    return program.post(CountingBot.PATH + "/messages", body.toString());
  }

  private void note(Message message, Program.Answer answer) {
    assertThat(answer.status()).as("%s: %s", message, answer.text()).isEqualTo(200);
    JsonNode turn = answer.json();
    assertThat(turn.get("conversation_no").asInt()).as("%s", message).isEqualTo(conversation);
    answered.add(new Answered(message, answer.text()));
    turns = answered.size();
    String said = String.join(" ", Program.texts(turn));
    String word = message.text.substring(message.text.lastIndexOf(' ') + 1);
    if (said.equals(CountingBot.BREAK)) {
      broken.merge(word, 1, Integer::sum);
    } else if (word.equals("finish")) {
      assertThat(said).isEqualTo("finished");
      conversation++;
      count = 0;
    } else {
      count++;
      total++;
      assertThat(said).as("%s", message).isEqualTo(word + " " + count + " " + total);
      succeeded.merge(word, 1, Integer::sum);
    }
  }

  /** Turns answered so far; may be asked by any thread. */
  int turns() {
    return turns;
  }

  /** Every answer is found again as it was, and the user's state is that of the model. */
  void verify(Program program) {
    for (Answered turn : answered) {
      assertThat(sendTo(program, turn.message).text())
          .as("again: %s", turn.message)
          .isEqualTo(turn.body);
    }
    JsonNode kept = program.get(CountingBot.PATH + "/users/" + user + "/conversation").json();
    assertThat(kept.path("conversation_details").path("count").asInt(0)).as(user).isEqualTo(count);
    assertThat(kept.path("user_details").path("total").asInt(0)).as(user).isEqualTo(total);
    answered.stream()
        .reduce((_, last) -> last)
        .ifPresent(last ->
            assertThat(kept.get("conversation_no")).isEqualTo(last.json().get("conversation_no")));
    assertThat(shown(kept)).as("transcript of %s", user).isEqualTo(expected());
  }

  /** Turn id to what was said in it, the user's text first. */
  private static Map<String, List<String>> shown(JsonNode kept) {
    Map<String, List<String>> turns = new LinkedHashMap<>();
    for (JsonNode line : kept.get("transcript")) {
      JsonNode body = line.get("body");
      turns
          .computeIfAbsent(line.get("turn_id").asString(), _ -> new ArrayList<>())
          .add(body.isString() ? body.asString() : body.path("text").asString());
    }
    // A map would not compare the order.
    turns.put("order", List.copyOf(turns.keySet()));
    return turns;
  }

  private Map<String, List<String>> expected() {
    Map<String, List<String>> turns = new LinkedHashMap<>();
    for (Answered turn : answered.subList(Math.max(0, answered.size() - SHOWN), answered.size())) {
      JsonNode json = turn.json();
      List<String> lines = new ArrayList<>(List.of(turn.message.text));
      lines.addAll(Program.texts(json));
      turns.put(json.get("turn_id").asString(), lines);
    }
    turns.put("order", List.copyOf(turns.keySet()));
    return turns;
  }

  /** Sums of all users. */
  static int sum(List<Talker> talkers, String word, boolean broken) {
    return talkers.stream()
        .map(talker -> Optional.ofNullable((broken ? talker.broken : talker.succeeded).get(word)))
        .mapToInt(found -> found.orElse(0))
        .sum();
  }
}
