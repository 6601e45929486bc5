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
        .contains("| kernels, geometric mean: Chicory's defaults to bean | 4 or more | 6.00 |\n")
        .contains(
            "| kernels on which the bean is ahead of GraalWasm with its JIT | most | 1 of 2 |\n")
        .contains("| scalar call: bean less tuned Chicory by hand, ns | 5 or less | 8.5 |\n")
        .contains("| calls a second: 1,000 callers to 64 | 1 or more | 0.90 |\n")
        .contains("| `kernel.fft-1024` | µs | 80.0 |  | 20.0 | 30.0 |\n");
  }

  @Test
  void theDecoderAndProgramsHaveRatiosOfTheirOwn() {
    String text =
        new ComparisonReport(
                List.of(
                    row("kernel.fft-1024", "wasmspring", 10),
                    row("kernel.fft-1024", "node-wasm", 10),
                    row("kernel.jpeg-320x240", "wasmspring", 30),
                    row("kernel.jpeg-320x240", "node-wasm", 20),
                    row("program.one", "wasmspring", 10),
                    row("program.one", "wasmspring-chicory", 20),
                    row("program.two", "wasmspring", 10),
                    row("program.two", "wasmspring-chicory", 80),
                    row("first-answer.dprint-line", "wasmspring", 2.9e9)))
            .text();

    assertThat(text)
        .contains(
            "| kernels, geometric mean: bean to the same module on Node | 1.25 or less | 1.00")
        .contains("| JPEG decoder: bean to the same module on Node | 1.6 or less | 1.50 |")
        .contains(
            "| program, geometric mean: bean on the engine chicory to bean | 2 or more | 4.00")
        .contains("formatted by a module of 4 MB, s | 1.2 or less | 2.90 |");
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
