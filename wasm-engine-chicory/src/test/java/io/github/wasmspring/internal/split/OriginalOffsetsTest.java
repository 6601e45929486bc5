package io.github.wasmspring.internal.split;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.OpCode;
import io.github.wasmspring.binary.ModuleFacts;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What splitting has moved is found again where it stood, as Chicory's parser sees it. */
class OriginalOffsetsTest {

  private static final int MODULES = 60;

  /** By where they stand in the module. */
  private static Map<Integer, AnnotatedInstruction> instructions(byte[] module) {
    WasmModule parsed = Parser.parse(module);
    Map<Integer, AnnotatedInstruction> all = new HashMap<>();
    for (int i = 0; i < parsed.codeSection().functionBodyCount(); i++) {
      for (AnnotatedInstruction each : parsed.codeSection().getFunctionBody(i).instructions()) {
        assertThat(module[each.address()] & 0xff)
            .isEqualTo(each.opcode().opcode() >> (each.opcode().opcode() > 0xff ? 8 : 0));
        all.put(each.address(), each);
      }
    }
    return all;
  }

  private static boolean mayFail(OpCode opcode) {
    String name = opcode.name();
    return name.contains("_LOAD")
        || name.contains("_STORE")
        || name.contains("_DIV_")
        || name.contains("_REM_")
        || name.contains("_TRUNC_")
        || name.startsWith("CALL")
        || name.startsWith("MEMORY_")
        || name.startsWith("TABLE_")
        || opcode == OpCode.UNREACHABLE
        || opcode == OpCode.LOOP;
  }

  @Test
  void whatMayFailIsFoundWhereItStood() {
    int found = 0;
    int made = 0;
    for (int i = 0; i < MODULES; i++) {
      byte[] whole = new RandomModule(i, 40 + 5 * i).bytes();
      SplitModule split =
          Splits.of(
              whole, SplitDifferentialTest.LIMITS.get(i % SplitDifferentialTest.LIMITS.size()));
      Map<Integer, AnnotatedInstruction> before = instructions(whole);
      int functions = ModuleFacts.of(whole).functionCount();
      for (Map.Entry<Integer, AnnotatedInstruction> each : instructions(split.bytes()).entrySet()) {
        AnnotatedInstruction instruction = each.getValue();
        if (!mayFail(instruction.opcode())) {
          continue;
        }
        int original = split.offsets().of(each.getKey());
        if (original == OriginalOffsets.NONE) {
          assertThat(instruction.opcode()).isIn(OpCode.CALL, OpCode.UNREACHABLE);
          assertThat(
                  instruction.opcode() == OpCode.UNREACHABLE || instruction.operand(0) >= functions)
              .as("%s is to a piece", instruction)
              .isTrue();
          made++;
        } else {
          assertThat(before).as("module %d, %s", i, instruction).containsKey(original);
          assertThat(before.get(original).opcode()).isEqualTo(instruction.opcode());
          assertThat(before.get(original).operands()).isEqualTo(instruction.operands());
          found++;
        }
      }
    }
    assertThat(found).isGreaterThan(3_000);
    assertThat(made).isGreaterThan(5 * MODULES);
  }

  @Test
  void runsAreFewerThanInstructions() {
    byte[] whole = new RandomModule(9, 900).bytes();
    SplitModule split = Splits.of(whole);

    assertThat(split.isSplit()).isTrue();
    assertThat(split.offsets().runs()).isLessThan(instructions(split.bytes()).size() / 4);
  }

  @Test
  void aModuleThatIsNotSplitIsAsItWas() {
    assertThat(new SplitModule(new byte[0], java.util.List.of()).offsets().of(77)).isEqualTo(77);
  }
}
