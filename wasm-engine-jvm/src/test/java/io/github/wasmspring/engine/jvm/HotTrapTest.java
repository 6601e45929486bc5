package io.github.wasmspring.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.testing.ModuleMaker;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modules that divide by zero all day take the stacks of nobody else's traps away. */
class HotTrapTest {

  /** So that no compiled function of a module has the division in it, but the method of ours. */
  private static final int MODULES = 300;

  private static final int OFTEN = 100;

  private static byte[] dividing(String type, String division) {
    return new ModuleMaker()
        .type("60 02 %1$s %1$s 01 %1$s".formatted(type))
        .function(0, "00 20 00 20 01 %s 0b".formatted(division))
        .export("divide", 0, 0)
        .bytes();
  }

  @ParameterizedTest
  @CsvSource({"7f, 6d", "7f, 6e", "7f, 70", "7e, 7f", "7e, 80", "7e, 82"})
  void othersStillSayWhereTheyWere(String type, String division) {
    for (int module = 0; module < MODULES; module++) {
      try (WasmInstance hot = Guests.start(Guests.open(dividing(type, division)))) {
        for (int i = 0; i < OFTEN; i++) {
          Guests.failure(WasmErrorCategory.TRAP, hot, i, 0);
        }
      }
    }
    WasmCode code = Guests.open(dividing(type, division));
    try (WasmInstance instance = Guests.start(code)) {
      StackTraceElement[] trace =
          Guests.failure(WasmErrorCategory.TRAP, instance, 1, 0).getCause().getStackTrace();
      assertThat(Arrays.stream(trace).anyMatch(frame -> code.functionAt(frame) == 0)).isTrue();
    }
  }
}
