package io.github.wasmspring.internal.sqlite.guest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prepared statements by their text. Each has one user at a time; one that has none is kept for the
 * next, the one that was used longest ago goes first.
 */
final class StatementCache {

  /** A pragma is not kept: some do what they do while they are prepared. */
  private static final Set<String> KEPT =
      Set.of(
          "select",
          "with",
          "values",
          "insert",
          "replace",
          "update",
          "delete",
          "begin",
          "commit",
          "end",
          "rollback",
          "savepoint",
          "release");

  private static final int LONGEST_WORD = 9;

  /** What is longer is rarely the same twice. */
  private static final int LONGEST = 16 << 10;

  private final int most;
  private final Map<String, Used> idle = new LinkedHashMap<>();
  private final Map<Integer, Used> used = new HashMap<>();
  private long schema;

  /**
   * A statement that somebody uses, or will.
   *
   * @param schema of which it was prepared
   * @param kept whether it has been kept before
   */
  private record Used(String sql, PreparedSql prepared, long schema, boolean kept) {}

  /**
   * @param most that are kept without a user, 0 for none
   */
  StatementCache(int most) {
    this.most = most;
  }

  /** Whether a statement is for this. */
  boolean keeps(String sql) {
    return this.most > 0 && sql.length() <= LONGEST && KEPT.contains(firstWord(sql));
  }

  private static String firstWord(String sql) {
    int start = 0;
    while (start < sql.length() && Character.isWhitespace(sql.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < sql.length()
        && end - start <= LONGEST_WORD
        && Character.isLetter(sql.charAt(end))) {
      end++;
    }
    return sql.substring(start, end).toLowerCase(Locale.ROOT);
  }

  /** What is to be let go, for the schema has changed since. */
  List<Integer> outdated(long schema) {
    if (schema == this.schema) {
      return List.of();
    }
    this.schema = schema;
    List<Integer> handles = new ArrayList<>();
    this.idle.values().forEach(known -> handles.add(known.prepared().handle()));
    this.idle.clear();
    return handles;
  }

  /**
   * @return {@code null} if it is to be prepared
   */
  @Nullable PreparedSql take(String sql) {
    Used known = this.idle.remove(sql);
    if (known == null) {
      return null;
    }
    this.used.put(known.prepared().handle(), known);
    return known.prepared();
  }

  /** Somebody uses a statement from now on. */
  void made(String sql, PreparedSql prepared) {
    if (prepared.handle() != 0) {
      this.used.put(prepared.handle(), new Used(sql, prepared, this.schema, false));
    }
  }

  boolean isOurs(int handle) {
    return this.used.containsKey(handle);
  }

  /** Whether nobody has looked yet how much memory a statement of ours takes. */
  boolean isNew(int handle) {
    Used known = this.used.get(handle);
    return known != null && !known.kept();
  }

  /** A statement is not to be kept. */
  void forget(int handle) {
    this.used.remove(handle);
  }

  /**
   * A statement has lost its user.
   *
   * @return one that is to be let go, 0 for none
   */
  int giveBack(int handle) {
    Used known = this.used.remove(handle);
    if (known == null || known.schema() != this.schema) {
      return handle;
    }
    Used twin =
        this.idle.put(known.sql(), new Used(known.sql(), known.prepared(), known.schema(), true));
    if (twin != null) {
      return twin.prepared().handle();
    }
    if (this.idle.size() <= this.most) {
      return 0;
    }
    Iterator<Used> eldest = this.idle.values().iterator();
    int gone = eldest.next().prepared().handle();
    eldest.remove();
    return gone;
  }
}
