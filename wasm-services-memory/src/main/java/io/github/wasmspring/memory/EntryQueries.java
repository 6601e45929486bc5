package io.github.wasmspring.memory;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is asked of one namespace. Rows that have expired are never among the answers. */
final class EntryQueries {

  private static final String NEWEST =
      " FROM wasm_memory_entry e WHERE e.namespace = (SELECT id FROM wasm_memory_namespace WHERE name = ?)"
          + " AND e.newest = 1 AND (e.expires IS NULL OR e.expires > ?)";

  /** The sign keeps the database from looking through the namespace in place of the versions. */
  static final String BY_VERSION =
      """
      SELECT %s FROM wasm_memory_entry e
        WHERE +e.namespace = (SELECT id FROM wasm_memory_namespace WHERE name = ?)
          AND e.newest = 1 AND (e.expires IS NULL OR e.expires > ?) AND e.version IN (%s)""";

  private static final int MOST_VERSIONS_AT_ONCE = 200;

  private final String namespace;

  EntryQueries(String namespace) {
    this.namespace = namespace;
  }

  /** {@code null} if there is none. */
  @Nullable RawEntry get(SqlSession session, String key, long now) throws SQLException {
    return session.first(
        "SELECT " + RawEntry.COLUMNS + NEWEST + " AND e.key = ?",
        RawEntry::read,
        this.namespace,
        now,
        key);
  }

  List<RawEntry> versions(SqlSession session, String key, int most, long now) throws SQLException {
    if (get(session, key, now) == null) {
      return List.of();
    }
    RecallSize size = new RecallSize(this.namespace);
    return session.list(
        """
        SELECT %s FROM wasm_memory_entry e
          WHERE e.namespace = (SELECT id FROM wasm_memory_namespace WHERE name = ?) AND e.key = ?
            AND (e.expires IS NULL OR e.expires > ?)
          ORDER BY e.version DESC LIMIT ?"""
            .formatted(RawEntry.COLUMNS),
        row -> size.counted(RawEntry.read(row)),
        this.namespace,
        key,
        now,
        most);
  }

  List<RawEntry> recall(SqlSession session, MemoryQuery query, long now) throws SQLException {
    List<Long> versions = versions(session, query, now);
    Map<Long, RawEntry> rows = new HashMap<>();
    newest(session, versions, now).forEach(row -> rows.put(row.version(), row));
    return versions.stream().map(rows::get).filter(Objects::nonNull).toList();
  }

  /** Without values: what has to be sorted is more than what is answered. */
  private List<Long> versions(SqlSession session, MemoryQuery query, long now) throws SQLException {
    StringBuilder sql = new StringBuilder("SELECT e.version" + NEWEST);
    List<Object> values = new ArrayList<>(List.of(this.namespace, now));
    addPrefix(query.prefix(), sql, values);
    for (String tag : query.allTags()) {
      addTags(List.of(tag), sql, values);
    }
    if (!query.anyTags().isEmpty()) {
      addTags(List.copyOf(query.anyTags()), sql, values);
    }
    if (query.from() != null) {
      sql.append(" AND e.written >= ?");
      values.add(MemoryQuery.millis(query.from()));
    }
    if (query.before() != null) {
      sql.append(" AND e.written < ?");
      values.add(MemoryQuery.millis(query.before()));
    }
    sql.append(
        switch (query.order()) {
          case NEWEST -> " ORDER BY e.written DESC, e.version DESC";
          case OLDEST -> " ORDER BY e.written, e.version";
          case KEY -> " ORDER BY e.key";
        });
    sql.append(" LIMIT ?");
    values.add(query.limit());
    return session.list(sql.toString(), row -> row.getLong(1), values.toArray());
  }

  private void addTags(List<String> anyOf, StringBuilder sql, List<Object> values) {
    sql.append(
            " AND e.version IN (SELECT t.version FROM wasm_memory_tag t"
                + " WHERE t.namespace = (SELECT id FROM wasm_memory_namespace WHERE name = ?) AND t.tag IN (?")
        .append(", ?".repeat(anyOf.size() - 1))
        .append("))");
    values.add(this.namespace);
    values.addAll(anyOf);
  }

  private static void addPrefix(String prefix, StringBuilder sql, List<Object> values) {
    if (!prefix.isEmpty()) {
      sql.append(" AND e.key >= ?");
      values.add(prefix);
      String end = firstAfter(prefix);
      if (end != null) {
        sql.append(" AND e.key < ?");
        values.add(end);
      }
    }
  }

  /**
   * The first text after all that begin with a prefix, in the order of code points, which is that
   * of UTF-8; {@code null} if there is none.
   */
  static @Nullable String firstAfter(String prefix) {
    int[] points = prefix.codePoints().toArray();
    for (int last = points.length - 1; last >= 0; last--) {
      if (points[last] < Character.MAX_CODE_POINT) {
        int next = points[last] + 1;
        // These stand for halves of others, and have no UTF-8.
        points[last] = next == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : next;
        return new String(points, 0, last + 1);
      }
    }
    return null;
  }

  /**
   * @param after {@code null} to begin with the first
   */
  List<String> keys(SqlSession session, String prefix, @Nullable String after, int limit, long now)
      throws SQLException {
    StringBuilder sql = new StringBuilder("SELECT e.key" + NEWEST);
    List<Object> values = new ArrayList<>(List.of(this.namespace, now));
    addPrefix(prefix, sql, values);
    if (after != null) {
      sql.append(" AND e.key > ?");
      values.add(after);
    }
    sql.append(" ORDER BY e.key LIMIT ?");
    values.add(limit);
    return session.list(sql.toString(), row -> row.getString(1), values.toArray());
  }

  /** Those of certain versions that are the newest of their keys still. */
  List<RawEntry> newest(SqlSession session, List<Long> versions, long now) throws SQLException {
    List<RawEntry> found = new ArrayList<>();
    RecallSize size = new RecallSize(this.namespace);
    for (int at = 0; at < versions.size(); at += MOST_VERSIONS_AT_ONCE) {
      List<Long> some = versions.subList(at, Math.min(versions.size(), at + MOST_VERSIONS_AT_ONCE));
      List<Object> values = new ArrayList<>(List.of(this.namespace, now));
      values.addAll(some);
      found.addAll(
          session.list(
              BY_VERSION.formatted(RawEntry.COLUMNS, "?" + ", ?".repeat(some.size() - 1)),
              row -> size.counted(RawEntry.read(row)),
              values.toArray()));
    }
    return found;
  }

  /**
   * A namespace in numbers.
   *
   * @param id 0 if nothing was ever put into it
   */
  record Figures(long id, long entries, long versions, long bytes) {}

  Figures figures(SqlSession session, long now) throws SQLException {
    Figures none = new Figures(0, 0, 0, 0);
    Figures found =
        session.first(
            """
            SELECT n.id, n.bytes,
                (SELECT count(*) FROM wasm_memory_entry e WHERE e.namespace = n.id),
                (SELECT count(*) FROM wasm_memory_entry e WHERE e.namespace = n.id AND e.newest = 1
                  AND (e.expires IS NULL OR e.expires > ?))
              FROM wasm_memory_namespace n WHERE n.name = ?""",
            row -> new Figures(row.getLong(1), row.getLong(4), row.getLong(3), row.getLong(2)),
            now,
            this.namespace);
    return found == null ? none : found;
  }
}
