package io.patchbay.store;

import static io.patchbay.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.bot.Environment;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.InvocationLog.Filter;
import io.patchbay.integration.InvocationRecord.Origin;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements that must stay fast with millions of rows use an index, and sort nothing. */
final class QueryPlanTest {
  private static final Filter ALL =
      new Filter(
          "acme",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

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
    assertIndex("invocation_time", ALL);
    assertIndex("invocation_time", with(ALL, Optional.of("succeeded"), Optional.empty()));
    assertIndex("invocation_state", with(ALL, Optional.of("failed"), Optional.empty()));
    assertIndex("invocation_origin", with(ALL, Optional.empty(), Optional.of(Origin.TEST)));
    assertIndex("invocation_time", with(ALL, Optional.empty(), Optional.of(Origin.CHAT)));
    assertIndex(
        "invocation_node",
        new Filter(
            "acme",
            Optional.of("TRACK"),
            ALL.outcome(),
            ALL.reason(),
            ALL.origin(),
            ALL.environment(),
            Optional.of(NOON)));
    assertIndex(
        "invocation_reason",
        new Filter(
            "acme",
            ALL.node(),
            ALL.outcome(),
            Optional.of(FailureReason.TIMEOUT),
            ALL.origin(),
            ALL.environment(),
            ALL.since()));
    assertIndex(
        "invocation_environment",
        new Filter(
            "acme",
            ALL.node(),
            ALL.outcome(),
            ALL.reason(),
            ALL.origin(),
            Optional.of(Environment.STAGING),
            ALL.since()));
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

  private void assertIndex(String index, Filter filter) {
    for (var after : List.of(Optional.<long[]>empty(), Optional.of(new long[] {1, 2}))) {
      List<String> plan =
          database.read(session ->
              session
                  .dsl()
                  .resultQuery(
                      "explain query plan {0}",
                      SqlInvocationLog.query(session.dsl(), 1, filter, after, 50))
                  .fetch("detail", String.class));
      assertThat(plan)
          .anyMatch(step -> step.contains("invocation USING INDEX " + index + " ("))
          .noneMatch(step -> step.startsWith("SCAN"))
          .noneMatch(QueryPlanTest::sorts);
    }
  }

  private static boolean sorts(String step) {
    return step.contains("TEMP B-TREE");
  }

  private static Filter with(Filter filter, Optional<String> outcome, Optional<Origin> origin) {
    return new Filter(
        filter.bot(),
        filter.node(),
        outcome,
        filter.reason(),
        origin,
        filter.environment(),
        filter.since());
  }
}
