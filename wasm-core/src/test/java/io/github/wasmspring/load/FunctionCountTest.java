package io.github.wasmspring.load;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestRuntime;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionCountTest {

  private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};

  private static byte[] module(int... sections) {
    byte[] bytes = Arrays.copyOf(HEADER, HEADER.length + sections.length);
    for (int i = 0; i < sections.length; i++) {
      bytes[HEADER.length + i] = (byte) sections[i];
    }
    return bytes;
  }

  @Test
  void asManyFunctionsAsAllowedAreFine() {
    FunctionCount.check(module(1, 1, 0, 3, 1, 5), 5);
  }

  @Test
  void oneMoreIsRefused() {
    assertThat(
            failure(
                WasmErrorCategory.INVALID,
                () -> FunctionCount.check(module(1, 1, 0, 3, 2, 0x85, 0x01), 132)))
        .hasMessageContaining("133 functions")
        .hasMessageContaining("limits.functions");
  }

  @Test
  void aModuleWithoutFunctionsIsFine() {
    FunctionCount.check(HEADER, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"trouble", "buffer", "state", "scalar"})
  void whatIsDamagedIsLeftToTheParser(String guest) {
    byte[] whole = Guests.bytes(guest);
    for (int length = HEADER.length; length < whole.length; length++) {
      FunctionCount.check(Arrays.copyOf(whole, length), 1000);
    }
  }

  @Test
  void lengthsBeyondTheEndAreLeftToTheParser() {
    FunctionCount.check(module(0, 0xff, 0xff, 0xff, 0xff, 0x7f, 3, 1, 5), 1);
    FunctionCount.check(module(0, 0xff, 0xff, 0xff, 0xff, 0x0f, 3, 1, 5), 1);
  }

  @Test
  void aModuleIsRefusedBeforeItIsParsed() {
    try (TestRuntime runtime = new TestRuntime()) {
      runtime.with(
          guest("trouble")
              .settings(settings -> settings.withLimits(limits -> limits.withFunctions(3))));

      failure(WasmErrorCategory.INVALID, () -> runtime.manager.warmUp("trouble"));

      assertThat(runtime.engine.compilations).hasValue(0);
    }
  }
}
