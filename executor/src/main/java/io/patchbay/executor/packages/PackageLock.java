package io.patchbay.executor.packages;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Exactly which wheels a set is made of.
 *
 * @param text lines such as {@code requests==2.32.5 --hash=sha256:...}, in order, each ended; empty
 *     where nothing is needed
 */
public record PackageLock(String text) {
  public static final PackageLock EMPTY = new PackageLock("");

  private static final int MOST_LINES = 1000;
  private static final Pattern LINE =
      Pattern.compile(
          "([a-z0-9][a-z0-9-]{0,99})==([A-Za-z0-9.!+_]{1,100}) --hash=sha256:[0-9a-f]{64}");

  /** Refuses whatever is not a lock: it becomes input of pip, and part of a name. */
  public PackageLock {
    List<String> lines = text.lines().toList();
    if (lines.size() > MOST_LINES) {
      throw new IllegalArgumentException("a lock has at most " + MOST_LINES + " packages");
    }
    if (!text.isEmpty() && !text.equals(String.join("\n", lines) + "\n")) {
      throw new IllegalArgumentException("a lock has lines that end with a line feed");
    }
    lines.stream()
        .filter(line -> !LINE.matcher(line).matches())
        .findFirst()
        .ifPresent(line -> {
          throw new IllegalArgumentException("not a line of a lock: " + line);
        });
  }

  public record Pinned(String name, String version) {}

  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** By name. */
  public List<Pinned> packages() {
    return text.lines().map(PackageLock::read).toList();
  }

  private static Pinned read(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalStateException("checked when it was made");
    }
    return new Pinned(parts.group(1), parts.group(2));
  }
}
