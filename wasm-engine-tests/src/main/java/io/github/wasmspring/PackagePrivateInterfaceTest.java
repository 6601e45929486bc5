package io.github.wasmspring;

import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.testing.TestRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Interfaces of applications are seldom public, and never in a package of ours. */
class PackagePrivateInterfaceTest {

  @WasmModule("trouble")
  interface Calculator {

    int add(int first, int second);

    default int divide(int first, int second) {
      return second == 0 ? 0 : first / second;
    }

    default int sumOfThree(int first, int second, int third) {
      return add(add(first, second), third);
    }
  }

  private final TestRuntime runtime = new TestRuntime().with(guest("trouble"));

  @AfterEach
  void close() {
    this.runtime.close();
  }

  @Test
  void anAbstractMethodCallsTheModule() {
    assertThat(this.runtime.manager.bind(Calculator.class).add(1, 2)).isEqualTo(3);
  }

  @Test
  void aDefaultMethodIsTheFallback() {
    assertThat(this.runtime.manager.bind(Calculator.class).divide(1, 0)).isZero();
  }

  @Test
  void anOrdinaryDefaultMethodMayCallTheOthers() {
    assertThat(this.runtime.manager.bind(Calculator.class).sumOfThree(1, 2, 3)).isEqualTo(6);
  }
}
