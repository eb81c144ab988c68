package io.patchbay.executor.packages;

import io.patchbay.executor.box.ExecutorConfig;
import io.patchbay.executor.box.Identity;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The set that all calls can import from: a copy in a folder of its own, which boxes show from
 * their start on, and a link to it that is replaced at once. Calls that run may still read the one
 * before, so that stays until the next start.
 */
final class SharedSet {
  private static final String CURRENT = ExecutorConfig.CURRENT;

  private final Path folder;

  private SharedSet(Path folder) {
    this.folder = folder;
  }

  /**
   * Removes what no call can import from.
   *
   * @param sets the folder of all sets
   * @param user of the boxes, where that is not this one: it alone may pass beside the owner
   */
  static SharedSet open(Path sets, Optional<Identity> user) throws IOException {
    SharedSet shared = new SharedSet(sets.resolve(ExecutorConfig.DEFAULT_SET));
    Files.createDirectories(shared.folder);
    SetFolder.close(shared.folder, user);
    Optional<String> current = shared.name();
    for (String name : SetFolder.names(shared.folder)) {
      boolean needed = name.equals(CURRENT) || current.filter(name::equals).isPresent();
      if (current.isEmpty() || !needed) {
        SetFolder.remove(shared.folder.resolve(name));
      }
    }
    return shared;
  }

  /** Empty where there is none. */
  Optional<String> name() {
    try {
      return Optional.of(Files.readSymbolicLink(folder.resolve(CURRENT)).toString())
          .filter(name -> SetFolder.SET.matcher(name).matches())
          .filter(this::has);
    } catch (IOException noLink) {
      return Optional.empty();
    }
  }

  private boolean has(String name) {
    return Files.isDirectory(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /** From now on all calls import from this set, and from no other of these. */
  void put(String name, Path set) throws IOException {
    if (!has(name)) {
      Path stage = Files.createTempDirectory(folder, SetFolder.STAGE);
      copy(set, stage);
      // A folder that its owner may not write cannot be renamed everywhere.
      Files.setPosixFilePermissions(stage, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(stage, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
    Path link = folder.resolve(SetFolder.STAGE + CURRENT);
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Path.of(name));
    Files.move(link, folder.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE);
    Stage.flush(folder);
  }

  void remove() throws IOException {
    Files.deleteIfExists(folder.resolve(CURRENT));
  }

  /** The files themselves are never changed, so they are the same on the disk. */
  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes)
              throws IOException {
            if (!at.equals(from)) {
              Files.createDirectory(to.resolve(from.relativize(at)));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.createLink(to.resolve(from.relativize(file)), file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path at, @Nullable IOException failed)
              throws IOException {
            Path copied = to.resolve(from.relativize(at));
            Stage.flush(copied);
            Files.setPosixFilePermissions(copied, PosixFilePermissions.fromString("r-xr-xr-x"));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
