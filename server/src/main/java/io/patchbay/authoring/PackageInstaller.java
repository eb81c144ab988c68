package io.patchbay.authoring;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Resolves and installs packages for code. Safe for use by many threads. */
public interface PackageInstaller {
  /** How an installation ended. */
  sealed interface Result {
    /**
     * @param lock exactly which packages; empty where none are needed
     */
    record Installed(String lock) implements Result {}

    /**
     * @param why one sentence for the builder
     */
    record Failed(String why) implements Result {}
  }

  record Pinned(String name, String version) {}

  /** Blocks, for minutes where the index is slow. */
  Result install(String requirements, Consumer<String> log);

  /** Installs what the lock says where it is not there. Blocks. */
  Result ensure(String lock, Consumer<String> log);

  /** What a lock says, by name. */
  List<Pinned> packages(String lock);

  /** The name of the set that a lock leads to; empty where it needs none. */
  Optional<String> set(String lock);

  /** Removes what none of these locks needs. */
  void collect(Supplier<Set<String>> locks);
}
