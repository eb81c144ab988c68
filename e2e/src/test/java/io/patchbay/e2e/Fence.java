package io.patchbay.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A fenced block of a document.
 *
 * @param page path below the repository's folder
 * @param number 1 for the first of its page
 * @param line of the opening fence, from 1
 * @param language what stands behind the fence, maybe nothing
 * @param adjoins whether nothing but blank lines stands between it and the block before
 */
record Fence(String page, int number, int line, String language, String text, boolean adjoins) {
  private static final Pattern OPENING = Pattern.compile("(\\s*)```(\\S*).*");
  private static final Set<String> NOT_OURS =
      Set.of("target", "node_modules", "data", "results", ".git", ".maven");

  /** Every document of the repository, whoever adds one. */
  static List<String> pages() {
    List<String> pages = new ArrayList<>();
    collect(Program.ROOT, pages);
    return pages.stream().sorted().toList();
  }

  private static void collect(Path folder, List<String> pages) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (Files.isDirectory(file) && !Files.isSymbolicLink(file) && !NOT_OURS.contains(name)) {
          collect(file, pages);
        } else if (name.endsWith(".md")) {
          pages.add(Program.ROOT.relativize(file).toString());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Fence> of(String page) {
    try {
      return parse(page, Files.readAllLines(Program.ROOT.resolve(page)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Fence> parse(String page, List<String> lines) {
    List<Fence> fences = new ArrayList<>();
    boolean blank = false;
    for (int at = 0; at < lines.size(); at++) {
      Matcher opening = OPENING.matcher(lines.get(at));
      if (!opening.matches()) {
        blank = blank && lines.get(at).isBlank();
        continue;
      }
      int end = closing(page, lines, at);
      String text = text(lines.subList(at + 1, end), opening.group(1).length());
      fences.add(new Fence(page, fences.size() + 1, at + 1, opening.group(2), text, blank));
      at = end;
      blank = true;
    }
    return fences;
  }

  private static int closing(String page, List<String> lines, int opening) {
    for (int at = opening + 1; at < lines.size(); at++) {
      if (lines.get(at).strip().equals("```")) {
        return at;
      }
    }
    throw new AssertionError(page + ":" + (opening + 1) + ": the block has no end");
  }

  /** Without the indentation of the fence, which it has in a list. */
  private static String text(List<String> lines, int indentation) {
    var text = new StringBuilder();
    for (String line : lines) {
      int shared = Math.min(indentation, line.length() - line.stripLeading().length());
      text.append(line.substring(shared)).append('\n');
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return page + ":" + line + " " + (language.isEmpty() ? "(no language)" : language);
  }
}
