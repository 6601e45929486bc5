package io.github.wasmspring.engine.chicory;

import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.binary.FeatureProbe;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.internal.engine.FeatureGate;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the engine says it can run, it runs; and what it says it can't, Chicory itself can't. */
class ChicoryFeaturesTest {

  private static final long ANSWER = 42;

  private final ChicoryEngine engine = new ChicoryEngine();

  static Stream<Arguments> probes() {
    return Arrays.stream(FeatureProbe.values())
        .flatMap(
            probe -> Arrays.stream(WasmEngineMode.values()).map(mode -> Arguments.of(probe, mode)));
  }

  private static WasmBinary binary(FeatureProbe probe) {
    return new WasmBinary(probe.bytes(), "sha256:" + probe, probe.text());
  }

  /** What comes of the probe when nothing of ours stands before Chicory. */
  private static boolean runsOnChicoryAlone(FeatureProbe probe, WasmEngineMode mode) {
    try {
      WasmModule module = Parser.parse(probe.bytes());
      Instance.Builder instance = Instance.builder(module);
      if (mode != WasmEngineMode.INTERPRETER) {
        instance.withMachineFactory(
            MachineFactoryCompiler.builder(module)
                .withInterpreterFallback(InterpreterFallback.FAIL)
                .compile());
      }
      return instance.build().export("f").apply()[0] == ANSWER;
    } catch (RuntimeException | Error refused) {
      return false;
    }
  }

  @Test
  void everyFeatureHasAProbe() {
    assertThat(Arrays.stream(FeatureProbe.values()).map(FeatureProbe::feature))
        .containsExactlyInAnyOrder(WasmFeature.values());
  }

  @ParameterizedTest
  @MethodSource("probes")
  void theEngineHasWhatItSaysAndNoMore(FeatureProbe probe, WasmEngineMode mode) {
    boolean declared = this.engine.features(mode).contains(probe.feature());
    // Chicory has garbage collection; it is kept out because no limit holds what it allocates.
    assertThat(runsOnChicoryAlone(probe, mode)).isEqualTo(declared || probe == FeatureProbe.GC);
  }

  @ParameterizedTest
  @MethodSource("probes")
  void aModuleRunsOrIsRefusedWithTheNameOfTheFeature(FeatureProbe probe, WasmEngineMode mode) {
    if (this.engine.features(mode).contains(probe.feature())) {
      WasmCode code = this.engine.compile(binary(probe), mode);
      WasmInstance instance =
          code.instantiate(List.of(), Limits.DEFAULTS, MemoryCharge.NONE, false);
      assertThat(instance.call(code.exports().get("f").index(), new long[0]))
          .containsExactly(ANSWER);
      assertThat(code.features()).contains(probe.feature());
    } else {
      WasmException refused =
          failure(WasmErrorCategory.INVALID, () -> this.engine.compile(binary(probe), mode));
      assertThat(refused.detail())
          .startsWith("the module needs ")
          .contains(probe.feature().title(), "offset 0x", whoHas(probe.feature()))
          .contains(probe.feature().howToAvoid());
    }
  }

  private static String whoHas(WasmFeature feature) {
    return FeatureGate.NOWHERE.contains(feature)
        ? "no engine here has"
        : "the engine chicory has not, and the engine jvm has: set wasm.engine.name to jvm";
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void whatAModuleNeedsIsOneMessage(WasmEngineMode mode) {
    byte[] simd = FeatureProbe.SIMD.bytes();
    byte[] relaxed = FeatureProbe.RELAXED_SIMD.bytes();

    assertThat(
            failure(() -> this.engine.compile(new WasmBinary(relaxed, "sha256:1", "test"), mode))
                .detail())
        .contains(WasmFeature.SIMD.title() + " (first in function 0, offset 0x2")
        .contains(" and " + WasmFeature.RELAXED_SIMD.title())
        .contains("-mno-simd128", "-C target-feature=-relaxed-simd");
    assertThat(
            failure(() -> this.engine.compile(new WasmBinary(simd, "sha256:2", "test"), mode))
                .detail())
        .doesNotContain("relaxed");
  }
}
