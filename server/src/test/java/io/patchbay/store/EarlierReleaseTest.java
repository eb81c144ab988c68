package io.patchbay.store;

import static io.patchbay.store.Samples.NOON;
import static io.patchbay.store.Samples.draft;
import static io.patchbay.store.Samples.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.integration.InvocationRecord;
import io.patchbay.integration.InvocationRecord.State;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Data of an earlier release, which kept what this one does not. */
@Timeout(120)
final class EarlierReleaseTest {
  @Test
  void what_an_earlier_release_kept_is_read_though_it_is_longer_than_what_is_kept_now(
      @TempDir Path folder) {
    String input = "\"" + "x".repeat(SqliteFile.LONGEST + 1) + "\"";
    try (Stores stores = Stores.open(folder)) {
      stores.bots().save(draft("acme", "Acme"), Optional.empty());
      stores.invocations().start(started("inv_1", "acme"));
      stores
          .database()
          .write(session -> {
            session.limit(Integer.MAX_VALUE);
            return session.on("update invocation set input = ?").set(input).execute();
          });
    }
    try (Stores stores = Stores.open(folder)) {
      assertThat(stores.invocations().interruptLeftovers(NOON.plusSeconds(1))).isEqualTo(1);
      InvocationRecord found = stores.invocations().find("inv_1").orElseThrow();
      assertThat(found.state()).isEqualTo(State.INTERRUPTED);
      assertThat(found.input().orElseThrow().asString()).hasSize(input.length() - 2);
      assertThat(
              stores.invocations().list(Filters.of("acme", "text", "inv_1"), Optional.empty(), 9))
          .satisfies(page -> assertThat(page.items()).hasSize(1));
      stores.bots().delete("acme");
      assertThat(stores.invocations().find("inv_1")).isEmpty();
    }
  }
}
