package io.patchbay.store;

import static io.patchbay.store.Samples.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.base.Secret;
import io.patchbay.bot.Environment;
import io.patchbay.store.StoreFailure.Kind;
import io.patchbay.store.VariableCipher.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VariableCipherTest {
  private static final String VALUE = "correct-horse-battery-staple-4711";
  private static final Place PLACE = new Place("acme", "KEY", Environment.STAGING);

  @TempDir private Path folder;

  @Test
  void a_value_comes_back_and_every_encryption_differs() {
    VariableCipher cipher = cipher();
    var seen = new HashSet<String>();
    for (int i = 0; i < 100; i++) {
      String text = cipher.encrypt(PLACE, new Secret(VALUE));
      assertThat(seen.add(text)).isTrue();
      assertThat(cipher.decrypt(PLACE, text).reveal()).isEqualTo(VALUE);
    }
  }

  @Test
  void a_value_cannot_be_moved_to_another_place() {
    VariableCipher cipher = cipher();
    String text = cipher.encrypt(new Place("ab", "c", Environment.STAGING), new Secret(VALUE));

    for (Place other :
        new Place[] {
          new Place("ab", "c", Environment.PRODUCTION),
          new Place("ab", "d", Environment.STAGING),
          new Place("a", "bc", Environment.STAGING),
          new Place("abc", "", Environment.STAGING)
        }) {
      assertFailure(Kind.DAMAGED, () -> cipher.decrypt(other, text));
    }
  }

  @Test
  void a_damaged_value_is_told_by_its_name_and_never_shown() {
    VariableCipher cipher = cipher();
    byte[] stored = Base64.getDecoder().decode(cipher.encrypt(PLACE, new Secret(VALUE)));
    for (int i = 0; i < stored.length; i++) {
      byte[] damaged = stored.clone();
      damaged[i] ^= 1;
      String text = Base64.getEncoder().encodeToString(damaged);
      assertFailure(Kind.DAMAGED, () -> cipher.decrypt(PLACE, text))
          .hasMessageContaining("KEY")
          .hasMessageContaining("acme");
    }
    for (String text : new String[] {"", "????", "AAAA"}) {
      assertFailure(Kind.DAMAGED, () -> cipher.decrypt(PLACE, text));
    }
  }

  @Test
  void the_value_is_nowhere_in_the_data_folder() throws IOException {
    try (Stores stores = storesWithVariable()) {
      assertNowhere(VALUE);
      stores.bots().putVariable("acme", "KEY", Map.of(Environment.STAGING, new Secret("x")), true);
    }
    assertNowhere(VALUE);
    assertNowhere(Base64.getEncoder().encodeToString(VALUE.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void a_missing_key_fails_the_start_and_no_other_is_made() throws IOException {
    storesWithVariable().close();
    Path key = folder.resolve("variables.key");
    Path away = Files.move(key, folder.resolve("away"));

    assertFailure(Kind.KEY, () -> Stores.open(folder)).hasMessageContaining("missing");
    assertThat(key).doesNotExist();

    Files.move(away, key);
    assertVariableIsThere();
  }

  @Test
  void a_wrong_key_fails_the_start_and_is_left_alone() throws IOException {
    storesWithVariable().close();
    Path key = folder.resolve("variables.key");
    Path right = Files.move(key, folder.resolve("right"));
    KeyFile.create(key, new SecureRandom());
    String wrong = Files.readString(key);

    assertFailure(Kind.KEY, () -> Stores.open(folder)).hasMessageContaining("not the one");
    assertThat(key).hasContent(wrong);

    Files.move(right, key, StandardCopyOption.REPLACE_EXISTING);
    assertVariableIsThere();
  }

  @Test
  void a_file_that_holds_no_key_fails_the_start() throws IOException {
    Path key = folder.resolve("variables.key");
    for (String text : new String[] {"", "short", "A".repeat(43) + "!", "A".repeat(5000), "ü"}) {
      Files.deleteIfExists(key);
      OwnerOnly.createFile(key);
      Files.writeString(key, text);

      assertFailure(Kind.KEY, () -> Stores.open(folder));
      assertThat(key).hasContent(text);
    }
  }

  @Test
  void a_key_that_others_may_use_fails_the_start() throws IOException {
    Stores.open(folder).close();
    Path key = folder.resolve("variables.key");
    for (String permissions : new String[] {"rw-r--r--", "rw----r--", "rw--w----", "rw-----w-"}) {
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(permissions));
      assertFailure(Kind.KEY, () -> Stores.open(folder)).hasMessageContaining("chmod 600");
    }
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
    Stores.open(folder).close();
  }

  @Test
  void the_operators_key_file_is_used_and_never_made() throws IOException {
    Path key = folder.resolve("operator.key");
    Path data = folder.resolve("data");
    assertFailure(Kind.KEY, () -> open(data, key)).hasMessageContaining("openssl rand -base64 32");
    assertThat(key).doesNotExist();

    KeyFile.create(key, new SecureRandom());
    open(data, key);

    assertThat(data.resolve("variables.key")).doesNotExist();
  }

  private VariableCipher cipher() {
    return VariableCipher.open(folder, Optional.empty(), Set.of(), new SecureRandom());
  }

  private static void open(Path data, Path key) {
    try (Database database = Database.open(data)) {
      assertThat(SqlBotStore.open(database, Optional.of(key), new SecureRandom()).exists("acme"))
          .isFalse();
    }
  }

  private Stores storesWithVariable() {
    Stores stores = Stores.open(folder);
    stores.bots().save(draft("acme", "Acme"), Optional.empty());
    stores.bots().putVariable("acme", "KEY", Map.of(Environment.STAGING, new Secret(VALUE)), true);
    return stores;
  }

  private void assertVariableIsThere() {
    try (Stores stores = Stores.open(folder)) {
      assertThat(stores.bots().variables("acme").getFirst().values().values())
          .extracting(Secret::reveal)
          .containsExactly(VALUE);
    }
  }

  private void assertNowhere(String text) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(bytes.contains(text)).as(file.toString()).isFalse();
      }
    }
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertFailure(
      Kind kind, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreFailure.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
  }
}
