package io.github.wasmspring.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.wasm.Parser;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.split.BigFunction;
import io.github.wasmspring.testing.Guests;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestFramesTest {

  private static StackTraceElement frame(
      @Nullable String classLoader, String className, String method) {
    return new StackTraceElement(classLoader, null, null, className, method, null, -1);
  }

  @ParameterizedTest
  @CsvSource({
    "a.ComputeCodeMachineFuncGroup_0, func_7, 7",
    "a.ComputeCodeMachineFuncGroup_12, func_1234, 1234",
    "a.ComputeCodeMachineFuncGroup_0, call_7, -1",
    "a.ComputeCodeMachineFuncGroup_0, func_, -1",
    "a.ComputeCodeMachineFuncGroup_0, func_7x, -1",
    "a.ComputeCodeMachineFuncGroup_0, func_99999999999, -1",
    "a.ComputeCodeMachineShaded, func_7, -1",
    "a.ComputeCodeParallelMachineFuncGroup_0, func_7, -1",
    "b.a.ComputeCodeMachineFuncGroup_0, func_7, -1"
  })
  void findsFunctionsOfClassesThatWereBuiltBefore(String className, String method, int function) {
    GuestFrames frames = GuestFrames.builtBefore("a.ComputeCode");

    assertThat(frames.functionAt(frame("app", className, method))).isEqualTo(function);
  }

  @Test
  void knowsModulesByTheNamesOfTheirClassLoaders() {
    GuestFrames frames = compiled(List.of());

    assertThat(frames.functionAt(frame("one", "MachineFuncGroup_0", "func_1"))).isOne();
    assertThat(frames.functionAt(frame("two", "MachineFuncGroup_0", "func_1")))
        .isEqualTo(WasmCode.NO_FUNCTION);
    assertThat(frames.functionAt(frame(null, "MachineFuncGroup_0", "func_1")))
        .isEqualTo(WasmCode.NO_FUNCTION);
  }

  /** The guest has five functions; three of them are taken for pieces here. */
  @Test
  void piecesAreTheirFunction() {
    GuestFrames frames =
        compiled(
            List.of(
                new BigFunction(0, null, 9000, 7000, 1), new BigFunction(1, null, 9000, 7000, 2)));

    assertThat(frames.functionAt(frame("one", "MachineFuncGroup_0", "func_1"))).isOne();
    assertThat(frames.functionAt(frame("one", "MachineFuncGroup_0", "func_2"))).isZero();
    assertThat(frames.functionAt(frame("one", "MachineFuncGroup_0", "func_3"))).isOne();
    assertThat(frames.functionAt(frame("one", "MachineFuncGroup_0", "func_4"))).isOne();
    assertThat(frames.isPieceAt(frame("one", "MachineFuncGroup_0", "func_1"))).isFalse();
    assertThat(frames.isPieceAt(frame("one", "MachineFuncGroup_0", "func_2"))).isTrue();
  }

  @Test
  void interpretedFunctionsAreUnknown() {
    StackTraceElement frame = frame("app", InterpreterMachine.class.getName(), "eval");

    assertThat(GuestFrames.interpreted().functionAt(frame)).isEqualTo(WasmCode.UNKNOWN_FUNCTION);
    assertThat(compiled(List.of()).functionAt(frame)).isEqualTo(WasmCode.UNKNOWN_FUNCTION);
  }

  private static GuestFrames compiled(List<BigFunction> functions) {
    return GuestFrames.compiled("Machine", "one", Parser.parse(Guests.bytes("profile")), functions);
  }
}
