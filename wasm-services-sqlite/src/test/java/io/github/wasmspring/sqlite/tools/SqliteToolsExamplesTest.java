package io.github.wasmspring.sqlite.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.sqlite.tools.IndexAdvice.Suggestion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows. */
class SqliteToolsExamplesTest {

  @Test
  void tools(@TempDir Path folder) throws Exception {
    String url = "jdbc:wasm-sqlite:" + folder.resolve("shop.db") + "?synchronous=off";
    try (TestPool pool = new TestPool(url, 2)) {
      example(pool, folder);
    }
  }

  private static void example(DataSource dataSource, Path folder) throws Exception {
    SqliteTools tools = SqliteTools.of(dataSource);
    tools.transaction(
        connection -> {
          ToolConnections.execute(
              connection,
              "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER, item TEXT)");
          return null;
        });
    List<List<Object>> rows =
        IntStream.range(0, 2_000).mapToObj(i -> List.<Object>of(i % 200, "item " + i)).toList();
    // what docs/sqlite-tools.md shows
    tools.batch("INSERT INTO orders (customer, item) VALUES (?, ?)", rows);

    QueryCache cache = tools.queryCache();
    SqlRows counts = cache.query("SELECT count(*) AS n FROM orders WHERE customer = ?", 7);
    assertThat(counts.get(0).getLong("n")).isEqualTo(10);

    long moved =
        tools.transaction(
            connection -> {
              try (PreparedStatement update =
                  connection.prepareStatement(
                      "UPDATE orders SET customer = ? WHERE customer = ?")) {
                update.setInt(1, 8);
                update.setInt(2, 7);
                return update.executeLargeUpdate();
              }
            });

    String slow = "SELECT item FROM orders WHERE customer = ?";
    assertThat(tools.plan(slow)).hasToString("SCAN orders\n");
    IndexAdvice advice = tools.advise(List.of(WorkloadStatement.of(slow, 8)));
    for (Suggestion index : advice.indexes()) {
      System.out.println(index.sql() + ": " + index.reason());
    }

    tools.optimise();
    tools.backup(folder.resolve("shop-backup.db"));
    assertThat(tools.integrityCheck().isGood()).isTrue();
    // end
    assertThat(moved).isEqualTo(10);
    assertThat(advice.indexes().get(0).sql()).startsWith("CREATE INDEX \"orders_customer");
    assertThat(folder.resolve("shop-backup.db")).exists();
    assertThat(Files.size(folder.resolve("shop-backup.db"))).isPositive();
  }
}
