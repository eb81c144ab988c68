package io.patchbay.store;

import static io.patchbay.store.Tables.BOT_NAME;
import static io.patchbay.store.Tables.INVOCATION;
import static io.patchbay.store.Tables.INVOCATION_AUTH;
import static io.patchbay.store.Tables.INVOCATION_BOT;
import static io.patchbay.store.Tables.INVOCATION_CONVERSATION_NO;
import static io.patchbay.store.Tables.INVOCATION_DURATION;
import static io.patchbay.store.Tables.INVOCATION_EGRESS;
import static io.patchbay.store.Tables.INVOCATION_ENVIRONMENT;
import static io.patchbay.store.Tables.INVOCATION_FAILURE;
import static io.patchbay.store.Tables.INVOCATION_HASH;
import static io.patchbay.store.Tables.INVOCATION_ID;
import static io.patchbay.store.Tables.INVOCATION_INPUT;
import static io.patchbay.store.Tables.INVOCATION_LINE;
import static io.patchbay.store.Tables.INVOCATION_LOGS;
import static io.patchbay.store.Tables.INVOCATION_MEASURES;
import static io.patchbay.store.Tables.INVOCATION_MESSAGE;
import static io.patchbay.store.Tables.INVOCATION_NODE;
import static io.patchbay.store.Tables.INVOCATION_ORIGIN;
import static io.patchbay.store.Tables.INVOCATION_OUTPUT;
import static io.patchbay.store.Tables.INVOCATION_REASON;
import static io.patchbay.store.Tables.INVOCATION_STARTED;
import static io.patchbay.store.Tables.INVOCATION_STATE;
import static io.patchbay.store.Tables.INVOCATION_TRACEBACK;
import static io.patchbay.store.Tables.INVOCATION_TURN;
import static io.patchbay.store.Tables.INVOCATION_TYPE;
import static io.patchbay.store.Tables.INVOCATION_VERSION;

import io.patchbay.bot.Environment;
import io.patchbay.integration.EgressAttempt;
import io.patchbay.integration.Failure;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.InvocationRecord;
import io.patchbay.integration.InvocationRecord.MessageRef;
import io.patchbay.integration.InvocationRecord.Origin;
import io.patchbay.integration.InvocationRecord.State;
import io.patchbay.integration.LogLine;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Record;
import tools.jackson.databind.JsonNode;

/** Rows of invocations: how a record is written, rewritten and read. */
final class InvocationSql {
  /** What never changes once the row is there, without the bot. */
  private static final List<Field<?>> FIXED =
      List.of(
          INVOCATION_ID,
          INVOCATION_NODE,
          INVOCATION_TYPE,
          INVOCATION_ORIGIN,
          INVOCATION_STARTED,
          INVOCATION_TURN,
          INVOCATION_AUTH,
          INVOCATION_CONVERSATION_NO,
          INVOCATION_MESSAGE,
          INVOCATION_HASH,
          INVOCATION_INPUT);

  /** What is known only at the end, or may be. */
  private static final List<Field<?>> OPEN =
      List.of(
          INVOCATION_ENVIRONMENT,
          INVOCATION_VERSION,
          INVOCATION_STATE,
          INVOCATION_DURATION,
          INVOCATION_REASON,
          INVOCATION_FAILURE,
          INVOCATION_TRACEBACK,
          INVOCATION_LINE,
          INVOCATION_MEASURES,
          INVOCATION_OUTPUT,
          INVOCATION_LOGS,
          INVOCATION_EGRESS);

  /** What may be large. */
  static final List<Field<?>> BULKY =
      List.of(INVOCATION_INPUT, INVOCATION_OUTPUT, INVOCATION_LOGS, INVOCATION_EGRESS);

  /** All that {@link #read} needs. */
  static final List<Field<?>> COLUMNS =
      Stream.of(List.of(BOT_NAME), FIXED, OPEN).<Field<?>>flatMap(List::stream).toList();

  /** All that {@link #readSummary} needs. */
  static final List<Field<?>> SUMMARY_COLUMNS =
      COLUMNS.stream().filter(column -> !BULKY.contains(column)).toList();

  /**
   * All that {@link #readSummary} and {@link RowSearch} need. A text of an earlier release that is
   * longer than what is kept now is not searched.
   */
  static final List<Field<?>> SEARCHED_COLUMNS =
      Stream.concat(SUMMARY_COLUMNS.stream(), RowSearch.BULKY.stream().map(InvocationSql::searched))
          .<Field<?>>map(column -> column)
          .toList();

  private final BotIds ids;
  private final String insert;
  private final String finish;

  private static Field<String> searched(Field<String> column) {
    return Sizes.upTo(Load.MOST_OF_TEXT, column).as(column);
  }

  InvocationSql(Database database, BotIds ids) {
    this.ids = ids;
    List<Field<?>> columns =
        Stream.of(List.of(INVOCATION_BOT), FIXED, OPEN).<Field<?>>flatMap(List::stream).toList();
    this.insert = database.sql().insert(INVOCATION, columns);
    this.finish = database.sql().update(INVOCATION, OPEN, INVOCATION_ID.eq(""));
  }

  /**
   * Adds a row.
   *
   * @throws io.patchbay.base.Refusal there is no such bot
   */
  void insert(Session session, Written invocation) {
    Bound row = session.on(insert).set(ids.require(session, invocation.record.bot()));
    setFixed(row, invocation.record);
    row.setText(invocation.input.or(() -> invocation.record.input().map(Written::input)));
    setOpen(row, invocation);
    row.execute();
  }

