package io.github.wasmspring.internal.sqlite.guest;

import io.github.wasmspring.internal.sqlite.lock.ChangeLog;
import io.github.wasmspring.internal.sqlite.lock.DatabaseVersion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tables the statements of a guest write. SQLite tells them while it prepares a statement,
 * those of triggers and foreign keys too; where it does so while another runs, because the schema
 * has changed or a virtual table has statements of its own, any table may be written. Counts what
 * was done besides, for databases that nobody else can write.
 */
final class TableWrites {

  private static final Set<String> TEMPORARY = Set.of("sqlite_temp_master", "sqlite_temp_schema");

  /** Who writes here changes what other names mean. */
  private static final Set<String> SCHEMA = Set.of("sqlite_master", "sqlite_schema");

  /** Stands for all tables; none can have that name in lower case. */
  private static final String ANY = "ANY";

  private final Map<Integer, Set<String>> byStatement = new HashMap<>();
  private final Set<String> pending = new HashSet<>();
  private final long origin;
  private final ChangeLog alone = new ChangeLog(0);
  private @Nullable Set<String> prepared;
  private int current;
  private boolean ended;
  private boolean temporary;
  private long runs;
  private long schemas;

  /**
   * @param origin of the versions of a database that nobody else can write
   */
  TableWrites(long origin) {
    this.origin = origin;
  }

  /** What is told from now on is of the statement that is prepared. */
  void prepare() {
    this.prepared = new HashSet<>();
  }

  /**
   * A statement is prepared.
   *
   * @param statement 0 for none
   */
  void prepared(int statement) {
    Set<String> tables = this.prepared;
    this.prepared = null;
    if (statement != 0 && tables != null && !tables.isEmpty()) {
      this.byStatement.put(statement, tables);
    }
  }

  void finished(int statement) {
    this.byStatement.remove(statement);
  }

  /** SQLite is about to write a table, or would if the statement were run. */
  void told(String table) {
    String name = table.toLowerCase(Locale.ROOT);
    this.temporary |= TEMPORARY.contains(name);
    Set<String> tables = this.prepared;
    if (tables != null) {
      tables.add(SCHEMA.contains(name) ? ANY : name);
    } else {
      // Nothing more is told when it runs the next time.
      this.byStatement.computeIfAbsent(this.current, none -> new HashSet<>()).add(ANY);
      run(Set.of(ANY));
    }
  }

  /** A statement goes on to further rows. */
  void goingOn(int statement) {
    this.current = statement;
  }

  /** A statement is about to run. */
  void running(int statement) {
    this.current = statement;
    if (this.ended) {
      this.pending.clear();
      this.ended = false;
    }
    Set<String> tables = this.byStatement.get(statement);
    if (tables != null) {
      run(tables);
    }
  }

  private void run(Set<String> tables) {
    this.pending.addAll(tables);
    this.runs++;
    if (tables.contains(ANY)) {
      this.schemas++;
    }
    this.alone.ended(this.runs - 1, this.runs, known(tables));
  }

  private static @Nullable Set<String> known(Set<String> tables) {
    return tables.contains(ANY) ? null : Set.copyOf(tables);
  }

  /** Others may write from now on. */
  void shared() {
    this.runs++;
    this.alone.forget(this.runs);
  }

  /** How often the schema may have been changed. */
  long schemas() {
    return this.schemas;
  }

  /** What the transaction may have written, {@code null} for any table. */
  @Nullable Set<String> pending() {
    return known(this.pending);
  }

  /** A transaction has begun to write. */
  void began() {
    this.ended = false;
  }

  /**
   * A transaction has ended. What it has written is forgotten when the next statement runs, and not
   * now: the one that runs may write again, as the next row of a batch does, or after it has rolled
   * back what somebody has left behind.
   */
  void ended() {
    this.ended = true;
  }

  /** Whether there may be temporary tables, which stand before others of the same name. */
  boolean isTemporary() {
    return this.temporary;
  }

  /** The state of a database that nobody else can write. */
  DatabaseVersion version() {
    return DatabaseVersion.counted(this.origin, this.runs, 0);
  }

  boolean isUnchanged(DatabaseVersion then, DatabaseVersion now, Set<String> tables) {
    return then.origin() == this.origin && this.alone.isUnchanged(then, now, tables);
  }
}
