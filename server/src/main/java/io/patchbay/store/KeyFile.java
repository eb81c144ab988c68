package io.patchbay.store;

import io.patchbay.store.StoreFailure.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * A file with the key that encrypts variables: 32 bytes in base 64, as {@code openssl rand -base64
 * 32} prints them. A key file is never overwritten.
 */
final class KeyFile {
  static final int KEY_BYTES = 32;
  private static final int MAX_FILE_BYTES = 1024;
  static final String NAME = "variables.key";

  private KeyFile() {}

  /** The data folder's own key file. */
  static Path in(Path folder) {
    return folder.resolve(NAME);
  }

  /** Makes a key file that only this user may read, on the disk when it returns. */
  static void create(Path file, SecureRandom random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      OwnerOnly.createFile(fresh);
      writeAndFlush(fresh, Base64.getEncoder().encodeToString(key) + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      OwnerOnly.flushFolderOf(file);
    } catch (IOException e) {
      throw new StoreFailure(Kind.FOLDER, "The key file " + file + " cannot be made: " + e, e);
    }
  }

  /**
   * @throws StoreFailure it is missing, may be read by others, or holds no key
   */
  static byte[] read(Path file) {
    try {
      checkPermissions(file);
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw noKey(file);
      }
      byte[] key =
          Base64.getDecoder().decode(Files.readString(file, StandardCharsets.US_ASCII).strip());
      if (key.length != KEY_BYTES) {
        throw noKey(file);
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw noKey(file);
    } catch (IOException e) {
      throw new StoreFailure(
          Kind.KEY,
          "The key file "
              + file
              + " cannot be read: "
              + e
              + ". Make one with: (umask 077;"
              + " openssl rand -base64 32 > FILE)",
          e);
    }
  }

  private static void checkPermissions(Path file) throws IOException {
    Set<PosixFilePermission> permissions = OwnerOnly.permissions(file);
    // Group may read: container platforms mount secrets so.
    if (permissions.contains(PosixFilePermission.OTHERS_READ)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)
        || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
      throw new StoreFailure(
          Kind.KEY, "The key file " + file + " may be used by other users; run: chmod 600 " + file);
    }
  }

  private static StoreFailure noKey(Path file) {
    return new StoreFailure(
        Kind.KEY, "The key file " + file + " does not hold 32 bytes in base 64");
  }

  private static void writeAndFlush(Path file, String text) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
