package io.patchbay.testing;

import io.patchbay.integration.InvocationLog;
import io.patchbay.integration.InvocationRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An {@link InvocationLog} in memory; lists are not filtered and come in one page. */
public final class MemoryInvocationLog implements InvocationLog {
  private final Map<String, InvocationRecord> records = new LinkedHashMap<>();

  public synchronized List<InvocationRecord> all() {
    return new ArrayList<>(records.values());
  }

  /** What happens while a start is written. */
  public Runnable whileStarting = () -> {};

  @Override
  public synchronized void start(InvocationRecord started) {
    whileStarting.run();
    records.put(started.invocationId(), started);
  }

  @Override
  public synchronized void finish(InvocationRecord finished) {
    records.put(finished.invocationId(), finished);
  }

  @Override
  public synchronized Optional<InvocationRecord> find(String invocationId) {
    return Optional.ofNullable(records.get(invocationId));
  }

  @Override
  public synchronized Page list(Filter filter, Optional<String> cursor, int limit) {
    return new Page(all().reversed(), Optional.empty(), Optional.empty());
  }

  @Override
  public synchronized int interruptLeftovers(Instant now) {
    List<InvocationRecord> started =
        all().stream().filter(r -> r.state() == InvocationRecord.State.STARTED).toList();
    started.forEach(r -> records.put(r.invocationId(), interrupted(r)));
    return started.size();
  }

  private static InvocationRecord interrupted(InvocationRecord r) {
    return new InvocationRecord(
        r.invocationId(),
        r.bot(),
        r.node(),
        r.type(),
        r.origin(),
        r.environment(),
        r.version(),
        r.message(),
        InvocationRecord.State.INTERRUPTED,
        r.failure(),
        r.startedAt(),
        r.duration(),
        r.input(),
        r.output(),
        r.logs(),
        r.egress(),
        r.measures());
  }
}
