package io.patchbay.executor.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.executor.packages.PackageSets.Bounds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set while it is made: files come in by name and content from a box that is not trusted, and the
 * whole becomes visible at once, when it is on the disk.
 */
final class Stage implements AutoCloseable {
  private static final int DEEPEST = 40;

  private final Path root;
  private final Bounds bounds;
  private final List<Path> files = new ArrayList<>();
  private final List<Path> folders = new ArrayList<>();
  private long bytes;
  private @Nullable FileChannel open;

  /**
   * @param root an empty folder, beside the place of the set
   */
  Stage(Path root, Bounds bounds) {
    this.root = root;
    this.bounds = bounds;
    folders.add(root);
  }

  void file(byte[] name) throws IOException {
    closeFile();
    Path path = path(name);
    makeFolders(path);
    count(0);
    try {
      open = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException twice) {
      throw new IOException("the packages hold a file twice: " + root.relativize(path), twice);
    }
    files.add(path);
  }

  void data(byte[] data) throws IOException {
    if (open == null) {
      throw new IOException("the installer sent content of no file");
    }
    count(data.length);
    ByteBuffer rest = ByteBuffer.wrap(data);
    while (rest.hasRemaining()) {
      var _ = open.write(rest);
    }
  }

  /** Relative, plain segments only: nothing outside of the stage can be meant. */
  private Path path(byte[] name) throws IOException {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
      String[] segments = text.split("/", -1);
      for (String segment : segments) {
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
          throw new IOException("the packages hold a file with an impossible name: " + text);
        }
      }
      if (segments.length > DEEPEST) {
        throw new IOException("the packages hold folders deeper than " + DEEPEST);
      }
      return root.resolve(text);
    } catch (CharacterCodingException | InvalidPathException notText) {
      throw new IOException("the packages hold a file whose name cannot be written", notText);
    }
  }

  private void makeFolders(Path file) throws IOException {
    List<Path> missing = new ArrayList<>();
    for (Path at = file.getParent(); at != null && !Files.exists(at); at = at.getParent()) {
      missing.addFirst(at);
    }
    for (Path folder : missing) {
      Files.createDirectory(folder);
      folders.add(folder);
    }
  }

  private void count(int more) throws IOException {
    bytes += more;
    if (bytes > bounds.bytes()) {
      throw new IOException("the packages take more than " + (bounds.bytes() >> 20) + " MiB");
    }
    if (files.size() + folders.size() >= bounds.files()) {
      throw new IOException("the packages have more than " + bounds.files() + " files");
    }
  }

  /** Read-only, on the disk, and then at its place, or nowhere. */
  void publish(Path place) throws IOException {
    closeFile();
    for (Path file : files) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
      flush(file);
    }
    for (Path folder : folders.reversed()) {
      flush(folder);
      if (!folder.equals(root)) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
      }
    }
    // A folder that its owner may not write cannot be renamed everywhere.
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.move(root, place, StandardCopyOption.ATOMIC_MOVE);
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("r-xr-xr-x"));
    flush(place.resolveSibling("."));
  }

  /** To the disk. */
  static void flush(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private void closeFile() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }

  /** Removes what was not published; idempotent. */
  @Override
  public void close() throws IOException {
    closeFile();
    SetFolder.remove(root);
  }
}
