package io.github.wasmspring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExternalKind;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmLinkedImport;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.LinkedGuest;
import io.github.wasmspring.testing.ModuleMaker;
import io.github.wasmspring.testing.TestEngines;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors of 128 bits wherever values can be; the host sees two numbers, the lower half first. */
class SimdTest {

  private static final int PAGE = 65_536;

  private WasmCode code;
  private WasmInstance instance;

  @BeforeEach
  void start() {
    byte[] module = Guests.bytes("simd");
    TestEngines.assumeRuns(module);
    this.code =
        TestEngines.create()
            .compile(new WasmBinary(module, "none", "test"), WasmEngineMode.COMPILED);
    this.instance = this.code.instantiate(List.of(), Limits.DEFAULTS, MemoryCharge.NONE, true);
  }

  private long[] call(String export, long... arguments) {
    return this.instance.call(
        Objects.requireNonNull(this.code.exports().get(export)).index(), arguments);
  }

  private WasmException failure(String export, long... arguments) {
    return catchThrowableOfType(WasmException.class, () -> call(export, arguments));
  }

  private WasmMemory memory() {
    return Objects.requireNonNull(this.instance.memory());
  }

  @Test
  void areTwoNumbersToTheHost() {
    assertThat(call("identity", 11, 22)).containsExactly(11, 22);
    assertThat(call("swap", 1, 2, 3, 4)).containsExactly(3, 4, 1, 2);
  }

  @Test
  void areTwoNumbersToHostFunctions() {
    byte[] module =
        new ModuleMaker()
            .type("60 02 7b 7f 01 7b")
            .imports("env", "twist", "00 00")
            .function(0, "00 20 00 20 01 10 00 0b")
            .export("twisted", ModuleMaker.FUNCTION, 1)
            .bytes();
    WasmFunctionType type =
        new WasmFunctionType(
            List.of(WasmValueType.V128, WasmValueType.I32), List.of(WasmValueType.V128));
    WasmImportDefinition twist =
        new WasmImportDefinition(
            "env", "twist", type, (caller, given) -> new long[] {given[1] + given[2], given[0]});
    WasmCode importer =
        TestEngines.create()
            .compile(new WasmBinary(module, "none", "test"), WasmEngineMode.COMPILED);
    WasmInstance twisted =
        importer.instantiate(List.of(twist), Limits.DEFAULTS, MemoryCharge.NONE, false);

    assertThat(twisted.call(0, 1, 20, 300)).containsExactly(320, 1);
    WasmImportDefinition wrong =
        new WasmImportDefinition("env", "twist", type, (caller, given) -> new long[] {1});
    WasmInstance failing =
        importer.instantiate(List.of(wrong), Limits.DEFAULTS, MemoryCharge.NONE, false);
    assertThat(catchThrowableOfType(WasmException.class, () -> failing.call(0, 1, 2, 3)).category())
        .isEqualTo(WasmErrorCategory.HOST_FUNCTION);
  }

  @Test
  void goFromModuleToModule() {
    LinkedGuest.assumeLinks(WasmExternalKind.GLOBAL);
    byte[] module =
        new ModuleMaker()
            .type("60 02 7b 7b 02 7b 7b")
            .type("60 00 02 7e 7e")
            .imports("a", "swap", "00 00")
            .imports("a", "sum", "03 7b 01")
            .function(1, "00 23 00 23 00 fd ce 01 24 00 23 00 fd 1d 00 23 00 fd 1d 01 0b")
            .function(0, "00 20 00 20 01 10 00 0b")
            .export("twice", ModuleMaker.FUNCTION, 1)
            .export("swapped", ModuleMaker.FUNCTION, 2)
            .bytes();
    WasmInstance importer =
        TestEngines.create()
            .compile(new WasmBinary(module, "none", "test"), WasmEngineMode.COMPILED)
            .instantiate(
                List.of(
                    new WasmLinkedImport("a", "swap", this.instance.external("swap")),
                    new WasmLinkedImport("a", "sum", this.instance.external("sum"))),
                Limits.DEFAULTS,
                MemoryCharge.NONE,
                false);

    assertThat(importer.call(0)).containsExactly(2, 4);
    assertThat(call("bump")).containsExactly(12, 24);
    assertThat(importer.call(0)).containsExactly(24, 48);
    assertThat(importer.call(1, 1, 2, 3, 4)).containsExactly(3, 4, 1, 2);
  }

