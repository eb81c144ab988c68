package io.patchbay.store;

import static io.patchbay.store.Samples.NOON;
import static io.patchbay.store.Samples.draft;
import static io.patchbay.store.Samples.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.store.StoreFailure.Kind;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class DatabaseTest {
  @Test
  void a_data_folder_is_made_for_this_user_alone(@TempDir Path parent) throws Exception {
    Path folder = parent.resolve("new/data");
    try (Stores stores = Stores.open(folder)) {
      stores.bots().save(draft("acme", "Acme"), Optional.empty());

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
          .isEqualTo("rwx------");
      for (String file : List.of("patchbay.db", "patchbay.db-wal", "variables.key")) {
        assertThat(
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void opening_again_changes_nothing(@TempDir Path folder) throws Exception {
    try (Stores stores = Stores.open(folder)) {
      stores.bots().save(draft("acme", "Acme"), Optional.empty());
    }
    byte[] before = Files.readAllBytes(folder.resolve("patchbay.db"));
    byte[] key = Files.readAllBytes(folder.resolve("variables.key"));
    try (Stores stores = Stores.open(folder)) {
      assertThat(stores.bots().draft("acme")).isPresent();
    }

    assertThat(Files.readAllBytes(folder.resolve("patchbay.db"))).isEqualTo(before);
    assertThat(Files.readAllBytes(folder.resolve("variables.key"))).isEqualTo(key);
  }

  @Test
  void closing_leaves_all_in_one_file(@TempDir Path folder) {
    try (Stores stores = Stores.open(folder)) {
      stores.bots().save(draft("acme", "Acme"), Optional.empty());
    }

    assertThat(folder.resolve("patchbay.db-wal")).doesNotExist();
  }

  @Test
  void a_second_server_in_this_process_is_refused(@TempDir Path folder) throws Exception {
    try (Stores stores = Stores.open(folder)) {
      Path sameFolder = folder.resolve("../" + folder.getFileName());
      assertFailure(sameFolder, Kind.IN_USE).hasMessageContaining("in use by another Patchbay");
      // The refused one must not have taken the lock of the first along.
      assertThat(heldByAnotherProcess(folder)).isFalse();
      stores.bots().save(draft("acme", "Acme"), Optional.empty());
    }
    Stores.open(folder).close();
  }

  @Test
  void a_second_server_in_another_process_is_refused_until_that_one_dies(@TempDir Path folder)
      throws Exception {
    Process child = StoreChild.start(List.of(), "hold", folder);
    try (BufferedReader said = child.inputReader()) {
      assertThat(StoreChild.next(said).orElseThrow()).startsWith("holds ");
      assertFailure(folder, Kind.IN_USE).hasMessageContaining("process " + child.pid());
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    Stores.open(folder).close();
  }

  @Test
  void a_folder_that_cannot_be_written_is_refused(@TempDir Path folder) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));
    try {
      // Root may write to read-only folders, but nobody to those of the kernel.
      Path closed = Files.isWritable(folder) ? Path.of("/proc/self/task") : folder;
      assertFailure(closed, Kind.FOLDER).hasMessageContaining("cannot be written");
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void a_file_where_the_folder_should_be_is_refused(@TempDir Path parent) throws Exception {
    Path file = Files.writeString(parent.resolve("data"), "not a folder");

    assertFailure(file, Kind.FOLDER);
    assertFailure(file.resolve("below"), Kind.FOLDER);
    assertThat(file).hasContent("not a folder");
  }

  @Test
  void odd_folder_names_work_or_are_refused(@TempDir Path parent) {
    for (String name : List.of("with space", "ünïcode", "a#b", "a%20b", "a'b;c", ":memory:")) {
      Stores.open(parent.resolve(name)).close();
      assertThat(parent.resolve(name).resolve("patchbay.db")).exists();
    }
    assertFailure(parent.resolve("a?mode=memory"), Kind.FOLDER);
  }

  @Test
  void garbage_where_the_database_should_be_is_refused_and_left_alone(@TempDir Path folder)
      throws Exception {
    byte[] garbage = new byte[100_000];
    new Random(1).nextBytes(garbage);
    Path file = folder.resolve("patchbay.db");
    Files.write(file, garbage);

    assertFailure(folder, Kind.DAMAGED).hasMessageContaining("patchbay.db");
    assertThat(Files.readAllBytes(file)).isEqualTo(garbage);
  }

  @Test
  void a_database_with_damaged_pages_is_refused(@TempDir Path folder) throws Exception {
    try (Stores stores = Stores.open(folder)) {
      stores.bots().save(draft("acme", "Acme"), Optional.empty());
    }
    Path file = folder.resolve("patchbay.db");
    byte[] bytes = Files.readAllBytes(file);
    // The header stays, the list of tables behind it does not.
    Arrays.fill(bytes, 100, bytes.length, (byte) 0x5a);
    Files.write(file, bytes);

    assertFailure(folder, Kind.DAMAGED);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @Test
  void a_database_of_a_newer_release_is_refused(@TempDir Path folder) {
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

    assertFailure(folder, Kind.MIGRATION);
  }

  @Test
  void a_failed_start_gives_the_folder_free(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("patchbay.db");
    Files.writeString(file, "garbage ".repeat(1000));
    assertFailure(folder, Kind.DAMAGED);
    Files.delete(file);

    Stores.open(folder).close();
  }

  @Test
  void after_close_reads_and_writes_are_refused(@TempDir Path folder) {
    Stores stores = Stores.open(folder);
    stores.bots().save(draft("acme", "Acme"), Optional.empty());
    stores.close();
    stores.close();

    assertThatThrownBy(() -> stores.bots().save(draft("acme", "Acme"), Optional.empty()))
        .isInstanceOfSatisfying(
            StoreFailure.class, e -> assertThat(e.kind()).isEqualTo(Kind.CLOSED));
    assertThatThrownBy(() -> stores.bots().draft("acme"))
        .isInstanceOfSatisfying(
            StoreFailure.class, e -> assertThat(e.kind()).isEqualTo(Kind.CLOSED));
  }

  @Test
  void a_removal_that_a_crash_cut_short_is_finished_at_the_next_start(@TempDir Path folder) {
    try (Stores stores = Stores.open(folder)) {
      stores.bots().save(draft("acme", "Acme"), Optional.empty());
      stores.invocations().start(started("inv_1", "acme"));
      // All that the first commit of a removal does.
      stores
          .database()
          .write(session -> session.dsl().execute("insert into doomed_bot values (1)"));
      stores.database().write(session -> session.dsl().execute("delete from draft"));
      stores.database().write(session -> session.dsl().execute("delete from bot"));
    }
    try (Stores stores = Stores.open(folder)) {
      assertThat(stores.invocations().interruptLeftovers(NOON)).isZero();
      assertThat(count(stores, "doomed_bot")).isZero();
    }
  }

  @Test
  void looking_whether_the_store_works_leaves_nothing(@TempDir Path folder) {
    try (Database database = Database.open(folder)) {
      long pages = database.read(session -> number(session, "pragma page_count"));
      for (int i = 0; i < 50; i++) {
        database.tryWrite(Duration.ofSeconds(30));
        database.tryRead(Duration.ofSeconds(30));
      }

      assertThat(database.<Long>read(session -> number(session, "pragma page_count")))
          .isEqualTo(pages);
      assertThat(database.commits()).isGreaterThanOrEqualTo(50);
    }
  }

  @Test
  void a_writer_that_is_stuck_shows_within_the_bound(@TempDir Path folder) throws Exception {
    try (Database database = Database.open(folder)) {
      var stuck = new CountDownLatch(1);
      var free = new CountDownLatch(1);
      var unit =
          new FutureTask<Boolean>(() ->
              database.write(_ -> {
                stuck.countDown();
                return opened(free);
              }));
      Thread.ofVirtual().start(unit);
      stuck.await();

      assertThatThrownBy(() -> database.tryWrite(Duration.ofMillis(100)))
          .isInstanceOfSatisfying(
              StoreFailure.class, e -> assertThat(e.kind()).isEqualTo(Kind.BUSY));
      database.tryRead(Duration.ofSeconds(30));
      free.countDown();
      assertThat(unit.get()).isTrue();
      database.tryWrite(Duration.ofSeconds(30));
    }
  }

  private static boolean opened(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int count(Stores stores, String table) {
    return stores
        .database()
        .read(session -> session.dsl().fetchCount(session.dsl().selectFrom(table)));
  }

  private static long number(Session session, String sql) {
    return session.on(sql).first(row -> row.getLong(1)).orElseThrow();
  }

  private static boolean heldByAnotherProcess(Path folder) throws Exception {
    Process child = StoreChild.start(List.of(), "hold", folder);
    try (BufferedReader said = child.inputReader()) {
      return StoreChild.next(said).isPresent();
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertFailure(
      Path folder, Kind kind) {
    return assertThatThrownBy(() -> Stores.open(folder))
        .isInstanceOfSatisfying(
            StoreFailure.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
  }
}
