package io.patchbay.http;

import io.patchbay.http.RequestObserver.Connection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections: how many there may be, and which of them take too long.
 *
 * <p>Theory of operation. Each counts for everybody and for its address. Where either bound is
 * reached, one makes room that has never asked for anything, drips, or does not read its answer;
 * where there is none, one that has been idle for a second. So who holds places with nothing keeps
 * out nobody. Where all ask, the next ones come into the reserve: they must say at once what they
 * want, and the {@link Door} serves only health and operators there. A reserve that is full gives
 * up who did not say it yet; else a newcomer is closed. Every now and then all are looked at: the
 * bytes that each sends and reads are counted at its socket, so that nothing that it drips makes it
 * last.
 */
final class Connections implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private static final byte[] HEAD_LATE = Answers.lateHead();

  private final Limits limits;
  private final RequestObserver observer;
  private final ScheduledExecutorService looking;

  // All guarded by this.
  private final Set<Connected> ordinary = new LinkedHashSet<>();
  private final Set<Connected> reserve = new LinkedHashSet<>();
  private final Map<String, Integer> perAddress = new HashMap<>();
  private final Yielding yielding = new Yielding();

  private Connections(Limits limits, RequestObserver observer) {
    this.limits = limits;
    this.observer = observer;
    this.looking =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("patchbay-connections").factory());
  }

  static Connections watch(Limits limits, RequestObserver observer) {
    var connections = new Connections(limits, observer);
    long between = between(limits.times()).toMillis();
    var _ =
        connections.looking.scheduleWithFixedDelay(
            connections::look, between, between, TimeUnit.MILLISECONDS);
    return connections;
  }

  /** A quarter of the shortest time, a second at most. */
  private static Duration between(Limits.Times times) {
    Duration shortest =
        List.of(times.head(), times.body(), times.reserved(), times.answer()).stream()
            .min(Comparator.naturalOrder())
            .orElseThrow();
    Duration quarter = shortest.dividedBy(4).plusMillis(1);
    return quarter.compareTo(Duration.ofSeconds(1)) < 0 ? quarter : Duration.ofSeconds(1);
  }

  /**
   * Takes one in.
   *
   * @throws IOException where there is no room
   */
  Connected admit(Connected.Place place) throws IOException {
    String address = address(place);
    List<Connected> given = new ArrayList<>();
    Connected admitted = admit(place, address, given);
    given.forEach(one -> looking.execute(one::giveUp));
    if (admitted == null) {
      observer.connection(Connection.REFUSED);
      throw new IOException("there are too many connections");
    }
    observer.connection(Connection.OPENED);
    return admitted;
  }

  private synchronized @Nullable Connected admit(
      Connected.Place place, String address, List<Connected> given) {
    long now = System.nanoTime();
    boolean reserved = !hasRoom(address) && !makeRoom(address, now, given);
    if (reserved && reserve.size() >= limits.room().reserve() && !makeRoomInReserve(now, given)) {
      return null;
    }
    var visit = new Visit(limits.times(), reserved, now);
    var admitted = new Connected(place, visit, address, this);
    if (reserved) {
      reserve.add(admitted);
    } else {
      ordinary.add(admitted);
      perAddress.merge(address, 1, Integer::sum);
    }
    return admitted;
  }

  private boolean hasRoom(String address) {
    return ordinary.size() < limits.room().connections() && !isFull(address);
  }

  private boolean isFull(String address) {
    return perAddress.getOrDefault(address, 0) >= limits.room().perAddress();
  }

  private boolean makeRoom(String address, long now, List<Connected> given) {
    Optional<Connected> least =
        isFull(address)
            ? yielding.next(
                "of " + address,
                () -> ordinary.stream().filter(one -> one.address().equals(address)),
                now)
            : yielding.next("ordinary", ordinary::stream, now);
    return gone(least, given);
  }

  private boolean makeRoomInReserve(long now, List<Connected> given) {
    return gone(yielding.next("reserve", reserve::stream, now), given);
  }

  private boolean gone(Optional<Connected> one, List<Connected> given) {
    one.ifPresent(this::forget);
    one.ifPresent(given::add);
    return one.isPresent();
  }

  /** Called when one is closed, by either side. */
  void left(Connected one) {
    forget(one);
    observer.connection(Connection.CLOSED);
  }

  private synchronized void forget(Connected one) {
    if (ordinary.remove(one)) {
      perAddress.computeIfPresent(one.address(), (_, count) -> count == 1 ? null : count - 1);
    }
    reserve.remove(one);
  }

  private synchronized List<Connected> all() {
    List<Connected> all = new ArrayList<>(ordinary);
    all.addAll(reserve);
    return all;
  }

  private void look() {
    try {
      all().forEach(this::look);
    } catch (RuntimeException e) {
      LOG.error("connections could not be looked at", e);
    }
  }

  private void look(Connected one) {
    switch (one.visit().look(System.nanoTime())) {
      case NOTHING -> {}
      case CLOSE -> one.close();
      case HEAD_LATE -> {
        observer.connection(Connection.HEAD_LATE);
        one.sayAndClose(HEAD_LATE);
      }
      case BODY_LATE -> one.wakeReader();
      case ANSWER_LATE -> {
        observer.connection(Connection.ANSWER_LATE);
        one.close();
      }
    }
    if (!one.isOpen()) {
      // One that broke before the server library had it is never told to be closed.
      forget(one);
    }
  }

  private static String address(Connected.Place place) throws IOException {
    return place.channel().getRemoteAddress() instanceof InetSocketAddress internet
        ? AttemptLimit.network(internet.getAddress().getHostAddress())
        : "";
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
