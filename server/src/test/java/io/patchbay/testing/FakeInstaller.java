package io.patchbay.testing;

import io.patchbay.authoring.PackageInstaller;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Installs nothing. The lock of a text is the text; a line that begins with {@code bad} fails; with
 * {@link #pause} it waits to be let on.
 */
public final class FakeInstaller implements PackageInstaller {
  public final List<String> installed = new CopyOnWriteArrayList<>();
  public final List<Set<String>> collected = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  public void pause() {
    gate = new CountDownLatch(1);
  }

  public void goOn() {
    gate.countDown();
  }

  @Override
  public Result install(String requirements, Consumer<String> log) {
    log.accept("Collecting " + requirements.strip());
    try {
      if (!gate.await(30, TimeUnit.SECONDS)) {
        return new Result.Failed("the test did not let it on");
      }
    } catch (InterruptedException e) {
      return new Result.Failed("interrupted");
    }
    installed.add(requirements);
    return requirements.startsWith("bad")
        ? new Result.Failed("bad is not there")
        : new Result.Installed(requirements);
  }

  @Override
  public Result ensure(String lock, Consumer<String> log) {
    return new Result.Installed(lock);
  }

  @Override
  public List<Pinned> packages(String lock) {
    List<Pinned> pinned = new ArrayList<>();
    lock.lines().forEach(line -> pinned.add(new Pinned(line, "1.0")));
    return pinned;
  }

  @Override
  public Optional<String> set(String lock) {
    return lock.isEmpty() ? Optional.empty() : Optional.of("set-" + lock.strip());
  }

  /** One after the other, as sets are removed: what is asked for last is told last. */
  @Override
  public synchronized void collect(Supplier<Set<String>> locks) {
    collected.add(locks.get());
  }
}
