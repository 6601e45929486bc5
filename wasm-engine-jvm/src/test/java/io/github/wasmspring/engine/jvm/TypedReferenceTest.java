package io.github.wasmspring.engine.jvm;

import static io.github.wasmspring.engine.jvm.Guests.call;
import static io.github.wasmspring.engine.jvm.Guests.failure;
import static io.github.wasmspring.engine.jvm.Guests.open;
import static io.github.wasmspring.engine.jvm.Guests.start;
import static io.github.wasmspring.testing.ModuleMaker.FUNCTION;
import static io.github.wasmspring.testing.ModuleMaker.TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmTable;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.testing.ModuleMaker;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * References to functions of a type: calls of them, branches by them, and what begins with them.
 */
@Timeout(120)
class TypedReferenceTest {

  private static final String INT = "60 01 7f 01 7f";
  private static final String TWICE = "00 20 00 41 01 74 0b";

  /** Makes functions referable. */
  private static final String DECLARE_FUNCTION_0 = "03 00 01 00";

  @Test
  void functionIsCalledByItsReference() {
    try (WasmInstance instance =
        start(
            module ->
                module
                    .type(INT)
                    .function(0, TWICE)
                    .function(0, "00 20 00 d2 00 14 00 0b")
                    .elements(DECLARE_FUNCTION_0)
                    .export("run", FUNCTION, 1))) {
      assertThat(call(instance, 21)).containsExactly(42);
    }
  }

  @Test
  void callOfNullIsATrap() {
    try (WasmInstance ordinary =
            start(
                module ->
                    module
                        .type(INT)
                        .function(0, "00 20 00 d0 00 14 00 0b")
                        .export("run", FUNCTION, 0));
        WasmInstance tail =
            start(
                module ->
                    module
                        .type(INT)
                        .function(0, "00 20 00 d0 00 15 00 0b")
                        .export("run", FUNCTION, 0))) {
      assertThat(failure(WasmErrorCategory.TRAP, ordinary, 1))
          .hasMessageContaining("null function reference");
      assertThat(failure(WasmErrorCategory.TRAP, tail, 1))
          .hasMessageContaining("null function reference");
    }
  }

  /** The function gets a reference to itself, whose type refers to itself. */
  @Test
  void tailCallsByReferenceTakeNoStack() {
    try (WasmInstance instance =
        start(
            module ->
                module
                    .type("60 02 7f 63 00 01 7f")
                    .type(INT)
                    .function(
                        0, "00 20 00 45 04 40 41 07 0f 0b 20 00 41 01 6b 20 01 20 01 15 00 0b")
                    .function(1, "00 20 00 d2 00 10 00 0b")
                    .elements(DECLARE_FUNCTION_0)
                    .export("run", FUNCTION, 1))) {
      assertThat(call(instance, 5_000_000)).containsExactly(7);
    }
  }

  /** Operands lie below, and the loop has its own in local variables. */
  @Test
  void branchesGoByWhatIsNull() {
    String orNull = "20 00 04 63 00 d2 00 05 d0 00 0b ";
    try (WasmInstance onNull =
            start(
                module ->
                    branching(
                        module,
                        "00 42 05 1a 41 01 02 7f 41 04 41 05 "
                            + orNull
                            + "d5 00 14 00 0f 0b 6a 0b"));
        WasmInstance onNonNull =
            start(
                module ->
                    branching(
                        module,
                        "00 41 01 02 02 41 04 41 05 " + orNull + "d6 00 1a 0f 0b 14 00 6a 0b"));
        WasmInstance outOfLoop =
            start(
                module ->
                    branching(
                        module,
                        "00 41 64 02 02 43 00 00 00 00 03 40 41 05 "
                            + orNull
                            + "d6 01 1a 41 01 21 00 0c 00 0b 00 0b 14 00 6a 0b"))) {
      assertThat(call(onNull, 1)).as("twice five").containsExactly(10);
      assertThat(call(onNull, 0)).as("one and five").containsExactly(6);
      assertThat(call(onNonNull, 1)).as("one and twice five").containsExactly(11);
      assertThat(call(onNonNull, 0)).as("four").containsExactly(4);
      assertThat(call(outOfLoop, 0)).as("-28 and twice five").containsExactly(-18);
    }
  }

  /** Of two functions the second one runs; the third type is of blocks. */
  private static ModuleMaker branching(ModuleMaker module, String body) {
    return module
        .type(INT)
        .type("60 00 01 7f")
        .type("60 00 02 7f 64 00")
        .function(0, TWICE)
        .function(0, body)
        .elements(DECLARE_FUNCTION_0)
        .export("run", FUNCTION, 1);
  }

  @Test
  void nullIsNoReferenceThatMustNotBe() {
    for (String type : List.of("70", "6f", "69", "00")) {
      try (WasmInstance instance =
          start(
              module ->
                  module
                      .type("60 00 01 7f")
                      .function(0, "00 d0 %s d4 d1 0b".formatted(type))
                      .export("run", FUNCTION, 0))) {
        assertThat(failure(WasmErrorCategory.TRAP, instance))
            .as("of %s", type)
            .hasMessageContaining("null reference");
      }
    }
  }

