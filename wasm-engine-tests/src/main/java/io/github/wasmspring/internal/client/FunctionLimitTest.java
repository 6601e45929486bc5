package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FunctionLimitTest {

  private static final int FUNCTIONS =
      ModuleFacts.of(Guests.bytes("trouble")).definedFunctionCount();

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private void allow(int functions) {
    this.runtime.with(
        guest("trouble")
            .settings(settings -> settings.limits(limits -> limits.functions(functions))));
  }

  @Test
  void asManyFunctionsAsAllowedAreFine() {
    allow(FUNCTIONS);

    this.runtime.manager.warmUp("trouble");

    assertThat(this.runtime.engine.compilations).hasValue(1);
  }

  @Test
  void oneMoreIsRefusedBeforeTheModuleIsParsed() {
    allow(FUNCTIONS - 1);

    assertThat(failure(WasmErrorCategory.INVALID, () -> this.runtime.manager.warmUp("trouble")))
        .hasMessageContaining("%d functions", FUNCTIONS)
        .hasMessageContaining("limits.functions");

    assertThat(this.runtime.engine.compilations).hasValue(0);
  }
}
