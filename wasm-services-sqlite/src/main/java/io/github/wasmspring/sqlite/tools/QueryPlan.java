package io.github.wasmspring.sqlite.tools;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How SQLite would run a statement: {@code EXPLAIN QUERY PLAN} as a tree. It depends on the schema,
 * and on what {@code ANALYZE} has found.
 *
 * @param nodes at the top, in the order in which they run
 */
public record QueryPlan(List<PlanNode> nodes) {

  public QueryPlan {
    nodes = List.copyOf(nodes);
  }

  static QueryPlan of(Connection connection, String sql) throws SQLException {
    int parameters = ToolConnections.access(connection).parameters(sql);
    List<@Nullable Object> none = new ArrayList<>();
    for (int at = 0; at < parameters; at++) {
      none.add(null);
    }
    return of(SqlRows.read(connection, "EXPLAIN QUERY PLAN " + sql, none));
  }

  static QueryPlan of(SqlRows rows) {
    Map<Long, List<SqlRow>> byParent = new HashMap<>();
    for (SqlRow row : rows) {
      byParent.computeIfAbsent(row.getLong("parent"), none -> new ArrayList<>()).add(row);
    }
    return new QueryPlan(children(0, byParent));
  }

  private static List<PlanNode> children(long parent, Map<Long, List<SqlRow>> byParent) {
    List<PlanNode> nodes = new ArrayList<>();
    List<SqlRow> rows = byParent.remove(parent);
    for (SqlRow row : rows == null ? List.<SqlRow>of() : rows) {
      String detail = String.valueOf(row.getString("detail"));
      long id = row.getLong("id");
      nodes.add(new PlanNode((int) id, detail, PlanDetail.step(detail), children(id, byParent)));
    }
    return nodes;
  }

  /** All nodes, from the top. */
  public Stream<PlanNode> stream() {
    return this.nodes.stream().flatMap(PlanNode::stream);
  }

  /** How tables are read. */
  public List<PlanStep.Read> reads() {
    return stream()
        .map(PlanNode::step)
        .filter(PlanStep.Read.class::isInstance)
        .map(PlanStep.Read.class::cast)
        .toList();
  }

  /** What temporary trees are made for. */
  public List<PlanStep.TemporaryTree> temporaryTrees() {
    return stream()
        .map(PlanNode::step)
        .filter(PlanStep.TemporaryTree.class::isInstance)
        .map(PlanStep.TemporaryTree.class::cast)
        .toList();
  }

  /** A line for each node, below which its children stand. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (PlanNode node : this.nodes) {
      node.draw(text, "");
    }
    return text.toString();
  }
}
