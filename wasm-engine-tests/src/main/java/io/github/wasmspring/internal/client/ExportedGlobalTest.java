package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.ModuleMaker.FUNCTION;
import static io.github.wasmspring.testing.ModuleMaker.GLOBAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmGlobal;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.ModuleMaker;
import io.github.wasmspring.testing.TestRuntime;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Globals that modules export, seen by sessions and host functions. */
@Timeout(60)
class ExportedGlobalTest {

  private final TestRuntime runtime = new TestRuntime();
  private final AtomicReference<WasmGlobal> kept = new AtomicReference<>();

  @BeforeEach
  void register() {
    byte[] module =
        new ModuleMaker()
            .type("60 00 01 7f")
            .type("60 00 00")
            .imports("env", "raise", "00 01")
            .function(0, "00 23 00 0b")
            .function(0, "00 10 00 23 00 0b")
            .global("7f 01 41 07 0b")
            .global("7e 00 42 09 0b")
            .export("level", FUNCTION, 1)
            .export("raised", FUNCTION, 2)
            .export("state", GLOBAL, 0)
            .export("fixed", GLOBAL, 1)
            .bytes();
    this.runtime.with(
        WasmModuleDescriptor.builder("made")
            .location(this.runtime.bytes.put("made", module))
            .imports(
                new WasmImportDefinition(
                    "env",
                    "raise",
                    new WasmFunctionType(List.of(), List.of()),
                    (caller, arguments) -> {
                      WasmGlobal state = caller.global("state");
                      state.set(state.get() + 1);
                      this.kept.set(state);
                      return arguments;
                    })));
  }

  @AfterEach
  void close() {
    this.runtime.close();
  }

  @Test
  void aSessionReadsAndSetsThem() {
    try (WasmSession session = this.runtime.manager.open("made")) {
      WasmGlobal state = session.global("state");
      assertThat(state.type()).hasToString("mut i32");
      assertThat(state.get()).isEqualTo(7);
      state.set(-5);
      assertThat(session.call("level")).containsExactly(-5);
      assertThat(session.global("fixed").get()).isEqualTo(9);
    }
    try (WasmSession next = this.runtime.manager.open("made")) {
      assertThat(next.global("state").get()).isEqualTo(7);
    }
  }

  @Test
  void aHostFunctionSetsThemWhileItRuns() {
    try (WasmSession session = this.runtime.manager.open("made")) {
      assertThat(session.call("raised")).containsExactly(8);
      assertThatIllegalStateException().isThrownBy(() -> this.kept.get().get());
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    WasmGlobal state;
    try (WasmSession session = this.runtime.manager.open("made")) {
      state = session.global("state");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> state.set(1L << 32))
          .withMessageContaining("'state' (mut i32) has 32 bits");
      assertThatIllegalStateException()
          .isThrownBy(() -> session.global("fixed").set(1))
          .withMessageContaining("'fixed' (i64) can't be set");
      assertThatExceptionOfType(NoSuchElementException.class)
          .isThrownBy(() -> session.global("level"))
          .withMessageContaining("exports no global 'level'");
    }
    assertThatIllegalStateException().isThrownBy(state::get);
  }
}
