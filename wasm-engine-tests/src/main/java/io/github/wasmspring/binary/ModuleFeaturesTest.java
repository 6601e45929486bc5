package io.github.wasmspring.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.testing.Guests;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModuleFeaturesTest {

  /** What some of the probes can't do without. */
  private static final Map<FeatureProbe, Set<WasmFeature>> MORE =
      Map.of(
          FeatureProbe.RELAXED_SIMD,
          Set.of(WasmFeature.SIMD),
          FeatureProbe.TYPED_FUNCTION_REFERENCES,
          Set.of(WasmFeature.REFERENCE_TYPES, WasmFeature.BULK_MEMORY),
          FeatureProbe.STACK_SWITCHING,
          Set.of(WasmFeature.REFERENCE_TYPES, WasmFeature.BULK_MEMORY));

  private static Set<WasmFeature> features(byte[] module) {
    return ModuleFeatures.of(module).all();
  }

  private static byte[] module(String... sections) {
    return HexFormat.of().parseHex("0061736d01000000" + String.join("", sections).replace(" ", ""));
  }

  @ParameterizedTest
  @EnumSource(FeatureProbe.class)
  void aProbeHasItsFeatureAndNoOther(FeatureProbe probe) {
    Set<WasmFeature> expected = EnumSet.of(probe.feature());
    expected.addAll(MORE.getOrDefault(probe, Set.of()));

    assertThat(features(probe.bytes())).isEqualTo(expected);
  }

  @Test
  void aModuleOfTheFirstVersionHasNone() {
    assertThat(features(Guests.bytes("counter"))).isEmpty();
  }

  @Test
  void saysWhereAFeatureIsUsedFirst() {
    // (func) (func (drop (i32.extend8_s (i32.const 1)))) (func (drop (i32.extend8_s …
    byte[] module =
        module(
            "010401600000", "030403000000", "0a12 03 02000b 0600 4101 c0 1a 0b 0600 4101 c0 1a 0b");

    assertThat(ModuleFeatures.of(module).uses().get(WasmFeature.SIGN_EXTENSION))
        .isEqualTo(new FeatureUse(1, 30))
        .extracting(FeatureUse::describe)
        .isEqualTo("function 1, offset 0x1e");
    assertThat(module[30]).isEqualTo((byte) 0xc0);
  }

  @Test
  void importedFunctionsAreCounted() {
    byte[] module =
        module(
            "010401600000", "0207 01 0161 0162 00 00", "030201 00", "0a08 01 0600 4101 c0 1a 0b");

    assertThat(ModuleFeatures.of(module).uses().get(WasmFeature.SIGN_EXTENSION).function())
        .isEqualTo(1);
  }

  /** Sections of one entry each, after the type {@code func()}. */
  @ParameterizedTest
  @CsvSource({
    "passive element, 0905 01 01 00 01 00, BULK_MEMORY",
    "declared element, 0905 01 03 00 01 00, BULK_MEMORY REFERENCE_TYPES",
    "element of expressions, 0909 01 04 41 00 0b 01 d2 00 0b, BULK_MEMORY",
    "element of references to hosts, 0907 01 05 6f 01 d0 6f 0b, BULK_MEMORY REFERENCE_TYPES",
    "passive data, 0b04 01 01 01 00, BULK_MEMORY",
    "data of the second memory, 0b08 01 02 01 41 00 0b 01 00, BULK_MEMORY MULTI_MEMORY",
    "data count, 0c01 00, BULK_MEMORY",
    "shared memory, 0504 01 03 01 01, THREADS",
    "imported 64-bit memory, 0209 01 0161 0162 02 05 01 01, MEMORY64",
    "imported global that changes, 0208 01 0161 0162 03 7f 01, MUTABLE_GLOBALS",
    "imported vector, 0208 01 0161 0162 03 7b 00, SIMD",
    "two tables, 0407 02 70 00 00 70 00 00, REFERENCE_TYPES",
    "table with a first value, 0409 01 40 00 70 00 00 d0 70 0b, REFERENCE_TYPES TYPED_FUNCTION_REFERENCES",
    "tag, 0d03 01 00 00, EXCEPTION_HANDLING",
    "typed reference, 0607 01 63 70 00 d0 70 0b, REFERENCE_TYPES TYPED_FUNCTION_REFERENCES",
    "reference to anything, 0606 01 6e 00 d0 6e 0b, GC REFERENCE_TYPES"
  })
  void sections(String what, String section, String expected) {
    assertThat(features(module("010401600000", section)))
        .as(what)
        .map(WasmFeature::name)
        .containsExactlyInAnyOrder(expected.split(" "));
  }
}
