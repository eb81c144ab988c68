import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * Starts a process in bubblewrap for every request: arguments are the port, Python, and its script
 * with what the script takes, all of them files.
 */
final class PerCall {
  private static final List<String> BOX =
      List.of(
          "bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--ro-bind", "/", "/",
          "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--clearenv");

  public static void main(String[] arguments) throws IOException {
    List<String> files = List.of(arguments).subList(2, arguments.length);
    List<String> command = new ArrayList<>(BOX);
    // They may be in /tmp, which the box has empty.
    files.forEach(file -> command.addAll(List.of("--ro-bind", file, file)));
    command.addAll(List.of("--", arguments[1], "-ISE"));
    command.addAll(files);
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
    HttpServer server = HttpServer.create(address, 1024);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> answer(exchange, command));
    server.start();
  }

  private static void answer(HttpExchange exchange, List<String> command) throws IOException {
    try (exchange) {
      byte[] payload = exchange.getRequestBody().readAllBytes();
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      try (var input = process.getOutputStream()) {
        input.write(payload);
      }
      byte[] reply = process.getInputStream().readAllBytes();
      boolean done = process.waitFor() == 0;
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(done ? 200 : 500, reply.length == 0 ? -1 : reply.length);
      exchange.getResponseBody().write(reply);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
