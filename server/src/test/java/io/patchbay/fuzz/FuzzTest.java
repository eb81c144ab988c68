package io.patchbay.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.base.Json;
import io.patchbay.base.Secret;
import io.patchbay.bot.Isolation;
import io.patchbay.intent.MatchingModel;
import io.patchbay.server.PatchbayServer;
import io.patchbay.server.SandboxChoice;
import io.patchbay.server.ServerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is sent to any route, the server answers in time, as it says it does, shows nothing of
 * its inside, and goes on. 2000 steps, as many as ten minutes allow with {@code ./test --all}, or
 * {@code -Dpatchbay.fuzz.seconds=N}; {@code -Dpatchbay.fuzz.seed=N} for other requests, with {@code
 * -Dpatchbay.fuzz.step=N} for one step alone.
 */
class FuzzTest {
  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final String TOKEN = "token-that-must-not-be-seen";
  private static final int LANES = 4;
  private static final long STEPS = 1000;

  private static final String SESSION = "/api/v1/session";

  @TempDir private Path data;
  private LogWatch log;
  private OddApi api;
  private PatchbayServer server;
  private long seed;

  @BeforeEach
  void start() throws Exception {
    seed = Long.getLong("patchbay.fuzz.seed", 1);
    log = LogWatch.start();
    api = OddApi.start(seed);
    server =
        PatchbayServer.start(
            new ServerConfig(
                "127.0.0.1",
                0,
                data,
                Optional.of(EXAMPLES),
                Optional.of(TOKEN),
                Optional.empty(),
                new ServerConfig.Packages(
                    Optional.of(new Secret("http://127.0.0.1:1/simple")), List.of(), true),
                SandboxChoice.AUTO,
                Isolation.RESTORED,
                MatchingModel.NONE,
                OptionalLong.empty(),
                false));
  }

  @AfterEach
  void stop() {
    server.close();
    api.close();
    log.close();
  }

  @Test
  void nothing_that_is_sent_breaks_the_server() throws Exception {
    Fuzzing.Target target = target();
    Fuzzing fuzzing = new Fuzzing(seed, target);
    long step = Long.getLong("patchbay.fuzz.step", -1);
    long start = System.nanoTime();
    if (step >= 0) {
      fuzzing.run(new AtomicLong(step), 0, s -> s == step);
    } else {
      run(fuzzing, start);
    }
    System.out.printf(
        "fuzz: seed %d, %d requests in %d s%n",
        seed, fuzzing.requests(), Duration.ofNanos(System.nanoTime() - start).toSeconds());
    assertThat(fuzzing.findings()).as("seed %d", seed).isEmpty();
    assertThat(log.errors()).as("what the server logged as errors, seed %d", seed).isEmpty();
    target.world().restore();
  }

  /** Makes the bots, so that there is something to ask for. */
  private Fuzzing.Target target() throws IOException {
    Wire wire = new Wire(server.port());
    String host = "127.0.0.1:" + server.port();
    Talk stranger = new Talk(wire, new Identity(host, TOKEN, "", ""));
    Answer session =
        stranger.send(stranger.json("POST", SESSION, "{\"token\": \"" + TOKEN + "\"}"));
    String cookie = session.header("set-cookie").orElseThrow().split(";", 2)[0];
    String csrf = Json.parse(session.body()).path("csrf_token").asString();
    Identity identity = new Identity(host, TOKEN, cookie, csrf);
    Talk talk = new Talk(wire, identity);
    Surface surface =
        Surface.of(talk.get("/openapi.json"), talk.send(talk.json("GET", "/", "")).body());
    World world = new World(talk, api.port());
    Requests requests =
        new Requests(new Values(surface, world.names(), world.definitions()), identity);
    List<String> paths =
        List.of(
            data.toString(),
            Path.of("..").toAbsolutePath().normalize().toString(),
            System.getProperty("user.home") + "/");
    Rules rules = new Rules(List.of(TOKEN, World.HIDDEN), paths);
    return new Fuzzing.Target(wire, surface, world, requests, talk, rules);
  }

  private void run(Fuzzing fuzzing, long start) throws InterruptedException {
    long seconds =
        Long.getLong("patchbay.fuzz.seconds", Boolean.getBoolean("patchbay.all") ? 600 : 0);
    long end = start + Duration.ofSeconds(seconds).toNanos();
    // Without a time to fill, the same steps on a fast machine and on a slow one.
    LongPredicate wanted = step -> seconds == 0 ? step < STEPS : System.nanoTime() < end;
    AtomicLong counter = new AtomicLong();
    List<Thread> lanes = new ArrayList<>();
    for (int i = 0; i < LANES; i++) {
      int lane = i;
      lanes.add(
          Thread.ofPlatform().name("fuzz-" + i).start(() -> fuzzing.run(counter, lane, wanted)));
    }
    for (Thread lane : lanes) {
      lane.join();
    }
  }
}
