package io.patchbay.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs the commands of a document in one shell, in order, as a reader would: in the repository's
 * folder, with the server's data beside it. They meet the program wherever it listens, and a
 * request that is refused ends them.
 */
final class DocumentShell implements AutoCloseable {
  /** For a page: some start the program three times. */
  private static final long PATIENCE_SECONDS = 600;

  private static final Pattern MARK = Pattern.compile("(?m)^\u0001(\\d+)\n");

  /** A start of the program, which is awaited and ended at once. */
  private static final Pattern START =
      Pattern.compile("(?m)(^|\\s)(\\./run|\\./patchbay serve)(?=\\s|$)");

  private static final String FUNCTIONS =
      """
      starts() {
        local log tries=0
        log=$(mktemp "$WORK/started.XXXXXX")
        printf '%(%T)T starting: %s\\n' -1 "$*" >&2
        "$@" --port 0 --data "$(mktemp -d "$WORK/data.XXXXXX")" >"$log" 2>&1 &
        until grep -q 'is ready' "$log"; do
          kill -0 $! && ((tries++ < 1200)) || { cat "$log" >&2; return 1; }
          sleep 0.1
        done
        printf '%(%T)T ready\\n' -1 >&2
        kill $!
        wait $! || true
        printf '%(%T)T ended, after %s\\n' -1 "$(head -n 1 "$log")" >&2
      }
      trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
      curl() {
        command curl --fail-with-body "${@//http:\\/\\/127.0.0.1:8080/$ADDRESS}"
      }
      """;

  /**
   * @param printed number of a block to what it printed; those behind one that failed are missing
   * @param error what went wrong, with the standard error; empty where all went well
   */
  record Result(Map<Integer, String> printed, String error) {}

  private final Program program;
  private final Path work;
  private final Path checkout;

  /**
   * @param data folder of the program
   * @param work an empty folder
   */
  DocumentShell(Program program, Path data, Path work) {
    this.program = program;
    this.work = work;
    this.checkout = work.resolve("checkout");
    try (Stream<Path> entries = Files.list(Program.ROOT)) {
      Files.createDirectories(checkout);
      for (Path entry : entries.toList()) {
        if (!entry.getFileName().toString().equals("data")) {
          Files.createSymbolicLink(checkout.resolve(entry.getFileName()), entry);
        }
      }
      Files.createSymbolicLink(checkout.resolve("data"), data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Result run(List<Fence> page) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(work, "page");
    for (Fence fence : page) {
      Files.writeString(folder.resolve(String.valueOf(fence.number())), fence.text());
    }
    Path script = Files.writeString(folder.resolve("script"), script(page));
    ProcessBuilder builder = new ProcessBuilder("bash", script.toString());
    builder.directory(checkout.toFile());
    builder.environment().put("ADDRESS", program.address);
    builder.environment().put("BLOCKS", folder.toString());
    builder.environment().put("WORK", work.toString());
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    String wrong = !ended ? "not done in time" : process.exitValue() == 0 ? "" : "failed";
    String error = wrong.isEmpty() ? "" : wrong + ": " + Files.readString(err);
    return new Result(printed(Files.readString(out)), error);
  }

  /** Whether this machine has what the block needs. */
  static boolean isPossible(Fence fence) {
    var need = DocumentRules.need(fence);
    if (need.isEmpty()) {
      return true;
    }
    try {
      return new ProcessBuilder("bash", "-c", need.get().getKey()).start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private static String script(List<Fence> page) {
    DocumentGiven given = DocumentGiven.of(page.getFirst().page());
    var script = new StringBuilder("set -eo pipefail\n").append(FUNCTIONS).append(given.shell());
    for (Fence fence : page) {
      if (fence.language().equals("sh") && DocumentRules.isExecuted(fence) && isPossible(fence)) {
        String commands = given.commands(fence);
        script.append("printf '\\n\\001").append(fence.number()).append("\\n'\n");
        script.append(START.matcher(commands).replaceAll("$1starts $2"));
      }
    }
    return script.append("printf '\\n\\0010\\n'\n").toString();
  }

  /** What stands between two marks; of the last one, what failed is not what was to be printed. */
  private static Map<Integer, String> printed(String output) {
    Map<Integer, String> printed = new TreeMap<>();
    Matcher mark = MARK.matcher(output);
    int number = 0;
    int from = 0;
    while (mark.find()) {
      printed.put(number, output.substring(from, mark.start()).strip());
      number = Integer.parseInt(mark.group(1));
      from = mark.end();
    }
    return printed;
  }

  /** Takes the links away, which would otherwise be warned of. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> entries = Files.list(checkout)) {
      for (Path entry : entries.filter(Files::isSymbolicLink).toList()) {
        Files.delete(entry);
      }
    }
  }
}
