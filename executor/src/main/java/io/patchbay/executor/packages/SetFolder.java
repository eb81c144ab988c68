package io.patchbay.executor.packages;

import io.patchbay.executor.box.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The folder of all sets. A folder in it with the name of a set is whole; what is being made or
 * removed has another name.
 */
final class SetFolder {
  static final Pattern SET = Pattern.compile("[0-9a-f]{32}");
  static final String STAGE = "stage-";
  private static final String GONE = "gone-";

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path folder;
  private final Optional<Identity> user;

  private SetFolder(Path folder, Optional<Identity> user) {
    this.folder = folder;
    this.user = user;
  }

  /**
   * Removes what a process that was killed has left in the middle.
   *
   * @param user of the boxes, where that is not this one: it alone may pass beside the owner
   */
  static SetFolder open(Path folder, Optional<Identity> user) throws IOException {
    Files.createDirectories(folder.toAbsolutePath().normalize().getParent());
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder, OWNER_ONLY);
    }
    close(folder, user);
    SetFolder sets = new SetFolder(folder.toRealPath(), user);
    for (String name : sets.names()) {
      if (name.startsWith(STAGE) || name.startsWith(GONE)) {
        remove(sets.folder.resolve(name));
      }
    }
    return sets;
  }

  /** To all but its owner and this user. */
  static void close(Path folder, Optional<Identity> user) throws IOException {
    Files.setPosixFilePermissions(folder, OWNER_ONLY.value());
    if (user.isPresent()) {
      user.get().letThrough(folder);
    }
  }

  Path path(String set) {
    return folder.resolve(set);
  }

  Path newStage() throws IOException {
    return Files.createTempDirectory(folder, STAGE);
  }

  boolean has(String set) {
    return SET.matcher(set).matches() && Files.isDirectory(path(set), LinkOption.NOFOLLOW_LINKS);
  }

  List<String> sets() throws IOException {
    return names().stream().filter(this::has).toList();
  }

  /** Why the user of the box cannot read what is in here; empty if it can. */
  Optional<String> unreachable() {
    return user.flatMap(one -> one.blockedAt(folder))
        .map(at ->
            "the user of the box cannot pass through " + at + ": allow it (chmod o+x " + at + ")");
  }

  /** At one moment it is whole, at the next it is no set any more. */
  void delete(String set) throws IOException {
    Path gone = folder.resolve(GONE + set);
    Path place = path(set);
    remove(gone);
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.move(place, gone, StandardCopyOption.ATOMIC_MOVE);
    remove(gone);
  }

  private List<String> names() throws IOException {
    return names(folder);
  }

  static List<String> names(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      all.forEach(path -> names.add(String.valueOf(path.getFileName())));
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
    return names;
  }

  /** With all in it, folders that are read-only included; links are not followed. */
  static void remove(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes)
              throws IOException {
            Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwx------"));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path at, @Nullable IOException failed)
              throws IOException {
            Files.delete(at);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
