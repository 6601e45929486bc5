package io.github.wasmspring.internal.engine.jvm.module;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.engine.WasmCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackFramesTest {

  private final StackFrames frames =
      new StackFrames(frame -> "wasm-1".equals(frame.getClassLoaderName()));

  private static StackTraceElement frame(String loader, String method) {
    return new StackTraceElement(loader, null, null, "wasm.module.Functions0", method, null, -1);
  }

  private static StackTraceElement frame(String method) {
    return frame("wasm-1", method);
  }

  @Test
  void aPieceIsTheFunctionThatItWasSplitOff() {
    assertThat(this.frames.functionAt(frame("f9"))).isEqualTo(9);
    assertThat(this.frames.isPieceAt(frame("f9"))).isFalse();
    assertThat(this.frames.functionAt(frame(Names.piece(3, 0)))).isEqualTo(3);
    assertThat(this.frames.isPieceAt(frame(Names.piece(3, 0)))).isTrue();
    assertThat(this.frames.functionAt(frame("f71p12"))).isEqualTo(71);
    assertThat(this.frames.isPieceAt(frame("f71p12"))).isTrue();
  }

  @Test
  void theCallOfAHostFunctionIsThatFunction() {
    assertThat(this.frames.functionAt(frame("host2"))).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "call",
        "call0",
        "invoke",
        "f",
        "host",
        "f1x",
        "f1234567890",
        "f1p",
        "fp1",
        "f1p2p3",
        "f1p1234567890"
      })
  void otherMethodsAreNoFunctions(String method) {
    assertThat(this.frames.functionAt(frame(method))).isEqualTo(WasmCode.NO_FUNCTION);
    assertThat(this.frames.isPieceAt(frame(method))).isFalse();
  }

  @Test
  void methodsOfOtherModulesAreNoFunctions() {
    assertThat(this.frames.functionAt(frame("wasm-2", "f1"))).isEqualTo(WasmCode.NO_FUNCTION);
  }
}
