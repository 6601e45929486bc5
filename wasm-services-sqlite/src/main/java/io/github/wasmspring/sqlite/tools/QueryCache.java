package io.github.wasmspring.sqlite.tools;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.wasmspring.internal.sqlite.jdbc.GuestAccess;
import io.github.wasmspring.internal.sqlite.lock.DatabaseVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Answers of queries, by statement and values. It knows which tables each was read from, and an
 * answer is given again as long as nobody has written those: not this process, nor another. What it
 * answers is what the database would have answered at some moment between the call and its return.
 *
 * <p>Each question takes a connection of the data source for a moment, so use a pool: a database
 * that nobody has open forgets its versions, and a database in memory is gone. Safe for use by
 * several threads.
 */
public final class QueryCache {

  private final DataSource source;
  private final QueryCacheSettings settings;
  private final Cache<CacheKey, Entry> answers;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder outdated = new LongAdder();
  private final LongAdder bypassed = new LongAdder();
  private volatile @Nullable KnownSchema schema;

  /** An answer, and when it was right. */
  private record Entry(SqlRows rows, Set<String> tables, DatabaseVersion version) {}

  /** Where the tables of a schema are. */
  private record KnownSchema(long origin, long number, StatementReads reads) {}

  QueryCache(DataSource source, QueryCacheSettings settings) {
    this.source = source;
    this.settings = settings;
    // One weight for both limits: an entry takes its share of the number at least.
    long least = Math.max(1, settings.bytes() / settings.entries());
    this.answers =
        Caffeine.newBuilder()
            .maximumWeight(settings.bytes())
            .<CacheKey, Entry>weigher((key, entry) -> weight(key, entry, least))
            .executor(Runnable::run)
            .build();
  }

  private static int weight(CacheKey key, Entry entry, long least) {
    long bytes = key.bytes() + entry.rows().bytes();
    return (int) Math.min(Integer.MAX_VALUE, Math.max(least, bytes));
  }

  /**
   * What a query answers. Statements that write are run, too, and are not kept; they are answered
   * with no rows unless they return some.
   *
   * @param values of its parameters
   * @throws SQLException if it fails
   */
  public SqlRows query(String sql, @Nullable Object... values) throws SQLException {
    List<@Nullable Object> given = new ArrayList<>();
    for (Object value : values) {
      given.add(value);
    }
    CacheKey key = StatementReads.isQuery(sql) ? CacheKey.of(sql, given) : null;
    try (BorrowedConnection borrowed = BorrowedConnection.of(this.source)) {
      Connection connection = borrowed.connection();
      GuestAccess access = borrowed.access();
      DatabaseVersion now = key == null ? null : access.version();
      if (key == null || now == null) {
        this.bypassed.increment();
        return SqlRows.read(connection, sql, given);
      }
      Entry entry = this.answers.getIfPresent(key);
      if (entry != null) {
        if (access.isUnchanged(entry.version(), now, entry.tables())) {
          renew(key, entry, now);
          this.hits.increment();
          return entry.rows();
        }
        this.answers.asMap().remove(key, entry);
        this.outdated.increment();
      }
      this.misses.increment();
      return ask(connection, access, key, given);
    }
  }

  /** What is not changed up to now need not be looked up from further back. */
  private void renew(CacheKey key, Entry entry, DatabaseVersion now) {
    if (!entry.version().equals(now)) {
      this.answers.asMap().replace(key, entry, new Entry(entry.rows(), entry.tables(), now));
    }
  }

  private SqlRows ask(
      Connection connection, GuestAccess access, CacheKey key, List<@Nullable Object> values)
      throws SQLException {
    Entry entry = null;
    try (ReadSnapshot snapshot = ReadSnapshot.begin(connection, access)) {
      Set<String> tables = reads(connection, access).tables(connection, key.sql(), values);
      if (tables != null) {
        SqlRows rows = SqlRows.read(connection, key.sql(), values);
        DatabaseVersion version = snapshot.version();
        if (version == null) {
          return rows;
        }
        entry = new Entry(rows, tables, version);
      }
    }
    if (entry == null) {
      return SqlRows.read(connection, key.sql(), values);
    }
    if (entry.rows().bytes() + key.bytes() <= this.settings.answerBytes()) {
      this.answers.put(key, entry);
    }
    return entry.rows();
  }

  private StatementReads reads(Connection connection, GuestAccess access) throws SQLException {
    SqlRows numbers = SqlRows.read(connection, "PRAGMA main.schema_version", List.of());
    long number = numbers.get(0).getLong("schema_version");
    DatabaseVersion version = access.version();
    KnownSchema known = this.schema;
    if (version != null
        && known != null
        && known.origin() == version.origin()
        && known.number() == number) {
      return known.reads();
    }
    StatementReads reads = StatementReads.of(connection);
    if (version != null) {
      this.schema = new KnownSchema(version.origin(), number, reads);
    }
    return reads;
  }

  /** Forgets all answers. */
  public void clear() {
    this.answers.invalidateAll();
  }

  public QueryCacheStats stats() {
    return new QueryCacheStats(
        this.hits.sum(),
        this.misses.sum(),
        this.outdated.sum(),
        this.bypassed.sum(),
        this.answers.estimatedSize());
  }
}
