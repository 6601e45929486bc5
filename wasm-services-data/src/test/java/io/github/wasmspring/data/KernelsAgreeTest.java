package io.github.wasmspring.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The module and Java have the same results, errors included. */
class KernelsAgreeTest {

  private final WasmRuntime runtime = WasmRuntime.withInstalledModules();
  private final DataSettings settings = DataSettings.DEFAULTS.withChunkRows(50);
  private final DataProcessor module =
      DataProcessor.of(
          this.runtime.manager(), this.settings.withExecutionMode(WasmExecutionMode.WASM));
  private final DataProcessor java =
      DataProcessor.of(
          this.runtime.manager(), this.settings.withExecutionMode(WasmExecutionMode.JAVA));

  private interface Steps {
    DataPipeline of(DataPipeline rows);
  }

  @AfterEach
  void close() {
    this.runtime.close();
    assertThat(this.module.javaStages()).isZero();
    assertThat(this.java.wasmStages()).isZero();
  }

  /** All rows as text, or what is said of the first that is wrong. */
  private static String outcome(DataPipeline pipeline) {
    StringBuilder outcome = new StringBuilder();
    try (DataRows rows = pipeline.rows()) {
      while (rows.hasNext()) {
        outcome.append(rows.next()).append('\n');
      }
      return outcome.toString();
    } catch (DataException failure) {
      return failure.reason() + " " + failure.getMessage();
    }
  }

  private String agreed(List<Map<String, Object>> rows, Steps steps, String what) {
    String inModule = outcome(steps.of(this.module.from(TypedCases.SCHEMA, rows)));
    String inJava = outcome(steps.of(this.java.from(TypedCases.SCHEMA, rows)));
    assertThat(inModule).as(what).isEqualTo(inJava);
    return inModule;
  }

  @Test
  void onExpressions() {
    int wrong = 0;
    for (int seed = 0; seed < Integer.getInteger("wasm.data.expressions", 400); seed++) {
      TypedCases cases = new TypedCases(seed);
      List<Map<String, Object>> rows = cases.rows(60);
      String filter = cases.truth(2);
      String first = cases.any(3);
      String second = cases.any(4);
      try {
        String outcome =
            agreed(
                rows,
                all ->
                    all.derive("f", first)
                        .filter(filter)
                        .derive("e", second)
                        .select("f", "e", "i", "d", "s"),
                filter + " | " + first + " | " + second);
        wrong += outcome.startsWith("{") ? 0 : 1;
      } catch (DataException refused) {
        // A product with too many digits behind the point, which is refused before any row is.
        assertThat(refused.getMessage()).contains("more than 38 digits");
      }
    }
    assertThat(wrong).isGreaterThan(40);
  }

  @Test
  void onGroups() {
    for (int seed = 0; seed < 30; seed++) {
      TypedCases cases = new TypedCases(seed);
      List<Map<String, Object>> rows = cases.rows(170);
      List<DataAggregate> aggregates = new ArrayList<>();
      aggregates.add(DataAggregate.count());
      for (String column : TypedCases.SCHEMA.names()) {
        aggregates.add(DataAggregate.count(column));
        aggregates.add(DataAggregate.countDistinct(column));
        aggregates.add(DataAggregate.min(column));
        aggregates.add(DataAggregate.max(column));
      }
      for (String column : List.of("j", "n", "m", "d")) {
        aggregates.add(DataAggregate.sum(column));
        aggregates.add(DataAggregate.avg(column));
        aggregates.add(DataAggregate.variance(column));
        aggregates.add(DataAggregate.stddev(column));
        aggregates.add(DataAggregate.percentile(column, (seed % 11) / 10.0));
      }
      if (seed % 3 == 0) {
        aggregates.add(DataAggregate.sum(seed % 2 == 0 ? "i" : "w * 1000000000000000"));
      }
      String[] names = TypedCases.SCHEMA.names().toArray(String[]::new);
      String[] keys =
          switch (seed % 4) {
            case 0 -> new String[] {names[seed % names.length]};
            case 1 -> new String[] {"s", "q", "n"};
            case 2 -> new String[] {};
            default -> new String[] {"d", "day", "at", "t"};
          };
      agreed(
          rows,
          all -> all.groupBy(keys).aggregate(aggregates.toArray(DataAggregate[]::new)),
          "seed " + seed);
    }
  }

  @Test
  void onOrdersAndJoins() {
    for (int seed = 0; seed < 30; seed++) {
      TypedCases cases = new TypedCases(seed);
      List<Map<String, Object>> rows = cases.rows(130);
      List<Map<String, Object>> others = cases.rows(70);
      String[] names = TypedCases.SCHEMA.names().toArray(String[]::new);
      String first = names[seed % names.length];
      String second = names[(seed / 2) % names.length];
      DataSort[] order = {
        new DataSort(first, seed % 2 == 0, seed % 3 == 0),
        new DataSort(second, seed % 3 == 0, seed % 2 == 0)
      };
      agreed(rows, all -> all.sort(order), "order of seed " + seed);
      DataJoin kind = DataJoin.values()[seed % 6];
      String[] keys = first.equals(second) ? new String[] {first} : new String[] {first, second};
      agreed(
          rows,
          all -> {
            DataPipeline right = this.java.from(TypedCases.SCHEMA, others);
            for (String name : names) {
              if (!List.of(keys).contains(name)) {
                right = right.rename(name, "r_" + name);
              }
            }
            return all.join(right, kind, keys);
          },
          "join of seed " + seed);
    }
  }
}