  @Test
  void areWhereNothingComesTo() {
    String constant = "fd 0c" + " 00".repeat(16);
    byte[] module =
        new ModuleMaker()
            .type("60 01 7b 01 7b")
            .function(
                0, "00 02 40 0c 00 1b 1a fd ae 01 1a " + constant + " 41 00 1b 1a 0b 20 00 0b")
            .export("same", ModuleMaker.FUNCTION, 0)
            .bytes();
    WasmCode dead =
        TestEngines.create()
            .compile(new WasmBinary(module, "none", "test"), WasmEngineMode.COMPILED);

    assertThat(dead.instantiate(List.of(), Limits.DEFAULTS, MemoryCharge.NONE, false).call(0, 5, 6))
        .containsExactly(5, 6);
  }

  @Test
  void goThroughTables() {
    assertThat(call("apply", 0, 0x1_0000_0002L, -1, 0x1_0000_0003L, 1))
        .containsExactly(0x2_0000_0005L, 0xffff_ffff_0000_0000L);
    assertThat(call("apply", 1, 0x2_0000_0002L, 5, 0x3_0000_0003L, 7))
        .containsExactly(0x6_0000_0006L, 35);
    assertThat(failure("apply", 2, 0, 0, 0, 0).category()).isEqualTo(WasmErrorCategory.TRAP);
  }

  @Test
  void areInGlobalsAndBroughtBack() {
    assertThat(call("bump")).containsExactly(11, 22);
    assertThat(call("bump")).containsExactly(21, 42);
    assertThat(this.instance.reset()).isTrue();
    assertThat(call("bump")).containsExactly(11, 22);
    assertThat(call("begin_of", 33)).containsExactly(8);
  }

  @Test
  void aGlobalWithOneIsNoNumber() {
    Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() -> this.instance.global("sum"))
        .withMessageContaining("sum")
        .withMessageContaining("v128");
  }

  @ParameterizedTest
  @ValueSource(ints = {PAGE - 15, PAGE - 8, PAGE - 1, PAGE, -1, -16, Integer.MAX_VALUE, -8})
  void whatIsNotAllInsideIsNotStored(int address) {
    byte[] before = memory().read(0, PAGE);

    assertThat(failure("store", address).detail()).contains("out of bounds memory access");

    assertThat(memory().read(0, PAGE)).isEqualTo(before);
    assertThat(failure("load", address).detail()).contains("out of bounds memory access");
  }

  @Test
  void areStoredAndLoaded() {
    call("store", PAGE - 16);

    assertThat(call("load", PAGE - 24)).containsExactly(-1, -1);
    assertThat(call("load", PAGE - 32)).containsExactly(0, -1);
    assertThat(call("load_lane", PAGE - 2)).containsExactly(1, 0xffff_0000_0000_0002L);
    assertThat(failure("load_lane", PAGE - 1).category()).isEqualTo(WasmErrorCategory.TRAP);
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "1, 8", "2, 5"})
  void goFromBlockToBlock(int second, int expected) {
    assertThat(call("choose", second)).containsExactly(expected);
  }

  @Test
  void goRoundLoops() {
    assertThat(call("power", 5)).containsExactly(1008);
  }

  @Test
  void calculateInHotLoops() {
    byte[] bytes = new byte[4096];
    for (int i = 0; i < bytes.length; i += 4) {
      // 1.0f
      bytes[i + 2] = (byte) 0x80;
      bytes[i + 3] = 0x3f;
    }
    memory().write(0, bytes);

    for (int i = 0; i < 20_000; i++) {
      assertThat(Float.intBitsToFloat((int) call("dot", 0, 0, 1024)[0])).isEqualTo(256);
      assertThat(call("count", 16, 0x3f, 512)).containsExactly(128);
    }
  }

  @Test
  void loopsOfThemCanBeStopped() {
    Thread.currentThread().interrupt();
    try {
      assertThat(failure("spin").category()).isEqualTo(WasmErrorCategory.INTERRUPTED);
    } finally {
      Thread.interrupted();
    }
  }
}
