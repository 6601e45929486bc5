package io.github.wasmspring.sqlite.tools;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of which tables statements name, themselves or through views. What a name stands
 * for is left to SQLite, which says later whether it would use an index; a name too many costs a
 * trial.
 */
final class WorkloadColumns {

  private static final long STORED = 3;

  private final Map<String, List<String>> columns = new LinkedHashMap<>();
  private final Map<String, String> views = new HashMap<>();

  private WorkloadColumns() {}

  static WorkloadColumns of(Connection connection) throws SQLException {
    WorkloadColumns all = new WorkloadColumns();
    String schema =
        "SELECT type, name, sql FROM main.sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    for (SqlRow row : SqlRows.read(connection, schema, List.of())) {
      String name = String.valueOf(row.get("name"));
      if ("view".equals(row.get("type"))) {
        all.views.put(lower(name), String.valueOf(row.get("sql")));
      } else if (!"create virtual".equals(start(row.get("sql")))) {
        all.columns.put(name, columns(connection, name));
      }
    }
    return all;
  }

  private static String start(@Nullable Object sql) {
    List<String> words = SqlWords.of(String.valueOf(sql));
    return words.size() < 2 ? "" : words.get(0) + " " + words.get(1);
  }

  private static List<String> columns(Connection connection, String table) throws SQLException {
    String sql = "PRAGMA main.table_xinfo(%s)".formatted(ToolConnections.quoted(table));
    List<String> names = new ArrayList<>();
    for (SqlRow row : SqlRows.read(connection, sql, List.of())) {
      if (row.getLong("hidden") == 0 || row.getLong("hidden") == STORED) {
        names.add(String.valueOf(row.get("name")));
      }
    }
    return names;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The columns that each table of a statement may be asked by. */
  Map<String, List<String>> named(String sql) {
    Set<String> words = words(sql);
    Map<String, List<String>> named = new LinkedHashMap<>();
    this.columns.forEach(
        (table, all) -> {
          List<String> some = all.stream().filter(column -> words.contains(lower(column))).toList();
          if (words.contains(lower(table)) && !some.isEmpty()) {
            named.put(table, some);
          }
        });
    return named;
  }

  private Set<String> words(String sql) {
    Set<String> words = new HashSet<>(SqlWords.of(sql));
    Deque<String> unread = new ArrayDeque<>(words);
    while (!unread.isEmpty()) {
      String view = this.views.get(unread.pop());
      for (String word : view == null ? List.<String>of() : SqlWords.of(view)) {
        if (words.add(word)) {
          unread.push(word);
        }
      }
    }
    return words;
  }
}
