package io.patchbay.executor.box;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/**
 * What is known of a source: its bytes, what it imports, what it was compiled to. Safe for use by
 * many threads.
 */
final class KnownCode {
  /** Modules that take tens of milliseconds to import, and one zygote has imported. */
  private static final Pattern WEB_IMPORT =
      Pattern.compile(
          "^[ \\t]*(?:from|import)[ \\t]+(?:[\\w.]+(?:[ \\t]+as[ \\t]+\\w+)?[ \\t]*,[ \\t]*)*"
              + "(?:requests|urllib3|urllib\\.request|http\\.client|ssl)\\b",
          Pattern.MULTILINE);

  /** What a zygote has imported already; the numbers are those of the launcher. */
  enum Preload {
    BARE(0),
    WEB(1);

    private final int number;

    Preload(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  private final byte[] source;
  private final Preload preload;
  private volatile Compiled compiled = new Compiled(0, new byte[0]);

  KnownCode(String source) {
    this.source = source.getBytes(UTF_8);
    this.preload = WEB_IMPORT.matcher(source).find() ? Preload.WEB : Preload.BARE;
  }

  byte[] source() {
    return source;
  }

  Preload preload() {
    return preload;
  }

  /** Empty if it is not known for this launcher: another may have another Python. */
  byte[] bytecode(int generation) {
    Compiled known = compiled;
    return known.generation == generation ? known.bytecode : new byte[0];
  }

  void compiledTo(int generation, byte[] bytecode) {
    compiled = new Compiled(generation, bytecode);
  }

  /** Bytes that knowing this takes. */
  long size() {
    return 2L * source.length + compiled.bytecode.length;
  }

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Compiled(int generation, byte[] bytecode) {}
}
