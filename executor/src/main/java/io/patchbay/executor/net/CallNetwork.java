package io.patchbay.executor.net;

import io.patchbay.executor.Execution.ConnectAttempt;
import io.patchbay.executor.Execution.LogRecord;
import io.patchbay.executor.Execution.Traffic;
import io.patchbay.executor.egress.EgressPolicy;
import io.patchbay.executor.egress.EgressPolicy.Verdict;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The network as one call has it: what it may connect, the names it asked for, and what it tried.
 * The supervisor's thread fills it; any thread may read what was tried.
 */
public final class CallNetwork {
  private static final int MAX_ATTEMPTS = 200;
  private static final int MAX_EXPLANATIONS = 20;

  private final String owner;
  private final EgressPolicy policy;
  private final Clock clock;
  private final AskedNames names;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong bytesOut = new AtomicLong();
  private final AtomicLong bytesIn = new AtomicLong();
  private volatile boolean used;
  private final boolean attended;
  private volatile boolean triedUnattended;

  // guarded by lock
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<LogRecord> explanations = new ArrayList<>();
  private int attemptsNotListed;
  private int refusalsNotListed;

  /** Of nobody's code in particular. */
  public CallNetwork(EgressPolicy policy, Clock clock) {
    this("", policy, clock);
  }

  /**
   * @param owner whose calls share what there is for names
   */
  public CallNetwork(String owner, EgressPolicy policy, Clock clock) {
    this(owner, policy, clock, true);
  }

  private CallNetwork(String owner, EgressPolicy policy, Clock clock, boolean attended) {
    this.attended = attended;
    this.owner = owner;
    this.policy = policy;
    this.clock = clock;
    this.names = new AskedNames(policy);
  }

  /** Of code that is loaded before anybody has called it: until then nothing is connected. */
  public static CallNetwork unattended(String owner, EgressPolicy policy, Clock clock) {
    return new CallNetwork(owner, policy, clock, false);
  }

  String owner() {
    return owner;
  }

  /** Whether it wanted to connect before it was called. */
  public boolean triedUnattended() {
    return triedUnattended;
  }

  /** Whether somebody has called it, so that it may connect at all. */
  boolean isAttended() {
    if (!attended) {
      triedUnattended = true;
    }
    return attended;
  }

  /** What was tried, in order; the first 200. */
  public List<ConnectAttempt> attempts() {
    lock.lock();
    try {
      return attempts.stream().map(Attempt::told).toList();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Why connections were refused or not counted, for the log of the call: the first 20, and how
   * much is not told.
   */
  public List<LogRecord> explanations() {
    lock.lock();
    try {
      List<LogRecord> told = new ArrayList<>(explanations);
      if (refusalsNotListed > 0) {
        told.add(warning("%d more warnings like these are left out".formatted(refusalsNotListed)));
      }
      if (attemptsNotListed > 0) {
        told.add(
            warning(
                "%d more connections are not listed: an invocation keeps the first %d"
                    .formatted(attemptsNotListed, MAX_ATTEMPTS)));
      }
      return told;
    } finally {
      lock.unlock();
    }
  }

  /** Bytes of all connections that were counted, also of those that are not among the first 200. */
  public long bytesOut() {
    return bytesOut.get();
  }

  /** As {@link #bytesOut}. */
  public long bytesIn() {
    return bytesIn.get();
  }

  void carried(Attempt attempt, Traffic traffic) {
    attempt.carried(traffic);
    bytesOut.addAndGet(traffic.bytesOut());
    bytesIn.addAndGet(traffic.bytesIn());
  }

  AskedNames names() {
    return names;
  }

  boolean used() {
    return used;
  }

  void use() {
    used = true;
  }

  /** Empty if it must not be connected. Noted in any case, with the name that was asked. */
  Optional<Attempt> admit(Target target) {
    InetAddress address = target.address();
    Optional<String> closed = names.closedName(address);
    if (closed.isPresent()) {
      refused(closed, Optional.empty(), target.port(), AskedNames.WHY_CLOSED);
      return Optional.empty();
    }
    List<String> asked = names.namesOf(address);
    Optional<String> name = asked.stream().findFirst();
    Verdict verdict = policy.decide(name, address, target.port());
    for (int i = 1; i < asked.size() && verdict instanceof Verdict.Denied; i++) {
      Optional<String> other = Optional.of(asked.get(i));
      if (policy.decide(other, address, target.port()) instanceof Verdict.Allowed allowed) {
        verdict = allowed;
        name = other;
      }
    }
    Optional<String> shown = Optional.of(address.getHostAddress());
    return switch (verdict) {
      case Verdict.Allowed _ -> {
        yield Optional.of(note(new Attempt(clock.instant(), name, shown, target.port(), true)));
      }
      case Verdict.Denied(String why) -> {
        refused(name, shown, target.port(), why);
        yield Optional.empty();
      }
    };
  }

  /** A name that led nowhere; noted once. */
  void notResolved(String name) {
    var _ = note(new Attempt(clock.instant(), Optional.of(name), Optional.empty(), 0, true));
  }

  private void refused(Optional<String> name, Optional<String> address, int port, String why) {
    Instant now = clock.instant();
    var _ = note(new Attempt(now, name, address, port, false));
    String target = name.or(() -> address).orElse("") + " port " + port;
    explain("Connection to " + target + " refused: " + why);
  }

  /** A warning in the log of the call; the same one only once. */
  void explain(String message) {
    lock.lock();
    try {
      boolean known = explanations.stream().anyMatch(line -> line.message().equals(message));
      if (!known && explanations.size() < MAX_EXPLANATIONS) {
        explanations.add(warning(message));
      } else if (!known) {
        refusalsNotListed++;
      }
    } finally {
      lock.unlock();
    }
  }

  private LogRecord warning(String message) {
    return new LogRecord("WARNING", "patchbay.egress", message, clock.instant());
  }

  private Attempt note(Attempt attempt) {
    lock.lock();
    try {
      if (attempts.size() < MAX_ATTEMPTS) {
        attempts.add(attempt);
      } else {
        attemptsNotListed++;
      }
      return attempt;
    } finally {
      lock.unlock();
    }
  }
}
