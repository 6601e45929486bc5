package io.github.wasmspring.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmModule;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done where no class can be made; tried on a JVM that calls itself a native image. */
class NativeImageTest {

  private static final String IMAGE = "org.graalvm.nativeimage.imagecode";

  private final TestRuntime runtime = new TestRuntime();

  @WasmModule("scalar")
  interface Scalar {

    int add(int first, int second);

    default int twice(int number) {
      return add(number, number);
    }
  }

  @BeforeEach
  void pretend() {
    TestEngines.assumeInterpreter();
    System.setProperty(IMAGE, "runtime");
  }

  @AfterEach
  void close() {
    System.clearProperty(IMAGE);
    this.runtime.close();
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void everyModuleIsInterpretedAndEveryInterfaceAJdkProxy(WasmEngineMode mode) {
    this.runtime.with(TestRuntime.guest("scalar").settings(settings -> settings.engineMode(mode)));

    Scalar scalar = this.runtime.manager.bind(Scalar.class);

    assertThat(Proxy.isProxyClass(scalar.getClass())).isTrue();
    assertThat(scalar.twice(21)).isEqualTo(42);
    assertThat(this.runtime.manager.status("scalar").get(0).engine())
        .isEqualTo(TestEngines.INTERPRETER);
  }

  @Test
  void theReasonIsSaid() {
    this.runtime.with(TestRuntime.guest("scalar"));
    this.runtime.manager.warmUp("scalar");

    assertThat(this.runtime.manager.status("scalar").get(0).tier().toString())
        .contains("nothing can be compiled in a native image");
  }
}
