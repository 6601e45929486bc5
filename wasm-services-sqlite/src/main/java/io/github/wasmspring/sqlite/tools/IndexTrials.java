package io.github.wasmspring.sqlite.tools;

import io.github.wasmspring.internal.sqlite.guest.ResultCode;
import io.github.wasmspring.internal.sqlite.jdbc.GuestAccess;
import io.github.wasmspring.internal.sqlite.jdbc.StatementCost;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Creates indexes on a copy, and looks what statements make of them. */
final class IndexTrials {

  /** What a statement is given when time is up. */
  private static final Duration LEAST = Duration.ofMillis(1);

  /** SQLite's own limit. */
  private static final long MOST_PAGES = 0xfffffffeL;

  private static final String EXISTING = "SELECT lower(name) AS name FROM main.sqlite_schema";

  private final Connection copy;
  private final GuestAccess access;
  private final AdvisorSettings settings;
  private final long end;
  private final Set<String> taken = new HashSet<>();
  private final Map<CandidateIndex, String> names = new HashMap<>();
  private boolean full;

  /**
   * @param end when time is up, by the clock of {@link System#nanoTime}
   */
  IndexTrials(Connection copy, AdvisorSettings settings, long end) throws SQLException {
    this.copy = copy;
    this.access = ToolConnections.access(copy);
    this.settings = settings;
    this.end = end;
    for (SqlRow row : SqlRows.read(copy, EXISTING, List.of())) {
      this.taken.add(String.valueOf(row.get("name")));
    }
    DatabaseSize size = size();
    long most = size.pages() + Math.max(1, settings.databaseBytes() / size.pageSize());
    ToolConnections.execute(copy, "PRAGMA main.max_page_count=" + Math.min(MOST_PAGES, most));
    ToolConnections.execute(copy, "PRAGMA analysis_limit=1000");
    inTime("ANALYZE main");
  }

  /** Whether a statement has come to its end before time is up, and there was room for it. */
  private boolean inTime(String sql) throws SQLException {
    Duration left = left();
    if (left.isZero() || Thread.currentThread().isInterrupted()) {
      return false;
    }
    try {
      return this.access.measure(sql, List.of(), left).complete();
    } catch (SQLException failure) {
      if (ResultCode.primary(failure.getErrorCode()) != ResultCode.FULL) {
        throw failure;
      }
      this.full = true;
      return false;
    }
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(0, this.end - System.nanoTime()));
  }

  /** Whether there was no room for some index. */
  boolean isFull() {
    return this.full;
  }

  /** How many indexes were thought of. */
  int tried() {
    return this.names.size();
  }

  String name(CandidateIndex index) {
    return this.names.computeIfAbsent(index, this::newName);
  }

  private String newName(CandidateIndex index) {
    String name = index.plainName();
    for (int number = 2; !this.taken.add(name.toLowerCase(Locale.ROOT)); number++) {
      name = index.plainName() + "_" + number;
    }
    return name;
  }

  /** For each statement those that it would use if all were there. */
  List<Set<CandidateIndex>> used(
      Collection<CandidateIndex> candidates, Collection<WorkloadStatement> statements)
      throws SQLException {
    try {
      if (!create(candidates)) {
        return List.of();
      }
      List<Set<CandidateIndex>> all = new ArrayList<>();
      for (WorkloadStatement statement : statements) {
        Set<String> used = new HashSet<>();
        for (PlanStep.Read read : plan(statement).reads()) {
          used.add(String.valueOf(read.index()));
        }
        Set<CandidateIndex> found = new LinkedHashSet<>(candidates);
        found.removeIf(index -> !used.contains(name(index)));
        all.add(found);
      }
      return all;
    } finally {
      drop(candidates);
    }
  }

  /**
   * @return {@code false} if time or room did not suffice for all
   */
  boolean create(Collection<CandidateIndex> indexes) throws SQLException {
    for (CandidateIndex index : indexes) {
      if (!inTime(index.sql(name(index)))) {
        return false;
      }
    }
    return inTime("ANALYZE main");
  }

  /** One that was tried, and is there from now on; it was made in time before. */
  void keep(CandidateIndex index) throws SQLException {
    ToolConnections.execute(this.copy, index.sql(name(index)));
    ToolConnections.execute(this.copy, "ANALYZE main");
  }

  void drop(Collection<CandidateIndex> indexes) throws SQLException {
    for (CandidateIndex index : indexes) {
      ToolConnections.execute(
          this.copy, "DROP INDEX IF EXISTS main." + ToolConnections.quoted(name(index)));
    }
  }

  QueryPlan plan(WorkloadStatement statement) throws SQLException {
    return QueryPlan.of(
        SqlRows.read(this.copy, "EXPLAIN QUERY PLAN " + statement.sql(), statement.values()));
  }

  List<StatementTrial> run(Collection<WorkloadStatement> statements) throws SQLException {
    List<StatementTrial> costs = new ArrayList<>();
    for (WorkloadStatement statement : statements) {
      costs.add(new StatementTrial(statement, plan(statement), cost(statement)));
    }
    return costs;
  }

  /** The second run, if there is time for one: by then the pages are in memory. */
  private StatementCost cost(WorkloadStatement statement) throws SQLException {
    StatementCost first = once(statement);
    return first.complete() && first.nanos() < this.settings.statement().toNanos() / 4
        ? once(statement)
        : first;
  }

  /** What it changes is taken back. */
  private StatementCost once(WorkloadStatement statement) throws SQLException {
    ToolConnections.execute(this.copy, "BEGIN");
    try {
      return this.access.measure(statement.sql(), statement.values(), timeout());
    } finally {
      // A statement that is stopped while it writes may have taken the transaction with it.
      if (this.access.isInTransaction()) {
        ToolConnections.execute(this.copy, "ROLLBACK");
      }
    }
  }

  private Duration timeout() {
    Duration left = left();
    Duration most =
        left.compareTo(this.settings.statement()) < 0 ? left : this.settings.statement();
    return most.compareTo(LEAST) < 0 ? LEAST : most;
  }

  DatabaseSize size() throws SQLException {
    return DatabaseOptimization.size(this.copy);
  }
}
