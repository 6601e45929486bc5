package io.github.wasmspring.observe;

import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmSeverity;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.internal.prepare.TierSettings;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WasmPerformanceReporterTest {

  @WasmModule("trouble")
  interface Trouble {

    int add(int first, int second);

    default int divide(int first, int second) {
      return 0;
    }
  }

  @TempDir Path directory;

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private WasmPerformanceReport report() {
    return new WasmPerformanceReporter(
            this.runtime.manager,
            this.runtime.budget,
            new CompiledCodeStore(this.directory.resolve("code"), 1 << 20))
        .report();
  }

  @Test
  void saysThatThereIsNothingToDo() {
    this.runtime.with(guest("trouble").type(Trouble.class));
    this.runtime.manager.bind(Trouble.class).add(1, 2);

    assertThat(report()).isEqualTo(new WasmPerformanceReport(1, List.of()));
    assertThat(report().text()).contains("1 module, nothing to improve");
  }

  @Test
  void findsWhatRealCallsHaveShown() {
    TestEngines.assumeInterpreter();
    this.runtime.with(
        guest("trouble")
            .type(Trouble.class)
            .settings(settings -> settings.engineMode(WasmEngineMode.INTERPRETER)));
    Trouble trouble = this.runtime.manager.bind(Trouble.class);
    for (int i = 0; i < 200; i++) {
      trouble.add(i, 1);
      trouble.divide(i, i % 10 == 0 ? 0 : 1);
    }

    WasmPerformanceReport report = report();

    assertThat(report.findings())
        .extracting(WasmFinding::rule)
        .containsExactlyInAnyOrder("fallbacks", "interpreted");
    assertThat(report.findings()).allMatch(each -> each.severity() == WasmSeverity.WARNING);
    assertThat(report.text())
        .contains("1 module, 2 findings.")
        .contains("WARNING trouble: fallbacks")
        .contains("20 of 400 calls")
        .contains("wasm.modules.trouble.engine=compiled");
  }

  @Test
  void saysWhatIsCompiledAtEachStart() {
    this.runtime.with(guest("trouble").type(Trouble.class)).with(guest("scalar"));
    this.runtime.manager.bind(Trouble.class).add(1, 2);

    WasmPerformanceReport report =
        new WasmPerformanceReporter(this.runtime.manager, this.runtime.budget).report();

    assertThat(report.text())
        .contains("2 modules, 1 finding.")
        .contains("INFO all modules: compiled-at-each-start")
        .contains("1 module was compiled since the application started")
        .contains("started (trouble)")
        .contains("wasm.cache.directory=");
  }

  @Test
  void saysWhoWaitsInVainToBeCompiled() {
    TestEngines.assumeInterpreter();
    try (TestRuntime patient =
        new TestRuntime(
            MemoryBudget.ofDefaultSize(),
            TierSettings.DEFAULTS.with(
                settings -> settings.smallCode(0).calls(1_000_000).time(Duration.ofHours(1))))) {
      patient.with(
          guest("trouble")
              .type(Trouble.class)
              .settings(settings -> settings.engineMode(WasmEngineMode.BY_USE)));
      Trouble trouble = patient.manager.bind(Trouble.class);
      for (int i = 0; i < 10_000; i++) {
        trouble.add(i, 1);
      }

      assertThat(new WasmPerformanceReporter(patient.manager, patient.budget).report().findings())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.rule()).isEqualTo("stays-interpreted");
                assertThat(finding.measured())
                    .startsWith("10,000 calls ran in the interpreter")
                    .contains("it is compiled after 1000000 calls");
              });
    }
  }
}
