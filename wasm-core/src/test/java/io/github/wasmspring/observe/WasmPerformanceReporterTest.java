package io.github.wasmspring.observe;

import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmSeverity;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.testing.TestRuntime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WasmPerformanceReporterTest {

  @WasmModule("trouble")
  interface Trouble {

    int add(int first, int second);

    default int divide(int first, int second) {
      return 0;
    }
  }

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private WasmPerformanceReport report() {
    return new WasmPerformanceReporter(this.runtime.manager, this.runtime.budget).report();
  }

  @Test
  void saysThatThereIsNothingToDo() {
    this.runtime.with(guest("trouble").type(Trouble.class));
    this.runtime.manager.bind(Trouble.class).add(1, 2);

    assertThat(report()).isEqualTo(new WasmPerformanceReport(1, List.of()));
    assertThat(report().text()).contains("1 modules, nothing to improve");
  }

  @Test
  void findsWhatRealCallsHaveShown() {
    this.runtime.with(
        guest("trouble")
            .type(Trouble.class)
            .settings(settings -> settings.withEngineMode(WasmEngineMode.INTERPRETER)));
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
        .contains("1 modules, 2 findings.")
        .contains("WARNING trouble: fallbacks")
        .contains("20 of 400 calls")
        .contains("wasm.modules.trouble.engine=compiled");
  }
}
