package io.patchbay.testing;

import io.patchbay.conversation.ConversationStore;
import io.patchbay.integration.InvocationRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link ConversationStore} in memory. */
public final class MemoryConversationStore implements ConversationStore {
  private final Map<Key, Saved> conversations = new HashMap<>();
  private final Map<Key, User> users = new HashMap<>();
  private final Map<String, AnsweredTurn> answered = new HashMap<>();
  private final MemoryInvocationLog log;

  /** Every turn that was committed, oldest first. */
  public final List<Turn> turns = new ArrayList<>();

  public MemoryConversationStore(MemoryInvocationLog log) {
    this.log = log;
  }

  @Override
  public synchronized Optional<Saved> conversation(Key key) {
    return Optional.ofNullable(conversations.get(key));
  }

  @Override
  public synchronized Optional<User> user(Key key) {
    return Optional.ofNullable(users.get(person(key)));
  }

  /** Users are shared by all bots of an environment. */
  private static Key person(Key key) {
    return new Key("", key.environment(), key.authId());
  }

  @Override
  public synchronized Optional<AnsweredTurn> answered(Key key, String messageId) {
    return Optional.ofNullable(answered.get(key + messageId));
  }

  @Override
  public synchronized Optional<InvocationRecord> interrupted(Key key, String messageId) {
    return log.all().stream()
        .filter(r ->
            r.state() == InvocationRecord.State.INTERRUPTED
                || r.state() == InvocationRecord.State.STARTED)
        .filter(r ->
            r.message()
                .filter(m -> m.authId().equals(key.authId()))
                .filter(m -> m.messageId().equals(Optional.of(messageId)))
                .isPresent())
        .findFirst();
  }

  @Override
  public synchronized void commit(Turn turn) {
    turns.add(turn);
    put(turn.key(), turn.conversation(), turn.user());
    turn.invocations().forEach(log::finish);
    turn.messageId()
        .ifPresent(id ->
            answered.put(turn.key() + id, new AnsweredTurn(turn.messageHash(), turn.response())));
  }

  @Override
  public synchronized void put(Key key, Saved conversation, User user) {
    conversations.put(key, conversation);
    users.put(person(key), user);
  }

  @Override
  public synchronized List<TranscriptLine> transcript(Key key, int limit) {
    return turns.stream()
        .filter(t -> t.key().equals(key))
        .flatMap(t -> t.lines().stream())
        .toList();
  }
}
