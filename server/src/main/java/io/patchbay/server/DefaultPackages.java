package io.patchbay.server;

import static java.util.stream.Collectors.joining;

import io.patchbay.authoring.PackageInstaller.Result;
import io.patchbay.http.OperatorRoutes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the {@link DefaultPackage}s installed where that has not been done, in the background, and
 * knows what of them code can import. What no index has is taken from what the machine's
 * distribution has installed. Once all are there no index is asked again; until then, at each
 * start. Safe for use by many threads.
 */
final class DefaultPackages implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DefaultPackages.class);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(2);
  private static final String SWITCHED_OFF =
      "the default packages are switched off, and the distribution has not installed it";

  private final Parts parts;
  private final boolean wanted;
  private final Thread thread;
  private final CountDownLatch lookedOnce = new CountDownLatch(1);
  private volatile OperatorRoutes.Packages view =
      new OperatorRoutes.Packages(State.INSTALLING.wire, List.of(), List.of());
  private volatile boolean closed;

  private DefaultPackages(Parts parts, boolean wanted) {
    this.parts = parts;
    this.wanted = wanted;
    this.thread = Thread.ofVirtual().name("default-packages").unstarted(this::run);
  }

  /**
   * @param record what was installed before
   */
  record Parts(Sets sets, Inventory inventory, DefaultSetRecord record) {}

  /** Where sets are made, and which of them all calls share. */
  interface Sets {
    /** Blocks. */
    Result install(String requirements);

    boolean isShared(String lock);

    /** Every call that begins from now on can import from it. */
    void share(String lock) throws IOException;
  }

  /** Looks into the box. */
  interface Inventory {
    /**
     * What code can import; by package. Blocks.
     *
     * @param modules package to module
     */
    Map<String, Found> look(Map<String, String> modules);
  }

  /**
   * @param version empty where it is not said
   * @param source {@code index}, {@code distribution} or {@code patchbay}
   */
  record Found(String version, String source) {}

  private enum State {
    OFF("off"),
    INSTALLING("installing"),
    READY("ready"),
    INCOMPLETE("incomplete");

    private final String wire;

    State(String wire) {
      this.wire = wire;
    }
  }

  /**
   * Returns at once.
   *
   * @param wanted false: no set is shared, and no index is asked
   */
  static DefaultPackages start(Parts parts, boolean wanted) {
    DefaultPackages packages = new DefaultPackages(parts, wanted);
    packages.thread.start();
    return packages;
  }

  private void run() {
    try {
      if (wanted) {
        provide();
      } else {
        parts.sets.share("");
        look(State.OFF, Map.of());
      }
    } catch (IOException | RuntimeException failed) {
      if (!closed) {
        LOG.warn("the default packages could not be looked after", failed);
        look(State.INCOMPLETE, because(String.valueOf(failed.getMessage())));
      }
    } finally {
      lookedOnce.countDown();
    }
  }

  private void provide() throws IOException {
    Optional<DefaultSetRecord.Entry> known =
        parts.record.read().filter(entry -> parts.sets.isShared(entry.lock()));
    look(State.INSTALLING, Map.of());
    if (known.isPresent() && view.missing().isEmpty()) {
      view = view.with(State.READY.wire);
      return;
    }
    DefaultSetRecord.Entry made = install();
    if (closed) {
      return;
    }
    boolean better =
        !made.lock().isEmpty()
            && known.filter(old -> old.missing().size() < made.missing().size()).isEmpty();
    if (better) {
      parts.sets.share(made.lock());
      parts.record.write(made);
    }
    look(State.READY, made.missing());
    tellMissing();
  }

  /** All at once, or else one after the other, so that none is lost by what another lacks. */
  private DefaultSetRecord.Entry install() {
    List<DefaultPackage> asked =
        DefaultPackage.ALL.stream().filter(one -> one.requirement().isPresent()).toList();
    return switch (parts.sets.install(DefaultPackage.requirements(asked))) {
      case Result.Installed(String lock) -> new DefaultSetRecord.Entry(lock, Map.of());
      case Result.Failed _ -> oneByOne(asked);
    };
  }

  private DefaultSetRecord.Entry oneByOne(List<DefaultPackage> asked) {
    List<DefaultPackage> had = new ArrayList<>();
    Map<String, String> missing = new LinkedHashMap<>();
    String made = "";
    for (DefaultPackage one : asked) {
      had.add(one);
      switch (parts.sets.install(DefaultPackage.requirements(had))) {
        case Result.Installed(String lock) -> made = lock;
        case Result.Failed(String why) -> {
          had.remove(one);
          missing.put(one.name(), why);
          if (closed || (had.isEmpty() && !one.isNamedIn(why))) {
            return new DefaultSetRecord.Entry("", because(why));
          }
        }
      }
    }
    return new DefaultSetRecord.Entry(made, missing);
  }

  private static Map<String, String> because(String why) {
    Map<String, String> all = new LinkedHashMap<>();
    DefaultPackage.ALL.forEach(one -> all.put(one.name(), why));
    return all;
  }

  /**
   * @param state where nothing is missing, or what is missing may still come
   * @param whys why the index did not give a package
   */
  private void look(State state, Map<String, String> whys) {
    Map<String, Found> found = parts.inventory.look(DefaultPackage.modules());
    List<OperatorRoutes.Packages.Installed> installed = new ArrayList<>();
    List<OperatorRoutes.Packages.Missing> missing = new ArrayList<>();
    for (DefaultPackage one : DefaultPackage.ALL) {
      Found it = found.get(one.name());
      if (it != null) {
        installed.add(new OperatorRoutes.Packages.Installed(one.name(), it.version(), it.source()));
      } else {
        String why =
            switch (state) {
              case OFF -> SWITCHED_OFF;
              case INSTALLING -> "it is being installed";
              case READY, INCOMPLETE -> whys.getOrDefault(one.name(), "it cannot be imported");
            };
        missing.add(new OperatorRoutes.Packages.Missing(one.name(), why));
      }
    }
    boolean lacks = state == State.READY && !missing.isEmpty();
    view = new OperatorRoutes.Packages((lacks ? State.INCOMPLETE : state).wire, installed, missing);
    lookedOnce.countDown();
  }

  private void tellMissing() {
    OperatorRoutes.Packages now = view;
    if (now.missing().isEmpty()) {
      LOG.info("the default packages are installed");
    } else {
      LOG.warn("default packages are missing: {}", missing(now));
    }
  }

  OperatorRoutes.Packages view() {
    return view;
  }

  /** Of a default package that cannot be imported, by the name of its module. */
  Optional<String> why(String module) {
    return DefaultPackage.bringing(module)
        .flatMap(
            one -> view.missing().stream().filter(it -> it.name().equals(one.name())).findFirst())
        .map(OperatorRoutes.Packages.Missing::why);
  }

  /**
   * For people: what is missing; empty where nothing is.
   *
   * @param patience how long it waits until that is known
   */
  Optional<String> line(Duration patience) {
    try {
      if (!lookedOnce.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.of("the default ones are being looked for");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    OperatorRoutes.Packages now = view;
    if (now.missing().isEmpty()) {
      return Optional.empty();
    }
    String state = now.state().equals(State.INSTALLING.wire) ? "being installed: " : "missing: ";
    return Optional.of(state + missing(now));
  }

  /** Those with the same reason together. */
  private static String missing(OperatorRoutes.Packages now) {
    Map<String, List<String>> byReason = new LinkedHashMap<>();
    now.missing()
        .forEach(it -> byReason.computeIfAbsent(it.why(), _ -> new ArrayList<>()).add(it.name()));
    return byReason.entrySet().stream()
        .map(entry -> String.join(", ", entry.getValue()) + " (" + entry.getKey() + ")")
        .collect(joining("; "));
  }

  /** What is being installed is given up. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      var _ = thread.join(ENDS_WITHIN);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
