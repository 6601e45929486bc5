package io.github.wasmspring.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.internal.sandbox.CallGuard;
import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.testing.Guests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever bytes it is given, the engine answers with a classified failure or runs them. */
class BrokenModulesTest {

  private static final Set<WasmErrorCategory> REFUSED =
      EnumSet.of(WasmErrorCategory.MALFORMED, WasmErrorCategory.INVALID);

  private static final Set<String> ENDLESS = Set.of("spin", "spin_with_calls", "wait_for_ever");

  private static final Limits LIMITS = Limits.DEFAULTS.with(limits -> limits.memory(4 << 20));

  private static WasmCode compile(byte[] bytes, WasmEngineMode mode) {
    return new ChicoryEngine().compile(new WasmBinary(bytes, "none", "test"), mode);
  }

  @ParameterizedTest
  @CsvSource({
    "state, INTERPRETER",
    "buffer, INTERPRETER",
    "trouble, INTERPRETER",
    "imports, INTERPRETER",
    "state, COMPILED",
    "scalar, COMPILED"
  })
  void aModuleCutOffAnywhereIsRefused(String guest, WasmEngineMode mode) {
    byte[] bytes = Guests.bytes(guest);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);

      Throwable thrown =
          catchThrowable(
              () -> compile(cut, mode).instantiate(List.of(), LIMITS, MemoryCharge.NONE, true));

      // Cut between two sections it may be a smaller module that is right.
      if (thrown != null) {
        assertThat(thrown).as("cut after %d bytes", length).isInstanceOf(WasmException.class);
        assertThat(((WasmException) thrown).category())
            .as("cut after %d bytes: %s", length, thrown)
            .isIn(
                WasmErrorCategory.MALFORMED,
                WasmErrorCategory.INVALID,
                WasmErrorCategory.LINK,
                WasmErrorCategory.INSTANTIATION);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void aModuleWithAChangedByteIsRefusedOrRuns(WasmEngineMode mode) {
    Random random = new Random(2026);
    String[] guests = {"state", "buffer", "trouble", "scalar"};
    List<String> surprises = new ArrayList<>();
    try (CallWatchdog watchdog = new CallWatchdog()) {
      for (int round = 0; round < 2000; round++) {
        String guest = guests[round % guests.length];
        byte[] bytes = Guests.bytes(guest).clone();
        int place = 8 + random.nextInt(bytes.length - 8);
        bytes[place] = (byte) random.nextInt();
        String name = "%s with byte %d set to %d".formatted(guest, place, bytes[place]);
        runAll(name, bytes, mode, watchdog, surprises);
      }
    }
    assertThat(surprises).isEmpty();
  }

  /** Instantiates and calls every export with zeros; every failure must be one of ours. */
  private static void runAll(
      String name,
      byte[] bytes,
      WasmEngineMode mode,
      CallWatchdog watchdog,
      List<String> surprises) {
    CallGuard guard = watchdog.guard();
    try {
      WasmCode code = compile(bytes, mode);
      guard.enter(CallWatchdog.ticks(Duration.ofMillis(20)));
      WasmInstance instance;
      try {
        instance = code.instantiate(List.of(), LIMITS, MemoryCharge.NONE, true);
      } finally {
        guard.leave();
      }
      for (WasmExportedFunction export : code.exports().values()) {
        if (ENDLESS.contains(export.name())) {
          continue;
        }
        guard.enter(CallWatchdog.ticks(Duration.ofMillis(5)));
        try {
          instance.call(export.index(), new long[export.type().params().size()]);
        } catch (WasmException failure) {
          note(name + ", " + export.name(), failure, surprises);
        } finally {
          guard.leave();
        }
      }
    } catch (Throwable failure) {
      note(name, failure, surprises);
    } finally {
      watchdog.release(guard);
    }
  }

  private static void note(String name, Throwable thrown, List<String> surprises) {
    if (!(thrown instanceof WasmException failure)
        || failure.category() == WasmErrorCategory.ENGINE) {
      surprises.add(name + ": " + thrown);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // (func (export "f") (result i32) (block (drop (i32.const 1)) …
    "no end at all, 0a080106000240 41011a",
    "an end for the block only, 0a090107000240 41011a 0b",
    "an end for the block that it returns from, 0a090107000240 41010f 0b",
    "one end too many, 0a08010600 4101 0b 0b 0b"
  })
  void aFunctionWhoseBlocksDoNotEndIsDamaged(String name, String code) {
    byte[] module =
        HexFormat.of()
            .parseHex(
                ("0061736d01000000" + "010501 60 00 01 7f" + "03020100" + "0705010166 0000" + code)
                    .replace(" ", ""));

    for (WasmEngineMode mode : WasmEngineMode.values()) {
      assertThat(catchThrowable(() -> compile(module, mode)))
          .as("%s, %s", name, mode)
          .isInstanceOfSatisfying(
              WasmException.class, failure -> assertThat(failure.category()).isIn(REFUSED));
    }
  }

  @Test
  void aModuleThatNeedsSimdSaysSo() {
    // (module (func (result v128) (v128.const i64x2 0 0)))
    byte[] simd =
        HexFormat.of()
            .parseHex(
                "0061736d0100000001050160"
                    + "00017b"
                    + "03020100"
                    + "0a16011400"
                    + "fd0c00000000000000000000000000000000"
                    + "0b");

    Throwable thrown = catchThrowable(() -> compile(simd, WasmEngineMode.COMPILED));

    assertThat(thrown).isInstanceOf(WasmException.class);
    assertThat(REFUSED).contains(((WasmException) thrown).category());
    assertThat(thrown).hasMessageContaining("SIMD");
  }

  /**
   * In this order: a struct, an array, a struct that is open for subtypes, an array in a group;
   * each is the type of a global that is imported.
   */
  @ParameterizedTest
  @CsvSource({
    "0104015f017f00, 0",
    "0104015e7f01, 0",
    "01060150005f017f00, 0",
    "0108026000005e7f00, 1",
    "010a014e0260000050005e7f00, 1"
  })
  void aModuleWithStructsOrArraysIsRefused(String types, int last) {
    String imports = "0209010161016203630%d00".formatted(last);
    byte[] bytes = HexFormat.of().parseHex("0061736d01000000" + sized(types) + imports);
    for (WasmEngineMode mode : WasmEngineMode.values()) {
      Throwable thrown = catchThrowable(() -> compile(bytes, mode));

      assertThat(thrown)
          .isInstanceOf(WasmException.class)
          .hasMessageContaining("garbage collection (structs, arrays")
          .hasMessageContaining("limits.memory");
      assertThat(((WasmException) thrown).category()).isEqualTo(WasmErrorCategory.INVALID);
    }
  }

  /** Writes the right length of the section into its second byte. */
  private static String sized(String section) {
    return section.substring(0, 2)
        + "%02x".formatted((section.length() - 4) / 2)
        + section.substring(4);
  }
}
