package io.patchbay.server;

import io.patchbay.base.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** The administrator's token: given by the operator, or made once and kept in the data folder. */
final class AdminToken {
  static final String FILE = "admin-token";

  private static final int BYTES = 32;

  private AdminToken() {}

  static Secret of(Optional<String> given, Path data, SecureRandom random) throws IOException {
    if (given.isPresent()) {
      return new Secret(checked(given.get(), "PATCHBAY_ADMIN_TOKEN"));
    }
    Path file = data.resolve(FILE);
    if (Files.exists(file)) {
      return new Secret(checked(Files.readString(file).strip(), file.toString()));
    }
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String token = "pb_" + HexFormat.of().formatHex(bytes);
    write(file, token + "\n");
    return new Secret(token);
  }

  /** All of it or nothing: a file cut short by a kill or a full disk would prevent every start. */
  private static void write(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(FILE + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String checked(String token, String from) {
    if (token.length() < 16 || !token.chars().allMatch(c -> c > 32 && c < 127)) {
      throw new IllegalStateException(
          "The administrator token of "
              + from
              + " must have at least 16 printable ASCII characters without spaces");
    }
    return token;
  }
}
