package io.patchbay.fuzz;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps what the server logs as errors: what broke inside shows there and nowhere else. Exporters
 * of traces, which this server has none of, are those of other tests in this JVM.
 */
final class LogWatch extends Handler implements AutoCloseable {
  private static final int MOST = 50;
  private static final String NOT_OURS = "io.opentelemetry.";

  private final Logger root = Logger.getLogger("");
  private final List<String> errors = new CopyOnWriteArrayList<>();

  static LogWatch start() {
    LogWatch watch = new LogWatch();
    watch.root.addHandler(watch);
    return watch;
  }

  List<String> errors() {
    return List.copyOf(errors);
  }

  @Override
  public void publish(LogRecord entry) {
    boolean ours = !String.valueOf(entry.getLoggerName()).startsWith(NOT_OURS);
    boolean error = entry.getLevel().intValue() >= Level.SEVERE.intValue();
    if (ours && error && errors.size() < MOST) {
      StringWriter text = new StringWriter();
      text.append(entry.getLoggerName()).append(": ").append(entry.getMessage()).append('\n');
      Optional.ofNullable(entry.getThrown())
          .ifPresent(thrown -> thrown.printStackTrace(new PrintWriter(text, true)));
      errors.add(text.toString());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
  }
}
