package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.ModuleMaker.FUNCTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.ModuleMaker;
import io.github.wasmspring.testing.TestRuntime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Raw values of 32 bits in a {@code long}: what stands in its other half means nothing. */
@Timeout(60)
class NarrowValueTest {

  private final TestRuntime runtime = new TestRuntime();
  private final List<Long> seen = new ArrayList<>();
  private long answer;

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private WasmSession open(WasmEngineMode mode) {
    byte[] module =
        new ModuleMaker()
            .type("60 01 7f 01 7f")
            .imports("env", "ask", "00 00")
            // square: local.get 0, local.get 0, i32.mul; ask: the same, call 0
            .function(0, "00 20 00 20 00 6c 0b")
            .function(0, "00 20 00 20 00 6c 10 00 0b")
            .export("square", FUNCTION, 1)
            .export("ask", FUNCTION, 2)
            .bytes();
    this.runtime.with(
        WasmModuleDescriptor.builder("made")
            .location(this.runtime.bytes.put("made", module))
            .settings(settings -> settings.engineMode(mode))
            .imports(
                new WasmImportDefinition(
                    "env",
                    "ask",
                    new WasmFunctionType(List.of(WasmValueType.I32), List.of(WasmValueType.I32)),
                    (caller, arguments) -> {
                      this.seen.add(arguments[0]);
                      return new long[] {this.answer};
                    })));
    return this.runtime.manager.open("made");
  }

  @ParameterizedTest
  @EnumSource(
      value = WasmEngineMode.class,
      names = {"INTERPRETER", "COMPILED"})
  void argumentsAndResultsOfAGuest(WasmEngineMode mode) {
    try (WasmSession session = open(mode)) {
      assertThat(session.call("square", 1 << 16)).containsExactly(0);
      assertThat(session.call("square", 46341)).containsExactly((int) (46341L * 46341));
      assertThat(session.call("square", 0xffffffffL)).containsExactly(1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = WasmEngineMode.class,
      names = {"INTERPRETER", "COMPILED"})
  void argumentsAndResultsOfAHostFunction(WasmEngineMode mode) {
    try (WasmSession session = open(mode)) {
      this.answer = 0xfffffffeL;
      assertThat(session.call("ask", 1 << 16)).containsExactly(-2);
      this.answer = (7L << 32) + 5;
      assertThat(session.call("ask", 46341)).containsExactly(5);
      assertThat(this.seen).containsExactly(0L, (long) (int) (46341L * 46341));
    }
  }
}
