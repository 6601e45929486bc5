package io.github.wasmspring.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonReportTest {

  private static Row row(String name, String engine, double nanos) {
    return new Row(17, name, engine, Figures.of(Figures.NANOSECONDS, nanos), "");
  }

  @Test
  void ratiosAreMadeOfTheRows() {
    String text =
        new ComparisonReport(
                List.of(
                    row("kernel.fft-1024", "chicory-default", 80_000),
                    row("kernel.fft-1024", "wasmspring", 20_000),
                    row("kernel.fft-1024", "graalwasm-jit", 30_000),
                    row("kernel.gzip-100k", "chicory-default", 9_000_000),
                    row("kernel.gzip-100k", "wasmspring", 1_000_000),
                    row("kernel.gzip-100k", "graalwasm-jit", 900_000),
                    row("call.scalar", "chicory-tuned", 3),
                    row("call.scalar", "wasmspring", 11.5),
                    row("throughput.64", "wasmspring", 900),
                    row("throughput.1000", "wasmspring", 1_000)))
            .text();

    assertThat(text)
        .contains("| kernels, geometric mean: Chicory's defaults to bean | 3 or more | 6.00 |\n")
        .contains(
            "| kernels on which the bean is ahead of GraalWasm with its JIT | most | 1 of 2 |\n")
        .contains("| scalar call: bean less tuned Chicory by hand, ns | 5 or less | 8.5 |\n")
        .contains("| calls a second: 1,000 callers to 64 | 1 or more | 0.90 |\n")
        .contains("| `kernel.fft-1024` | µs | 80.0 |  | 20.0 | 30.0 |\n");
  }

  @Test
  void whatWasNotMeasuredIsEmpty() {
    String text = new ComparisonReport(List.of(row("call.scalar", "wasmspring", 90))).text();

    assertThat(text)
        .contains("| scalar call: bean less tuned Chicory by hand, ns | 5 or less |  |");
  }

  @Test
  void threeDigitsAreShown() {
    assertThat(ComparisonReport.rounded(1_234_567)).isEqualTo("1,230,000");
    assertThat(ComparisonReport.rounded(99.94)).isEqualTo("99.9");
    assertThat(ComparisonReport.rounded(1.234)).isEqualTo("1.23");
  }
}
