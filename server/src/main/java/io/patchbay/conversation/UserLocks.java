package io.patchbay.conversation;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Refusal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one message of a user in at a time, in the order of arrival; different users never wait for
 * each other. Holds memory only for users that are being served.
 */
final class UserLocks {
  /** Messages of one user that may wait; one more is refused. */
  static final int MAX_WAITING = 32;

  private final Map<ConversationStore.Key, Entry> entries = new HashMap<>();

  private static final class Entry {
    final ReentrantLock lock = new ReentrantLock(true);
    int holders;
  }

  /** Releases the user to the next message. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /** Holds the user in this environment: details of a user are shared by all bots (D2). */
  Held hold(ConversationStore.Key of) {
    ConversationStore.Key key = new ConversationStore.Key("", of.environment(), of.authId());
    Entry entry = join(key);
    entry.lock.lock();
    return () -> {
      entry.lock.unlock();
      leave(key, entry);
    };
  }

  private synchronized Entry join(ConversationStore.Key key) {
    Entry entry = entries.computeIfAbsent(key, _ -> new Entry());
    if (entry.holders > MAX_WAITING) {
      throw new Refusal(
          ErrorCode.TOO_MANY_REQUESTS,
          "Too many messages of this user are waiting; send the next one after an answer");
    }
    entry.holders++;
    return entry;
  }

  private synchronized void leave(ConversationStore.Key key, Entry entry) {
    if (--entry.holders == 0) {
      entries.remove(key);
    }
  }

  synchronized int size() {
    return entries.size();
  }
}
