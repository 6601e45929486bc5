package io.github.wasmspring.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.observe.WasmProfile;
import io.github.wasmspring.observe.WasmProfile.FunctionShare;
import io.github.wasmspring.observe.WasmProfiler;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The function that QuickJS spends its time in is one, though it was split into many. */
class QuickJsProfileTest {

  private static final String PROGRAM =
      "let s = 0; for (let i = 0; i < 200000; i++) { s = (s * 31 + i) % 1000003; } s";

  @Test
  void aSplitFunctionIsOneFunction() {
    byte[] module = NpmPackage.QUICKJS.bytes();
    try (TestRuntime runtime = new TestRuntime();
        WasmProfiler profiler = new WasmProfiler(runtime.watchdog)) {
      runtime.bytes.put("quickjs.wasm", module);
      runtime.with(
          WasmModuleDescriptor.builder("quickjs")
              .location("bytes:quickjs.wasm")
              .imports(DumbImports.of(module, "wasi_snapshot_preview1"))
              .settings(
                  settings -> settings.limits(limits -> limits.timeout(Duration.ofMinutes(1)))));
      try (WasmSession session = runtime.manager.open("quickjs")) {
        QuickJs javascript = new QuickJs(session);
        profiler.start(WasmProfiler.MAX_RATE, Duration.ofMinutes(1), null);
        while (Objects.requireNonNull(profiler.profile()).samples() < 200) {
          javascript.evaluate(PROGRAM);
        }
      }
      WasmProfile profile = Objects.requireNonNull(profiler.stop());

      FunctionShare first = profile.functions().get(0);
      List<String> split = runtime.manager.status("quickjs").get(0).bigFunctions();
      assertThat(split).anyMatch(function -> isOf(function, first.function()));
      assertThat(first.share()).as(profile.folded()).isGreaterThan(0.5);
      assertThat(profile.stacks())
          .allSatisfy(
              stack ->
                  assertThat(stack.frames().stream().filter(first.function()::equals).count())
                      .as(stack.toString())
                      .isLessThanOrEqualTo(1));
    }
  }

  /** The program has one function, so that its interpreter calls itself for no other. */
  private static boolean isOf(String bigFunction, String name) {
    String index = name.replaceAll("func\\[(\\d+)]", "$1");
    return bigFunction.startsWith(name + " ") || bigFunction.startsWith("function " + index + " ");
  }
}
