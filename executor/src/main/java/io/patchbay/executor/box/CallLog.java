package io.patchbay.executor.box;

import io.patchbay.executor.Execution.LogRecord;
import io.patchbay.executor.Limits;
import io.patchbay.executor.frame.Frame;
import io.patchbay.executor.frame.Frame.Stream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What was seen of one call: log records, printed text cut into lines. Holds at most {@link
 * Limits#MAX_LOG} bytes of log. Printed lines are INFO, lines of standard error WARNING: libraries
 * use it for remarks as much as for errors.
 */
final class CallLog {
  private static final Set<String> LEVELS = Set.of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL");

  /** Counted beside the text, so that empty lines are not free. */
  private static final int RECORD_BYTES = 16;

  private final Clock clock;
  private final List<LogRecord> records = new ArrayList<>();
  private final Map<Stream, PrintedLines> printed = new EnumMap<>(Stream.class);
  private int room = Limits.MAX_LOG;
  private boolean cut;

  CallLog(Clock clock) {
    this.clock = clock;
    for (Stream stream : Stream.values()) {
      printed.put(stream, new PrintedLines(stream));
    }
  }

  void log(Frame.Log frame) {
    String level = LEVELS.contains(frame.level()) ? frame.level() : "INFO";
    add(level, frame.logger(), frame.message());
  }

  void print(Frame.Printed frame) {
    lines(frame.stream()).add(frame.data(), 0);
  }

  /** Skips what has come before: the call process and the launcher may send the same bytes. */
  void print(Frame.Raw frame) {
    lines(frame.stream()).addFrom(frame.offset(), frame.data());
  }

  /** All records, with lines that were not ended, and the last one saying so if it was cut. */
  List<LogRecord> records() {
    printed.values().forEach(PrintedLines::end);
    if (cut) {
      String message =
          "The log was cut: more than " + Limits.MAX_LOG + " bytes; the rest was dropped";
      records.add(new LogRecord("WARNING", "patchbay", message, clock.instant()));
      cut = false;
    }
    return records;
  }

  private PrintedLines lines(Stream stream) {
    return Objects.requireNonNull(printed.get(stream));
  }

  private void add(String level, String logger, String message) {
    int cost = RECORD_BYTES + utf8Length(logger) + utf8Length(message);
    String kept = message;
    if (cost > room) {
      int excess = cost - room;
      cut = true;
      kept = shortened(message, excess);
    }
    if (room > RECORD_BYTES) {
      records.add(new LogRecord(level, logger, kept, clock.instant()));
    }
    room = Math.max(0, room - cost);
  }

  private static String shortened(String text, int characters) {
    int end = Math.max(0, text.length() - characters);
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Bytes of one stream on their way to becoming lines. */
  private final class PrintedLines {
    private final String level;
    private final String logger;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private long rawSeen;

    PrintedLines(Stream stream) {
      level = stream == Stream.OUT ? "INFO" : "WARNING";
      logger = stream == Stream.OUT ? "stdout" : "stderr";
    }

    void addFrom(long offset, byte[] data) {
      long skip = Math.max(0, rawSeen - offset);
      if (skip < data.length) {
        rawSeen = offset + data.length;
        add(data, (int) skip);
      }
    }

    void add(byte[] data, int from) {
      for (int i = from; i < data.length && room > 0; i++) {
        if (data[i] == '\n') {
          endLine();
        } else {
          pending.write(data[i]);
          if (pending.size() > room) {
            endLine();
          }
        }
      }
      cut |= room == 0;
    }

    void end() {
      if (pending.size() > 0) {
        endLine();
      }
    }

    private void endLine() {
      CallLog.this.add(level, logger, pending.toString(StandardCharsets.UTF_8));
      pending.reset();
    }
  }
}
