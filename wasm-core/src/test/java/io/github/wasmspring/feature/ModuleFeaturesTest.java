package io.github.wasmspring.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.wasmspring.testing.Guests;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void anUnknownInstructionDoesNotHideOtherFunctions() {
    byte[] module =
        module("010401600000", "0303020000", "0a0d 02 0400 ff ff 0b 0600 4101 c0 1a 0b");

    assertThat(features(module)).containsExactly(WasmFeature.SIGN_EXTENSION);
  }

  @Test
  void aDamagedSectionDoesNotHideOthers() {
    byte[] module = module("0103 01 99 99", "030201 00", "0a08 01 0600 4101 c0 1a 0b");

    assertThat(features(module)).containsExactly(WasmFeature.SIGN_EXTENSION);
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
    "typed reference, 0606 01 63 70 00 d0 70, REFERENCE_TYPES TYPED_FUNCTION_REFERENCES",
    "reference to anything, 0606 01 6e 00 d0 6e 0b, GC REFERENCE_TYPES"
  })
  void sections(String what, String section, String expected) {
    assertThat(features(module("010401600000", section)))
        .as(what)
        .map(WasmFeature::name)
        .containsExactlyInAnyOrder(expected.split(" "));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9})
  void hardlyAnyBytesAreNoProblem(int length) {
    byte[] bytes = Arrays.copyOf(FeatureProbe.SIMD.bytes(), length);

    assertThat(features(bytes)).isEmpty();
  }

  @Test
  void anyBytesAreLookedAtInFiniteTimeWithoutAFailure() {
    Random random = new Random(2026);
    FeatureProbe[] probes = FeatureProbe.values();
    for (int round = 0; round < 200_000; round++) {
      byte[] bytes = probes[round % probes.length].bytes();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[8 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt();
      }
      byte[] cut = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
      assertThatCode(
              () -> {
                features(bytes);
                features(cut);
              })
          .as(HexFormat.of().formatHex(bytes))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void countsThatAreLiesCostNothing() {
    // Every list claims to have four thousand million entries.
    for (String section :
        new String[] {"01", "02", "03", "04", "05", "06", "07", "09", "0a", "0b"}) {
      assertThat(features(module(section + "05 ffffffff0f"))).isEmpty();
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(module("0a0b 01 09 00 0e ffffffff0f 00 0b"));
    assertThat(features(body.toByteArray())).isEmpty();
  }
}
