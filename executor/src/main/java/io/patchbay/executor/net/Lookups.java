package io.patchbay.executor.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks names up without ever making the supervisor's thread wait: the system's resolver blocks in
 * native code, so it runs on platform threads of its own. Everything else here belongs to the
 * supervisor's thread.
 *
 * <p>A call has at most eight lookups at once, and all calls of a bot sixteen, ended calls whose
 * names still hang included: slow names of one leave threads to others.
 */
final class Lookups {
  private static final int THREADS = 64;
  private static final int MOST_OF_CALL = 8;
  private static final int MOST_OF_OWNER = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Lookup lookup;
  private final EventLoop loop;
  private final ExecutorService threads;
  private final Map<CallNetwork, OfCall> calls = new HashMap<>();

  /** An owner is in it while a call of its asks, or a name of its is looked up. */
  private final Map<String, OfOwner> owners = new HashMap<>();

  Lookups(Lookup lookup, EventLoop loop) {
    this.lookup = lookup;
    this.loop = loop;
    var pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("egress-dns-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    this.threads = pool;
  }

  /** What came of a name. */
  sealed interface Found {
    /**
     * @param addresses not empty
     */
    record Addresses(List<InetAddress> addresses) implements Found {}

    record Nothing() implements Found {}

    record TooLate() implements Found {}
  }

  /**
   * Answers on the supervisor's thread, in time. Within a call a name keeps its answer.
   *
   * @param name in lower case
   */
  void find(CallNetwork call, String name, Consumer<Found> then) {
    OfCall ofCall = calls.computeIfAbsent(call, this::enter);
    Name asked = ofCall.names.get(name);
    if (asked == null) {
      asked = new Name(ofCall, name);
      ofCall.names.put(name, asked);
      ofCall.waiting.add(asked);
      startNext(ofCall);
    }
    asked.tell(then);
  }

  private OfCall enter(CallNetwork call) {
    OfOwner owner = owners.computeIfAbsent(call.owner(), _ -> new OfOwner());
    OfCall entered = new OfCall(call, owner);
    owner.calls.add(entered);
    return entered;
  }

  private void startNext(OfCall call) {
    OfOwner owner = call.owner;
    while (call.running < MOST_OF_CALL
        && owner.running < MOST_OF_OWNER
        && !call.waiting.isEmpty()) {
      Name name = call.waiting.remove();
      call.running++;
      owner.running++;
      threads.execute(() -> {
        Found found = look(name.text);
        loop.post(() -> {
          call.running--;
          owner.running--;
          name.answer(found);
          startNext(call);
          List.copyOf(owner.calls).forEach(this::startNext);
          forgetIfIdle(call.call.owner(), owner);
        });
      });
    }
  }

  private void forgetIfIdle(String name, OfOwner owner) {
    if (owner.running == 0 && owner.calls.isEmpty()) {
      owners.remove(name, owner);
    }
  }

  private Found look(String name) {
    try {
      List<InetAddress> addresses = lookup.resolve(name);
      return addresses.isEmpty() ? new Found.Nothing() : new Found.Addresses(addresses);
    } catch (UnknownHostException | RuntimeException unknown) {
      return new Found.Nothing();
    }
  }

  /** The call is over: nobody waits for its names any more. */
  void forget(CallNetwork call) {
    OfCall gone = calls.remove(call);
    if (gone != null) {
      gone.waiting.clear();
      gone.names.values().forEach(name -> name.waiting.clear());
      gone.owner.calls.remove(gone);
      forgetIfIdle(call.owner(), gone.owner);
    }
  }

  void close() {
    var _ = threads.shutdownNow();
  }

  private static final class OfOwner {
    private final List<OfCall> calls = new ArrayList<>();
    private int running;
  }

  private static final class OfCall {
    private final CallNetwork call;
    private final OfOwner owner;
    private final Map<String, Name> names = new HashMap<>();
    private final Queue<Name> waiting = new ArrayDeque<>();
    private int running;

    OfCall(CallNetwork call, OfOwner owner) {
      this.call = call;
      this.owner = owner;
    }
  }

  private final class Name {
    private final OfCall owner;
    private final String text;
    private final List<Consumer<Found>> waiting = new ArrayList<>();
    private Found found = new Found.TooLate();
    private boolean known;

    Name(OfCall owner, String text) {
      this.owner = owner;
      this.text = text;
    }

    void tell(Consumer<Found> then) {
      if (known) {
        then.accept(found);
        return;
      }
      waiting.add(then);
      if (waiting.size() == 1) {
        var _ = loop.in(PATIENCE, this::giveUp);
      }
    }

    void answer(Found result) {
      if (!known) {
        known = true;
        found = result;
        note(result);
      }
      flush();
    }

    /** Those who wait are answered; a later question may still find what comes later. */
    private void giveUp() {
      flush();
    }

    private void note(Found result) {
      switch (result) {
        case Found.Addresses(List<InetAddress> addresses) ->
            owner.call.names().ledTo(text, addresses);
        case Found.Nothing _, Found.TooLate _ -> owner.call.notResolved(text);
      }
    }

    private void flush() {
      List<Consumer<Found>> told = List.copyOf(waiting);
      waiting.clear();
      told.forEach(then -> then.accept(found));
    }
  }
}
