package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.ModuleMaker.FUNCTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.ModuleMaker;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exceptions that guests throw. */
@Timeout(60)
class GuestExceptionTest {

  /**
   * {@code FeatureProbe.LEGACY_EXCEPTION_HANDLING}, translated by Binaryen 132 as the message says.
   */
  private static final String TRANSLATED =
      "0061736d0100000001090260017f006000017f030201010d03010000070501016600000a1d011b01017f027f027f1f7f01000000412a08000b0c010b210020000b0b";

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private void with(byte[] module, WasmEngineMode mode) {
    TestEngines.assumeRuns(module);
    this.runtime.with(
        WasmModuleDescriptor.builder("made")
            .location(this.runtime.bytes.put("made", module))
            .settings(settings -> settings.engineMode(mode)));
  }

  @ParameterizedTest
  @EnumSource(
      value = WasmEngineMode.class,
      names = {"INTERPRETER", "COMPILED"})
  void oneThatTheGuestDoesNotCatchIsATrap(WasmEngineMode mode) {
    with(
        new ModuleMaker()
            .type("60 01 7f 00")
            .type("60 00 00")
            .function(1, "00 41 2a 08 00 0b")
            .tag(0)
            .export("fail", FUNCTION, 0)
            .bytes(),
        mode);

    try (WasmSession session = this.runtime.manager.open("made")) {
      assertThat(failure(WasmErrorCategory.TRAP, () -> session.call("fail")))
          .hasMessageContaining("threw an exception (tag 0, 1 values) that it does not catch");
    }
  }

  @Test
  void legacyExceptionsWorkOnceTheyAreTranslatedAsTheMessageSays() {
    assertThat(WasmFeature.LEGACY_EXCEPTION_HANDLING.howToAvoid())
        .contains(
            "--enable-exception-handling --enable-reference-types --enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int --translate-to-exnref");
    with(HexFormat.of().parseHex(TRANSLATED), WasmEngineMode.COMPILED);

    try (WasmSession session = this.runtime.manager.open("made")) {
      assertThat(session.call("f")).containsExactly(42);
    }
  }
}
