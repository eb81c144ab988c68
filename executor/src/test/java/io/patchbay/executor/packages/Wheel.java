package io.patchbay.executor.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A tiny package, made in memory. */
final class Wheel {
  private final String name;
  private final String version;
  private final byte[] content;

  Wheel(String name, String version, byte[] content) {
    this.name = name;
    this.version = version;
    this.content = content;
  }

  String name() {
    return name;
  }

  byte[] content() {
    return content;
  }

  /** With one module of its own name, whose VERSION is its version. */
  static Wheel of(String name, String version, String... requires) {
    return of(name, version, Map.of(), requires);
  }

  static Wheel of(String name, String version, Map<String, String> more, String... requires) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(name + "/__init__.py", ("VERSION = '" + version + "'\n").getBytes(UTF_8));
    more.forEach((path, text) -> files.put(path, text.getBytes(UTF_8)));
    return new Wheel(name, version, zip(name, version, files, List.of(requires)));
  }

  /** Its second file has that many zeros, which take no room while they are packed. */
  static Wheel inflating(String name, long zeros) {
    return new Wheel(
        name, "1.0", zip(name, "1.0", Map.of(name + "/big.bin", new byte[(int) zeros]), List.of()));
  }

  static Wheel withManyFiles(String name, int files) {
    Map<String, byte[]> many = new LinkedHashMap<>();
    for (int i = 0; i < files; i++) {
      many.put(name + "/f" + i + ".txt", new byte[0]);
    }
    return new Wheel(name, "1.0", zip(name, "1.0", many, List.of()));
  }

  private static byte[] zip(
      String name, String version, Map<String, byte[]> files, List<String> requires) {
    String info = name + "-" + version + ".dist-info/";
    StringBuilder metadata =
        new StringBuilder(
            "Metadata-Version: 2.1\nName: %s\nVersion: %s\n".formatted(name, version));
    requires.forEach(one -> metadata.append("Requires-Dist: ").append(one).append('\n'));
    StringBuilder record = new StringBuilder();
    files.keySet().forEach(path -> record.append(path).append(",,\n"));
    Map<String, byte[]> all = new LinkedHashMap<>(files);
    all.put(info + "METADATA", metadata.toString().getBytes(UTF_8));
    all.put(
        info + "WHEEL",
        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            .getBytes(UTF_8));
    all.put(info + "RECORD", record.toString().getBytes(UTF_8));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (var file : all.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  String file() {
    return name + "-" + version + "-py3-none-any.whl";
  }

  String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
