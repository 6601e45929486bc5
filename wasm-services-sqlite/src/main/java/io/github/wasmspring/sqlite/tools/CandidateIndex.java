package io.github.wasmspring.sqlite.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An index that there could be. */
record CandidateIndex(String table, List<String> columns) {

  CandidateIndex {
    columns = List.copyOf(columns);
  }

  CandidateIndex with(String column) {
    List<String> more = new ArrayList<>(this.columns);
    more.add(column);
    return new CandidateIndex(this.table, more);
  }

  /** A name that tells what it is; others may have it already. */
  String plainName() {
    return (this.table + "_" + String.join("_", this.columns)).replaceAll("[^A-Za-z0-9_]", "_");
  }

  String sql(String name) {
    return "CREATE INDEX %s ON %s (%s)"
        .formatted(
            ToolConnections.quoted(name),
            ToolConnections.quoted(this.table),
            this.columns.stream().map(ToolConnections::quoted).collect(Collectors.joining(", ")));
  }
}
