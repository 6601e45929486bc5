package io.github.wasmspring.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.testing.Guests;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every atomic instruction beside what another engine made of it, see expected.mjs. */
class AtomicsTest {

  private static final int LAST_BYTES = 65520;

  private record Case(
      String instruction, byte[] before, long[] arguments, String result, byte[] after) {

    static Case parse(String line) {
      String[] parts = line.split(";");
      String operands = parts[3].equals("-") ? parts[2] : parts[2] + " " + parts[3];
      return new Case(
          parts[0],
          HexFormat.of().parseHex(parts[1]),
          Arrays.stream(operands.split(" ")).mapToLong(Long::parseLong).toArray(),
          parts[4],
          HexFormat.of().parseHex(parts[5]));
    }
  }

  private static List<Case> cases() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                AtomicsTest.class.getResourceAsStream("/atomics/expected.txt"),
                StandardCharsets.UTF_8))) {
      return lines.lines().map(Case::parse).toList();
    }
  }

  private static WasmCode code(WasmEngineMode mode) {
    return new ChicoryEngine()
        .compile(new WasmBinary(Guests.bytes("atomics"), "none", "test"), mode);
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void everyInstructionDoesWhatItDoesElsewhere(WasmEngineMode mode) throws IOException {
    WasmCode code = code(mode);
    List<Case> cases = cases();
    assertThat(cases).hasSizeGreaterThan(1500);
    try (WasmInstance instance =
        code.instantiate(List.of(), Limits.DEFAULTS, MemoryCharge.NONE, false)) {
      WasmMemory memory = instance.memory();
      for (Case each : cases) {
        memory.write(LAST_BYTES, each.before());
        String result = call(instance, code.exports().get(each.instruction()), each.arguments());
        assertThat(result).as("%s", each).isEqualTo(each.result());
        assertThat(memory.read(LAST_BYTES, 16)).as("%s", each).isEqualTo(each.after());
      }
    }
  }

  private static String call(
      WasmInstance instance, WasmExportedFunction function, long... arguments) {
    try {
      long[] results = instance.call(function.index(), arguments);
      return results.length == 0
          ? "-"
          : String.valueOf(
              function.describe().endsWith("i32") ? Long.valueOf((int) results[0]) : results[0]);
    } catch (WasmExecutionException trap) {
      assertThat(trap.category()).isEqualTo(WasmErrorCategory.TRAP);
      return "trap";
    }
  }
}
