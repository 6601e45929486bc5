package io.github.wasmspring.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.runtime.WasmRuntime;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** A file for a memory, and modules to open it with. */
final class MemoryHome implements AutoCloseable {

  final AdjustableClock clock = new AdjustableClock();
  final Path file;
  private final WasmRuntime runtime = WasmRuntime.withInstalledModules();

  MemoryHome(Path folder) {
    this.file = folder.resolve("memory.db");
  }

  /** Nothing is purged in the background. */
  AgentMemoryBuilder builder() {
    return AgentMemory.builder(this.runtime.manager())
        .clock(this.clock)
        .purgeInterval(Duration.ZERO);
  }

  AgentMemory open() {
    return builder().location(this.file).open();
  }

  /** With settings for namespaces that have none. */
  AgentMemory open(Consumer<MemoryNamespaceSettings.Builder> settings) {
    MemoryNamespaceSettings.Builder collected = MemoryNamespaceSettings.builder();
    settings.accept(collected);
    return builder().location(this.file).defaults(collected.build()).open();
  }

  /** Puts entries with many threads, which share commits. */
  static void fill(MemoryNamespace namespace, int count, IntFunction<MemoryEntry> entries)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(64);
    for (int i = 0; i < count; i++) {
      MemoryEntry entry = entries.apply(i);
      threads.execute(() -> namespace.put(entry));
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
  }

  /** Does something to the file with another SQLite, while no memory has it open. */
  void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + this.file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Asks for the first column of the first row, while no memory has the file open. */
  String text(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + this.file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** How a query would be answered, as SQLite says. */
  String plan(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + this.file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
      StringBuilder plan = new StringBuilder();
      while (rows.next()) {
        plan.append(rows.getString("detail")).append('\n');
      }
      return plan.toString();
    }
  }

  @Override
  public void close() {
    this.runtime.close();
  }
}
