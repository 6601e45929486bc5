package io.github.wasmspring.sqlite.tools;

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

  private static final String EXISTING = "SELECT lower(name) AS name FROM main.sqlite_schema";

  private final Connection copy;
  private final GuestAccess access;
  private final Duration timeout;
  private final Set<String> taken = new HashSet<>();
  private final Map<CandidateIndex, String> names = new HashMap<>();

  IndexTrials(Connection copy, Duration timeout) throws SQLException {
    this.copy = copy;
    this.access = ToolConnections.access(copy);
    this.timeout = timeout;
    for (SqlRow row : SqlRows.read(copy, EXISTING, List.of())) {
      this.taken.add(String.valueOf(row.get("name")));
    }
    ToolConnections.execute(copy, "PRAGMA analysis_limit=1000");
    analyze();
  }

  private void analyze() throws SQLException {
    ToolConnections.execute(this.copy, "ANALYZE main");
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
    create(candidates);
    try {
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

  void create(Collection<CandidateIndex> indexes) throws SQLException {
    for (CandidateIndex index : indexes) {
      ToolConnections.execute(this.copy, index.sql(name(index)));
    }
    analyze();
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
    return first.complete() && first.nanos() < this.timeout.toNanos() / 4 ? once(statement) : first;
  }

  /** What it changes is taken back. */
  private StatementCost once(WorkloadStatement statement) throws SQLException {
    ToolConnections.execute(this.copy, "BEGIN");
    try {
      return this.access.measure(statement.sql(), statement.values(), this.timeout);
    } finally {
      ToolConnections.execute(this.copy, "ROLLBACK");
    }
  }

  DatabaseSize size() throws SQLException {
    return DatabaseOptimization.size(this.copy);
  }
}
