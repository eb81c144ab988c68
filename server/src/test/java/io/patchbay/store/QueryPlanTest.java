package io.patchbay.store;

import static io.patchbay.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.integration.InvocationLog.Filter;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Record;
import org.jooq.Select;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements that must stay fast with millions of rows use an index, and sort nothing. */
final class QueryPlanTest {
  @SuppressWarnings("NullAway.Init") // set before each test
  private Database database;

  @BeforeEach
  void open(@TempDir Path folder) {
    database = Database.open(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void each_filter_of_the_invocations_has_its_index() {
    assertIndex("invocation_time");
    assertIndex("invocation_time", "outcome", "succeeded");
    assertIndex("invocation_state", "outcome", "failed");
    assertIndex("invocation_origin", "origin", "TEST");
    assertIndex("invocation_time", "origin", "CHAT");
    assertIndex("invocation_node", "node", "TRACK", "since", NOON.toString());
    assertIndex("invocation_reason", "reason", "timeout");
    assertIndex("invocation_environment", "environment", "staging");
    assertIndex("invocation_time", "version", "v1");
    assertIndex("invocation_origin", "version", "draft");
  }

  @Test
  void an_end_of_time_and_a_text_leave_each_filter_its_index() {
    for (String[] also : List.of(until(), text(), new String[] {"version", "v1"})) {
      assertIndex("invocation_time", also);
      assertIndex("invocation_state", with(also, "outcome", "failed"));
      assertIndex("invocation_origin", with(also, "origin", "TEST"));
      assertIndex("invocation_node", with(also, "node", "TRACK"));
      assertIndex("invocation_reason", with(also, "reason", "timeout"));
      assertIndex("invocation_environment", with(also, "environment", "staging"));
    }
  }

  @Test
  void only_a_search_for_a_text_reads_the_bulk() {
    String search = query(Filters.of("acme", text()), Optional.empty()).getSQL();
    String list = query(Filters.of("acme", until()), Optional.empty()).getSQL();

    assertThat(search).contains("output");
    assertThat(list).doesNotContain("output").doesNotContain("input").doesNotContain("logs");
  }

  private static String[] until() {
    return new String[] {"until", NOON.toString()};
  }

  private static String[] text() {
    return new String[] {"text", "abc"};
  }

  private static String[] with(String[] parts, String... more) {
    return Stream.concat(Stream.of(parts), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void no_statement_of_a_turn_scans_a_table_or_sorts() {
    List<String> statements = new SqlConversationStore(database).reads();
    assertThat(statements).hasSizeGreaterThan(3);
    for (String sql : statements) {
      List<String> plan =
          database.read(
              session -> session.on("explain query plan " + sql).fetch(99, QueryPlanTest::step));
      assertThat(plan)
          .as(sql)
          .isNotEmpty()
          .noneMatch(step -> step.startsWith("SCAN"))
          .noneMatch(QueryPlanTest::sorts);
    }
  }

  private static String step(ResultSet row) throws SQLException {
    return row.getString("detail");
  }

  private void assertIndex(String index, String... filter) {
    for (var after : List.of(Optional.<long[]>empty(), Optional.of(new long[] {1, 2}))) {
      List<String> plan =
          database.read(session ->
              session
                  .dsl()
                  .resultQuery("explain query plan {0}", query(Filters.of("acme", filter), after))
                  .fetch("detail", String.class));
      assertThat(plan)
          .as(String.join(" ", filter))
          .anyMatch(step -> step.contains("invocation USING INDEX " + index + " ("))
          .noneMatch(step -> step.startsWith("SCAN"))
          .noneMatch(QueryPlanTest::sorts);
    }
  }

  private Select<Record> query(Filter filter, Optional<long[]> after) {
    return database.read(session -> SqlInvocationLog.query(session.dsl(), 1, filter, after, 51));
  }

  private static boolean sorts(String step) {
    return step.contains("TEMP B-TREE");
  }
}
