package io.github.wasmspring.services;

import static io.github.wasmspring.data.DataAggregate.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.data.DataSchema;
import io.github.wasmspring.memory.MemoryEntry;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.services.WasmServicesHealth.Service;
import io.github.wasmspring.services.WasmServicesHealth.State;
import io.github.wasmspring.sqlite.tools.SqliteTools;
import io.github.wasmspring.vector.VectorDocument;
import io.github.wasmspring.vector.VectorIndex;
import io.github.wasmspring.vector.VectorIndexSettings;
import io.github.wasmspring.vector.VectorMatch;
import io.github.wasmspring.vector.VectorSearch;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WasmServicesTest {

  private static final DataSchema SALES =
      DataSchema.builder().text("region").number("price").build();

  @TempDir private Path directory;

  @Test
  void theExampleOfThePage() {
    Path directory = this.directory;
    try (WasmServices services =
        WasmServices.builder()
            .memory(directory.resolve("agents.db"))
            .vectorSnapshots(directory.resolve("vectors"))
            .build()) {
      List<Map<String, Object>> totals =
          services
              .data()
              .from(SALES, List.of(Map.of("region", "EU", "price", 12.5)))
              .groupBy("region")
              .aggregate(sum("price").as("total"))
              .toMaps();
      services.memory().namespace("planner").put(MemoryEntry.text("goal", "sell tea"));
      double[] product =
          services.compute().matmulF64(new double[] {1, 2}, new double[] {3, 4}, 1, 2, 1);

      WasmServicesHealth health = services.health();
      WasmServicesStats stats = services.stats();

      assertThat(totals).containsExactly(Map.of("region", "EU", "total", 12.5));
      assertThat(product).containsExactly(11);
      assertThat(health.isUp()).isTrue();
      assertThat(stats.enabled()).isTrue();
    }
  }

  private WasmServices services(boolean enabled, String name) {
    return WasmServices.builder()
        .enabled(enabled)
        .memory(this.directory.resolve(name + ".agents"))
        .vectorSnapshots(this.directory.resolve(name))
        .build();
  }

  @Test
  void everythingAnswersTheSameWithoutModules() throws Exception {
    List<Object> answers = new ArrayList<>();
    for (boolean enabled : new boolean[] {true, false}) {
      try (WasmServices services = services(enabled, "answers" + enabled)) {
        assertThat(services.stats().enabled()).isEqualTo(enabled);
        answers.add(answers(services, "answers" + enabled));
        WasmServicesHealth health = services.health();
        assertThat(health.isUp()).isTrue();
        assertThat(health.services())
            .containsExactly(
                new Service("data", State.UP, null),
                new Service("memory", State.UP, null),
                new Service("vectors", State.UP, null));
        WasmServicesStats.Data stages = services.stats().data();
        assertThat(stages).isNotNull();
        assertThat(stages.wasm() > 0).isEqualTo(enabled);
        assertThat(stages.java() > 0).isEqualTo(!enabled);
      }
    }
    assertThat(answers.get(0)).isEqualTo(answers.get(1));
  }

  private List<Object> answers(WasmServices services, String name) throws SQLException {
    List<Object> answers = new ArrayList<>();
    answers.add(
        services
            .data()
            .from(
                SALES,
                List.of(
                    Map.of("region", "EU", "price", 0.1),
                    Map.of("region", "EU", "price", 0.2),
                    Map.of("region", "US", "price", 7.0)))
            .groupBy("region")
            .aggregate(sum("price"))
            .sort("region")
            .toMaps());
    VectorIndex index = services.vectors().create("tea", VectorIndexSettings.dimensions(2).build());
    index.add(new VectorDocument("green", new float[] {1, 0.1f}, Map.of()));
    index.add(new VectorDocument("black", new float[] {0.3f, 1}, Map.of()));
    for (VectorMatch match : index.search(VectorSearch.of(new float[] {1, 0.3f}).build())) {
      answers.add(match.id());
      answers.add(match.score());
    }
    services.memory().namespace("planner").put(MemoryEntry.text("goal", "tea ".repeat(1_000)));
    answers.add(services.memory().namespace("planner").get("goal").orElseThrow().text());
    answers.add(Arrays.toString(services.compute().realFft(new double[] {1, 2, 3, 4})));
    DataSource database = services.database(this.directory.resolve(name + ".db"));
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE orders (item TEXT, price REAL)");
      statement.execute("INSERT INTO orders VALUES ('tea', 1.5), ('cup', 2.25)");
      try (ResultSet sum = statement.executeQuery("SELECT sum(price) FROM orders")) {
        answers.add(sum.next());
        answers.add(sum.getDouble(1));
      }
    }
    return answers;
  }

  @Test
  void whatWasKeptIsThereAgain() {
    try (WasmServices services = services(true, "kept")) {
      services
          .vectors()
          .create("tea", VectorIndexSettings.dimensions(1).build())
          .add(new VectorDocument("green", new float[] {1}, Map.of()));
      services.memory().namespace("planner").put(MemoryEntry.text("goal", "sell tea"));
    }
    try (WasmServices services = services(false, "kept")) {
      assertThat(services.vectors().find("tea").orElseThrow().get("green")).isPresent();
      assertThat(services.memory().namespace("planner").get("goal").orElseThrow().text())
          .isEqualTo("sell tea");
    }
  }

  @Test
  void nothingIsMadeThatNobodyAsksFor() {
    try (WasmServices services = services(true, "unused")) {
      assertThat(services.health().services()).allMatch(each -> each.state() == State.NOT_USED);
      WasmServicesStats stats = services.stats();
      assertThat(stats.vectors()).isEmpty();
      assertThat(stats.data()).isNull();
      assertThat(stats.memory()).isNull();
      services.cleanUp();
    }
    assertThat(this.directory).isEmptyDirectory();
  }

  @Test
  void callsAreWatchedAndWhatExpiredIsCleanedUp() {
    try (WasmServices services = services(true, "watched")) {
      services.compute().realFft(new double[] {1, 2, 3, 4});
      services
          .memory()
          .namespace("planner")
          .put(MemoryEntry.text("goal", "sell tea").withTtl(Duration.ofMillis(1)));
      int expired = 0;
      while (expired == 0) {
        expired = services.cleanUp().expired();
      }
      assertThat(expired).isEqualTo(1);
      assertThat(services.stats().series()).isPositive();
      assertThat(services.monitor().status()).anyMatch(each -> each.name().contains("compute"));
      assertThat(services.performanceReport().modules()).isPositive();
      assertThat(services.errorReport().total()).isZero();
    }
  }

  @Test
  void withoutAPlaceForTheMemoryOneIsToldWhatToSay() {
    try (WasmServices services = WasmServices.create()) {
      assertThatIllegalStateException()
          .isThrownBy(services::memory)
          .withMessageContaining("give WasmServices.builder() a file by memory(Path)");
    }
  }

  @Test
  void aMemoryThatCantBeOpenedLeavesTheOthersAlone() {
    try (WasmServices services =
        WasmServices.builder().memory(this.directory.resolve("missing/agents.db")).build()) {
      assertThatThrownBy(services::memory).hasMessageContaining("agents.db");
      assertThat(services.compute().realFft(new double[] {1, 2, 3, 4})).hasSize(6);
      assertThat(services.health().isUp()).isTrue();
    }
  }

  /** Spring is not on the class path of these tests, as in an application without it. */
  @Test
  void theToolsOfSqliteNeedNoSpring() throws Exception {
    try (WasmServices services = WasmServices.create()) {
      SqliteTools tools = SqliteTools.of(services.database(this.directory.resolve("orders.db")));
      tools.transaction(
          connection -> {
            try (Statement statement = connection.createStatement()) {
              return statement.execute("CREATE TABLE orders (item TEXT)");
            }
          });
      assertThat(
              tools.batch("INSERT INTO orders VALUES (?)", List.of(List.of("tea"), List.of("cup"))))
          .isEqualTo(2);
      assertThat(tools.integrityCheck().isGood()).isTrue();
    }
    assertThatThrownBy(() -> Class.forName("org.springframework.jdbc.datasource.DataSourceUtils"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void closedOnesSaySoAndARuntimeThatWasGivenGoesOn() {
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      WasmServices services = WasmServices.builder().runtime(runtime).build();
      services.vectors();
      services.close();
      services.close();
      assertThatIllegalStateException()
          .isThrownBy(services::vectors)
          .withMessage("The services are closed");
      assertThatIllegalStateException().isThrownBy(services::stats);
      assertThat(runtime.manager().check("compute").reason()).isNull();
      assertThat(runtime.events().hasCallListeners()).isFalse();
    }
  }
}
