package io.github.wasmspring.benchmarks.studies;

import io.github.wasmspring.sqlite.tools.QueryCache;
import io.github.wasmspring.sqlite.tools.SqliteTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Insert, look-up, group-by and commit by JDBC: SQLite as WebAssembly beside the native driver. */
public final class SqliteOperations {

  private static final int COMMITS = 50;
  private static final int LOOKUPS = 2_000;
  private static final int GROUP_BYS = 5;
  private static final String INSERT = "INSERT INTO t (a, b, c) VALUES (?, ?, ?)";
  private static final String LOOKUP = "SELECT a, b, c FROM t WHERE id = ?";
  private static final String GROUP_BY =
      "SELECT a % 100 AS g, count(*), sum(b), max(c) FROM t GROUP BY g ORDER BY g";

  private final int rows;
  private final int rounds;
  private final Map<String, Map<String, List<Double>>> micros = new LinkedHashMap<>();
  private long answers;

  private SqliteOperations(int rows, int rounds) {
    this.rows = rows;
    this.rounds = rounds;
  }

  /** One of the operations; says how often it did it. */
  @FunctionalInterface
  private interface Operation {
    int run(Connection connection) throws SQLException;
  }

  /**
   * @param arguments how many rows, how many rounds
   */
  public static void main(String[] arguments) throws SQLException, IOException {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15;
    System.out.printf(
        Locale.ROOT, "%,d rows, %d rounds; JDK %s%n%n", rows, rounds, Runtime.version());
    new SqliteOperations(rows, rounds).run();
  }

  private void run() throws SQLException, IOException {
    Path folder = Files.createTempDirectory("sqlite-operations");
    String settings = "?journal_mode=truncate&synchronous=full";
    String ours = "jdbc:wasm-sqlite:" + folder.resolve("ours.db") + settings;
    String theirs = "jdbc:sqlite:" + folder.resolve("theirs.db") + settings;
    String uncached = ours + "&statement_cache=0";
    try (Connection wasm = DriverManager.getConnection(ours);
        Connection plain = DriverManager.getConnection(uncached);
        Connection xerial = DriverManager.getConnection(theirs)) {
      QueryCache cache = SqliteTools.of(new OneConnection(wasm)).queryCache();
      for (int round = 0; round < this.rounds; round++) {
        operations("wasm", wasm, round);
        operations("xerial", xerial, round);
        if (this.answers != 0) {
          throw new IllegalStateException("The drivers don't answer alike");
        }
        measure(round, "look-up, prepared anew", "wasm, no cache", plain, this::prepareAndLookUp);
        measure(round, "group-by", "wasm, kept answers", wasm, ignored -> kept(cache));
      }
    } finally {
      delete(folder);
    }
    print();
  }

  private void operations(String driver, Connection connection, int round) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS t");
      statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b REAL, c TEXT)");
    }
    connection.setAutoCommit(false);
    measure(round, "insert, in a batch", driver, connection, this::insertBatch);
    try (Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM t");
    }
    connection.commit();
    measure(round, "insert, row by row", driver, connection, this::insertRows);
    connection.setAutoCommit(true);
    measure(round, "look-up", driver, connection, this::lookUp);
    measure(round, "look-up, prepared anew", driver, connection, this::prepareAndLookUp);
    long sign = driver.equals("wasm") ? 1 : -1;
    measure(round, "group-by", driver, connection, asked -> groupBy(asked, sign));
    measure(round, "commit", driver, connection, SqliteOperations::commit);
  }

  private void measure(
      int round, String name, String driver, Connection connection, Operation operation)
      throws SQLException {
    long start = System.nanoTime();
    int times = operation.run(connection);
    double each = (System.nanoTime() - start) / 1e3 / times;
    if (round >= this.rounds / 3) {
      this.micros
          .computeIfAbsent(name, none -> new LinkedHashMap<>())
          .computeIfAbsent(driver, none -> new ArrayList<>())
          .add(each);
    }
  }

  private static void bind(PreparedStatement insert, Random random) throws SQLException {
    insert.setInt(1, random.nextInt(1_000_000));
    insert.setDouble(2, random.nextInt(1_000) / 8.0);
    insert.setString(3, "customer " + random.nextInt(10_000));
  }

  private int insertBatch(Connection connection) throws SQLException {
    Random random = new Random(1);
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (int row = 1; row <= this.rows; row++) {
        bind(insert, random);
        insert.addBatch();
        if (row % 1_000 == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
    connection.commit();
    return this.rows;
  }

  private int insertRows(Connection connection) throws SQLException {
    Random random = new Random(1);
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (int row = 0; row < this.rows; row++) {
        bind(insert, random);
        insert.executeUpdate();
      }
    }
    connection.commit();
    return this.rows;
  }

  private int lookUp(Connection connection) throws SQLException {
    Random random = new Random(2);
    try (PreparedStatement select = connection.prepareStatement(LOOKUP)) {
      for (int each = 0; each < LOOKUPS; each++) {
        lookUp(select, random);
      }
    }
    return LOOKUPS;
  }

  private int prepareAndLookUp(Connection connection) throws SQLException {
    Random random = new Random(2);
    for (int each = 0; each < LOOKUPS; each++) {
      try (PreparedStatement select = connection.prepareStatement(LOOKUP)) {
        lookUp(select, random);
      }
    }
    return LOOKUPS;
  }

  private void lookUp(PreparedStatement select, Random random) throws SQLException {
    select.setInt(1, 1 + random.nextInt(this.rows));
    try (ResultSet found = select.executeQuery()) {
      if (!found.next() || found.getString(3) == null) {
        throw new IllegalStateException("There is a row for each key");
      }
    }
  }

  /** What the drivers answer adds up to 0. */
  private int groupBy(Connection connection, long sign) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(GROUP_BY)) {
      for (int each = 0; each < GROUP_BYS; each++) {
        try (ResultSet found = select.executeQuery()) {
          while (found.next()) {
            long row =
                31 * (31 * found.getLong(1) + found.getLong(2)) + Math.round(found.getDouble(3));
            this.answers += sign * (31 * row + found.getString(4).hashCode());
          }
        }
      }
    }
    return GROUP_BYS;
  }

  private static int kept(QueryCache cache) throws SQLException {
    for (int each = 0; each < LOOKUPS; each++) {
      cache.query(GROUP_BY);
    }
    return LOOKUPS;
  }

  private static int commit(Connection connection) throws SQLException {
    Random random = new Random(3);
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (int each = 0; each < COMMITS; each++) {
        bind(insert, random);
        insert.executeUpdate();
      }
    }
    return COMMITS;
  }

  private void print() {
    System.out.println("| operation | driver | µs each (median) | beside xerial |");
    System.out.println("|---|---|--:|--:|");
    this.micros.forEach(
        (name, drivers) ->
            drivers.forEach(
                (driver, all) ->
                    System.out.printf(
                        Locale.ROOT,
                        "| %s | %s | %,.2f | %.2f× |%n",
                        name,
                        driver,
                        median(all),
                        median(all) / median(drivers.get("xerial")))));
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
