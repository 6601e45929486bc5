package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.ModuleMaker.FUNCTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.ModuleMaker;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules that export {@code _start} and other functions. */
@Timeout(60)
class StartFunctionTest {

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  /** {@code _start} adds one to what {@code ready} tells, and ends as {@code exit} says. */
  private WasmModuleDescriptor.Builder module(String exit, String kindOfWasi) {
    byte[] module =
        new ModuleMaker()
            .type("60 00 00")
            .type("60 00 01 7f")
            .type("60 01 7f 00")
            .imports(kindOfWasi, "proc_exit", "00 02")
            .function(0, "00 23 00 41 01 6a 24 00" + exit + "0b")
            .function(1, "00 23 00 0b")
            .global("7f 01 41 00 0b")
            .export("_start", FUNCTION, 1)
            .export("ready", FUNCTION, 2)
            .bytes();
    return WasmModuleDescriptor.builder("made").location(this.runtime.bytes.put("made", module));
  }

  private static final String WASI = "wasi_snapshot_preview1";

  @ParameterizedTest
  @ValueSource(strings = {"", "41 00 10 00"})
  void runsFirstOnceInEachInstance(String exit) {
    this.runtime.with(module(exit, WASI).convention("scalar"));

    for (int i = 0; i < 3; i++) {
      assertThat(
              this.runtime
                  .manager
                  .module("made")
                  .operation("ready")
                  .retrieve(Integer.class)
                  .value())
          .isEqualTo(1);
    }
  }

  @Test
  void anExitCodeThatIsNotZeroIsAnError() {
    this.runtime.with(module("41 03 10 00", WASI).convention("scalar"));

    assertThat(failure(WasmErrorCategory.INSTANTIATION, () -> this.runtime.manager.open("made")))
        .hasMessageContaining("ended itself with exit code 3");
  }

  /** With what the interface itself says, as in an engine that knows of no first function. */
  private static WasmCode foreign(WasmCode code) {
    return (WasmCode)
        Proxy.newProxyInstance(
            WasmCode.class.getClassLoader(),
            new Class<?>[] {WasmCode.class},
            (proxy, method, arguments) ->
                method.isDefault() && method.getName().equals("instantiate")
                    ? InvocationHandler.invokeDefault(proxy, method, arguments)
                    : method.invoke(code, arguments));
  }

  @Test
  void anEngineThatCanNotRunItSaysSo() {
    this.runtime.engine.wrapping = StartFunctionTest::foreign;
    this.runtime.with(module("", WASI).convention("scalar"));

    assertThat(failure(WasmErrorCategory.INSTANTIATION, () -> this.runtime.manager.open("made")))
        .hasMessageContainingAll("module 'made'", "_start", TestEngines.create().name(), "reactor");
  }

  @Test
  void anEngineThatCanNotRunItRunsWhatNeedsNone() {
    this.runtime.engine.wrapping = StartFunctionTest::foreign;
    this.runtime.with(TestRuntime.guest("scalar"));

    try (WasmSession session = this.runtime.manager.open("scalar")) {
      assertThat(session.call("add", 2, 3)).containsExactly(5);
    }
  }

  @Test
  void inACommandItIsTheProgram() {
    this.runtime.with(module("", WASI));

    try (WasmSession session = this.runtime.manager.open("made")) {
      assertThat(session.call("ready")).containsExactly(0);
      session.call("_start");
      assertThat(session.call("ready")).containsExactly(1);
    }
  }
}