  @Test
  void localThatIsNeverNullIsSetBeforeItIsRead() {
    try (WasmInstance instance =
        start(
            module ->
                module
                    .type(INT)
                    .function(0, TWICE)
                    .function(
                        0, "01 01 64 00 02 40 d2 00 21 01 0b d2 00 21 01 20 00 20 01 14 00 0b")
                    .elements(DECLARE_FUNCTION_0)
                    .export("run", FUNCTION, 1))) {
      assertThat(call(instance, 4)).containsExactly(8);
    }
  }

  /**
   * All elements are the function at first, after a reset too; grown ones are what growing says.
   */
  @Test
  void tableBeginsWithItsValue() {
    WasmCode code =
        open(
            module ->
                module
                    .type(INT)
                    .function(0, TWICE)
                    .function(
                        0,
                        "00 20 00 20 00 25 00 14 00 20 00 d0 00 26 00 d0 00 41 01 fc 0f 00 6a 0b")
                    .table("40 00 63 00 00 04 d2 00 0b")
                    .export("run", FUNCTION, 1));
    try (WasmInstance instance =
        code.instantiate(List.of(), Limits.DEFAULTS, MemoryCharge.NONE, true)) {
      assertThat(call(instance, 3)).as("six, and four elements before").containsExactly(10);
      failure(WasmErrorCategory.TRAP, instance, 3);
      assertThat(instance.reset()).isTrue();
      assertThat(call(instance, 3)).containsExactly(10);
    }
  }

  @Test
  void hostCallsWhatATableOfTypedReferencesHolds() {
    try (WasmInstance instance =
        start(
            module ->
                module
                    .type(INT)
                    .function(0, TWICE)
                    .table("40 00 63 00 00 02 d2 00 0b")
                    .export("table", TABLE, 0))) {
      WasmTable table = instance.table("table");
      assertThat(table.isNull(1)).isFalse();
      assertThat(table.functionType(1))
          .isEqualTo(new WasmFunctionType(List.of(WasmValueType.I32), List.of(WasmValueType.I32)));
      assertThat(table.call(1, 21)).containsExactly(42);
    }
  }

  /** Two types that refer to themselves, and two that refer to those. */
  @Test
  void typesAreTheSameWhateverTheirIndices() {
    try (WasmInstance instance =
        start(
            module ->
                module
                    .type("60 01 63 00 01 7f")
                    .type("60 01 63 01 01 7f")
                    .type("60 01 63 00 01 7e")
                    .type("60 01 63 01 01 7e")
                    .function(0, "00 41 05 0b")
                    .function(2, "00 42 06 0b")
                    .function(0, "00 d0 00 41 00 11 01 00 d0 00 41 01 11 03 00 a7 6a 0b")
                    .table("70 00 02")
                    .elements("00 41 00 0b 02 00 01")
                    .export("run", FUNCTION, 2))) {
      assertThat(call(instance, -1)).containsExactly(11);
    }
  }

  @Test
  void typesThatReferToDifferentOnesDiffer() {
    try (WasmInstance instance =
        start(
            module ->
                module
                    .type("60 01 7f 00")
                    .type("60 01 7e 00")
                    .type("60 01 63 00 01 7f")
                    .type("60 01 63 01 01 7f")
                    .function(2, "00 41 05 0b")
                    .function(2, "00 d0 01 41 00 11 03 00 0b")
                    .table("70 00 02")
                    .elements("00 41 00 0b 01 00")
                    .export("run", FUNCTION, 1))) {
      assertThat(failure(WasmErrorCategory.TRAP, instance, -1))
          .hasMessageContaining("indirect call type mismatch");
    }
  }

  /** Whatever the host says is a function. */
  @Test
  void numbersOfTheHostThatAreNoFunctionAreTraps() {
    WasmCode code =
        open(
            module ->
                module
                    .type(INT)
                    .type("60 01 7f 01 70")
                    .type("60 01 7f 01 64 00")
                    .imports("env", "choose", "00 02")
                    .function(0, TWICE)
                    .function(0, "00 41 05 20 00 10 00 14 00 0b")
                    .elements("03 00 01 01")
                    .export("run", FUNCTION, 2));
    WasmImportDefinition choose =
        new WasmImportDefinition(
            "env",
            "choose",
            new WasmFunctionType(List.of(WasmValueType.I32), List.of(WasmValueType.REF)),
            (caller, given) -> given);
    try (WasmInstance instance = start(code, choose)) {
      assertThat(call(instance, 1)).containsExactly(10);
      for (int other : new int[] {-1, -2, 2, 99, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
        failure(WasmErrorCategory.TRAP, instance, other);
      }
    }
  }
}
