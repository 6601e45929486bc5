package io.github.wasmspring.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class BorrowBenchmarkTest {

  @Test
  void anInstanceIsTakenAndGivenBack() {
    BorrowBenchmark benchmark = new BorrowBenchmark();
    benchmark.setUp();
    assertThatCode(
            () -> {
              benchmark.alone();
              benchmark.alone();
            })
        .doesNotThrowAnyException();
    benchmark.tearDown();
  }
}
