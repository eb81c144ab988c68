package io.patchbay.executor.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.executor.box.ExecutorConfig;
import io.patchbay.executor.net.Lookup;
import io.patchbay.executor.packages.PackageSets.Bounds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names an installation asks for, and which addresses are taken for an index. */
final class IndexByNameTest {
  @TempDir Path temporary;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  private PackageSets open(PackageIndex index, Lookup lookup) throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
    PackageSets sets =
        PackageSets.open(
            new PackageSets.Config(
                ExecutorConfig.standard(Clock.systemUTC()),
                temporary.resolve("packages"),
                index,
                Bounds.standard()),
            name -> {
              asked.add(name);
              return lookup.resolve(name);
            });
    if (sets.unavailable().isPresent()) {
      sets.close();
      Assumptions.abort("no box on this machine: " + sets.unavailable().get());
    }
    return sets;
  }

  @Test
  void an_index_that_the_operator_names_is_reached_even_at_a_private_address() throws IOException {
    try (TinyIndex index = TinyIndex.start()) {
      index.with(Wheel.of("named", "1.0"));
      String url = "http://packages.acme.example:" + index.port() + "/simple";
      Lookup loopback = _ -> List.of(InetAddress.ofLiteral("127.0.0.1"));
      try (PackageSets sets = open(PackageIndex.of(url, List.of()), loopback)) {
        TestSets.ready(sets.install("named\n", _ -> {}));
      }
      assertThat(asked).containsExactly("packages.acme.example");
    }
  }

  @Test
  void without_an_index_pips_own_is_asked_and_nothing_else() throws IOException {
    Lookup nowhere =
        _ -> {
          throw new UnknownHostException("no network");
        };
    try (PackageSets sets = open(PackageIndex.pipsOwn(), nowhere)) {
      assertThat(TestSets.why(sets.install("anything\n", _ -> {})))
          .startsWith("the index cannot be reached: ");
    }
    assertThat(asked).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "packages",
        "ftp://acme.example/simple",
        "file:///etc",
        "https:///simple",
        "https://ann:s3cret@bad host/",
        "https://acme.example/?a=s3cret"
      })
  void what_is_no_address_of_an_index_is_refused_without_repeating_it(String url) {
    assertThatThrownBy(() -> PackageIndex.of(url, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret");
  }
}
