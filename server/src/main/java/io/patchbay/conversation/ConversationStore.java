package io.patchbay.conversation;

import io.patchbay.bot.Environment;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.integration.UserProfile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps conversations, users and transcripts. Callers hold the user's lock, so nobody else writes
 * the same key meanwhile.
 */
public interface ConversationStore {
  /** Who talks to which bot where. */
  record Key(String bot, Environment environment, String authId) {}

  /**
   * A JSON object that expires.
   *
   * @param writtenAt its last write, from which its expiry counts; empty while it has its default
   */
  record Details(ObjectNode value, Optional<Instant> writtenAt) {}

  /**
   * A conversation as saved.
   *
   * @param number starts at 1
   * @param state {@code bot}, {@code waiting}, {@code pending} or {@code complete}
   * @param node where the conversation stands; empty where nothing is selected
   * @param asked the entity that was asked for last and is still missing
   * @param entities entity name to its items, each an entity value as JSON
   * @param lastMessageAt when the user last spoke
   */
  record Saved(
      int number,
      String state,
      Optional<String> node,
      Optional<String> asked,
      Map<String, JsonNode> entities,
      Details details,
      Instant lastMessageAt) {}

  /** The user of a key, with the details that all bots of the workspace share per environment. */
  record User(UserProfile profile, Details details) {}

  /**
   * A turn that was answered before.
   *
   * @param response the whole answer as JSON
   */
  record AnsweredTurn(String messageHash, ObjectNode response) {}

  /**
   * One line of a transcript.
   *
   * @param sender {@code user} or {@code bot}
   * @param body text of the user, or HSL element of the bot
   */
  record TranscriptLine(
      String turnId, int conversationNo, String sender, JsonNode body, Instant time) {}

  /** All that a turn leaves behind, committed at once. */
  record Turn(
      String turnId,
      Key key,
      Optional<String> messageId,
      String messageHash,
      Saved conversation,
      User user,
      List<TranscriptLine> lines,
      List<InvocationRecord> invocations,
      ObjectNode response,
      Instant at) {}

  Optional<Saved> conversation(Key key);

  Optional<User> user(Key key);

  /** The answer that was given to this message id. */
  Optional<AnsweredTurn> answered(Key key, String messageId);

  /**
   * The invocation of this message id whose turn was never answered: interrupted by a stop, or
   * still marked as started because its turn could not be saved. The caller holds the user's lock,
   * so it runs no more.
   */
  Optional<InvocationRecord> interrupted(Key key, String messageId);

  /** Durable when it returns: either all of the turn is kept, or nothing. */
  void commit(Turn turn);

  /** Replaces conversation and user from outside; durable when it returns. */
  void put(Key key, Saved conversation, User user);

  /**
   * Oldest first, at most {@code limit} of the newest lines, and of these only the newest turns
   * that have 4 MiB together.
   */
  List<TranscriptLine> transcript(Key key, int limit);
}
