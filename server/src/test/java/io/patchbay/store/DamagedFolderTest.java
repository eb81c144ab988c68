package io.patchbay.store;

import static io.patchbay.store.Samples.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.store.StoreFailure.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A data folder that was in use, and was damaged since: it is refused, and left as it is. */
@Timeout(60)
final class DamagedFolderTest {
  private static final String LOG = "patchbay.db-wal";

  @TempDir private Path folder;

  private Path file;

  @BeforeEach
  void use() {
    file = folder.resolve("patchbay.db");
    try (Stores stores = Stores.open(folder)) {
      stores.bots().save(draft("acme", "Acme"), Optional.empty());
    }
  }

  @Test
  void a_database_file_that_lost_its_content_is_not_taken_for_a_new_one() throws Exception {
    Files.write(file, new byte[0]);
    assertRefused(Kind.DAMAGED).hasMessageContainingAll("lost its content", "backup");
  }

  @Test
  void an_empty_file_that_a_kill_left_behind_at_the_first_start_is_filled(@TempDir Path fresh)
      throws Exception {
    Files.createFile(fresh.resolve("patchbay.db"));
    Stores.open(fresh).close();
    assertThat(fresh.resolve("patchbay.db")).isNotEmptyFile();
  }

  @Test
  void a_truncated_database_file_is_refused() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {1, 99, 100, 511, 4096, whole.length / 2, whole.length - 4096}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused(Kind.DAMAGED).hasMessageContainingAll("patchbay.db", "backup");
    }
  }

  @Test
  void another_kind_of_file_is_refused() throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    byte[] name = "Another format 3".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(name, 0, bytes, 0, name.length);
    Files.write(file, bytes);
    assertRefused(Kind.DAMAGED).hasMessageContaining("backup");
  }

  @Test
  void a_log_that_is_none_is_refused_before_sqlite_writes_over_it() throws Exception {
    Files.writeString(folder.resolve(LOG), "garbage ".repeat(1000));
    assertRefused(Kind.DAMAGED).hasMessageContainingAll(LOG, "backup");
  }

  @Test
  void a_log_without_its_database_is_refused() throws Exception {
    Files.delete(file);
    Files.writeString(folder.resolve(LOG), "what the last turns wrote");
    assertRefused(Kind.DAMAGED).hasMessageContainingAll("missing", LOG);
  }

  @Test
  void a_log_that_the_loss_of_power_left_without_content_is_no_obstacle() throws Exception {
    Files.write(folder.resolve(LOG), new byte[8192]);
    try (Stores stores = Stores.open(folder)) {
      assertThat(stores.bots().draft("acme")).isPresent();
    }
  }

  @Test
  void a_database_of_a_newer_release_is_left_alone_and_the_way_out_told() throws Exception {
    try (Stores stores = Stores.open(folder)) {
      stores
          .database()
          .write(session ->
              session
                  .dsl()
                  .execute(
                      """
                      insert into flyway_schema_history (installed_rank, version, description,
                        type, script, checksum, installed_by, execution_time, success)
                      values (99, '99', 'later', 'SQL', 'V99__later.sql', 1, '', 1, true)
                      """));
    }
    assertRefused(Kind.MIGRATION)
        .hasMessageContainingAll("newer release", "start that release", "backup");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Kind kind)
      throws IOException {
    Map<String, String> before = content();
    var refused =
        assertThatThrownBy(() -> Stores.open(folder))
            .isInstanceOfSatisfying(
                StoreFailure.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
    assertThat(content()).as("what is there after the refusal").isEqualTo(before);
    return refused;
  }

  /** Files but the lock and SQLite's index of its log, which hold nothing of their own. */
  private Map<String, String> content() throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.toList()) {
        String name = each.getFileName().toString();
        if (!name.equals("patchbay.lock") && !name.endsWith("-shm")) {
          content.put(name, Arrays.toString(Files.readAllBytes(each)));
        }
      }
    }
    return content;
  }
}
