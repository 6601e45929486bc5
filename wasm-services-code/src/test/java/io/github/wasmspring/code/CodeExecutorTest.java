package io.github.wasmspring.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.runtime.WasmRuntime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** JavaScript as a user runs it. */
class CodeExecutorTest {

  private static WasmRuntime runtime;
  private static CodeExecutor executor;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    executor = CodeExecutor.of(runtime.manager());
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  @Test
  void aScriptComesToItsLastExpression() {
    assertThat(executor.javascript("const a = 6; a * 7").run().json()).isEqualTo("42");
  }
}