  /** Completes the started row, or adds a row where there is none. */
  void finish(Session session, Written invocation) {
    Bound row = session.on(finish);
    setOpen(row, invocation);
    if (row.set(invocation.record.invocationId()).execute() == 0) {
      insert(session, invocation);
    }
  }

  /**
   * A record and its texts, made before the writer thread gets to it.
   *
   * @param input empty also where it stands in the row already
   */
  record Written(
      InvocationRecord record,
      Optional<String> input,
      Optional<String> output,
      String logs,
      String egress,
      String measures) {

    static Written started(InvocationRecord record) {
      return of(record, record.input().map(Written::input));
    }

    static Written finished(InvocationRecord record) {
      return of(record, Optional.empty());
    }

    private static String input(JsonNode input) {
      return JsonText.write("the input", input);
    }

    Load addTo(Load load) {
      Optional<Failure> failure = record.failure();
      return load.with("the input", input.orElse(""))
          .with("the output", output.orElse(""))
          .with("the log lines", logs)
          .with("the connections", egress)
          .with("the failure", failure.map(Failure::message).orElse(""))
          .with("the traceback", failure.flatMap(Failure::traceback).orElse(""));
    }

    private static Written of(InvocationRecord record, Optional<String> input) {
      return new Written(
          record,
          input,
          record.output().map(output -> JsonText.write("the output", output)),
          EventJson.writeLogs(record.logs()),
          EventJson.writeEgress(record.egress()),
          EventJson.writeMeasures(record.measures()));
    }
  }

  /** From a row with {@link #COLUMNS}. */
  static InvocationRecord read(Record row) {
    return read(
        row,
        json(row, INVOCATION_INPUT),
        json(row, INVOCATION_OUTPUT),
        EventJson.readLogs(row.get(INVOCATION_LOGS)),
        EventJson.readEgress(row.get(INVOCATION_EGRESS)));
  }

  /** From a row with {@link #SUMMARY_COLUMNS}. */
  static InvocationRecord readSummary(Record row) {
    return read(row, Optional.empty(), Optional.empty(), List.of(), List.of());
  }

  /** In the order of {@link #FIXED}, all but the input. */
  private static void setFixed(Bound row, InvocationRecord invocation) {
    Optional<MessageRef> message = invocation.message();
    row.set(invocation.invocationId())
        .set(invocation.node())
        .set(invocation.type())
        .set(invocation.origin().name())
        .set(invocation.startedAt())
        .setText(message.map(MessageRef::turnId))
        .setText(message.map(MessageRef::authId))
        .setNumber(message.map(MessageRef::conversationNo))
        .setText(message.flatMap(MessageRef::messageId))
        .setText(message.map(MessageRef::messageHash));
  }

  /** In the order of {@link #OPEN}. */
  private static void setOpen(Bound row, Written written) {
    InvocationRecord invocation = written.record;
    Optional<Failure> failure = invocation.failure();
    row.setText(invocation.environment().map(Environment::wire))
        .setText(invocation.version())
        .set(invocation.state().wire())
        .set(invocation.duration().dividedBy(ChronoUnit.MICROS.getDuration()))
        .setText(failure.map(Failure::reason).map(FailureReason::wire))
        .setText(failure.map(Failure::message))
        .setText(failure.flatMap(Failure::traceback))
        .setNumber(failure.flatMap(Failure::line))
        .set(written.measures)
        .setText(written.output)
        .set(written.logs)
        .set(written.egress);
  }

  private static InvocationRecord read(
      Record row,
      Optional<JsonNode> input,
      Optional<JsonNode> output,
      List<LogLine> logs,
      List<EgressAttempt> egress) {
    return new InvocationRecord(
        row.get(INVOCATION_ID),
        row.get(BOT_NAME),
        row.get(INVOCATION_NODE),
        row.get(INVOCATION_TYPE),
        Origin.valueOf(row.get(INVOCATION_ORIGIN)),
        text(row, INVOCATION_ENVIRONMENT).flatMap(Environment::of),
        text(row, INVOCATION_VERSION),
        text(row, INVOCATION_TURN).map(turn -> message(row, turn)),
        State.valueOf(row.get(INVOCATION_STATE).toUpperCase(Locale.ROOT)),
        text(row, INVOCATION_REASON).flatMap(FailureReason::of).map(why -> failure(row, why)),
        Micros.instant(row.get(INVOCATION_STARTED)),
        Duration.of(row.get(INVOCATION_DURATION), ChronoUnit.MICROS),
        input,
        output,
        logs,
        egress,
        EventJson.readMeasures(row.get(INVOCATION_MEASURES)));
  }

  private static MessageRef message(Record row, String turnId) {
    return new MessageRef(
        turnId,
        row.get(INVOCATION_AUTH),
        row.get(INVOCATION_CONVERSATION_NO),
        text(row, INVOCATION_MESSAGE),
        row.get(INVOCATION_HASH));
  }

  private static Failure failure(Record row, FailureReason reason) {
    return new Failure(
        reason,
        row.get(INVOCATION_FAILURE),
        text(row, INVOCATION_TRACEBACK),
        Optional.ofNullable(row.get(INVOCATION_LINE)));
  }

  private static Optional<String> text(Record row, Field<String> column) {
    return Optional.ofNullable(row.get(column));
  }

  private static Optional<JsonNode> json(Record row, Field<String> column) {
    return text(row, column).map(JsonText::read);
  }
}
