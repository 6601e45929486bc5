package io.github.wasmspring.engine.jvm;

import static io.github.wasmspring.engine.jvm.Guests.call;
import static io.github.wasmspring.engine.jvm.Guests.failure;
import static io.github.wasmspring.engine.jvm.Guests.open;
import static io.github.wasmspring.engine.jvm.Guests.start;
import static io.github.wasmspring.engine.jvm.Guests.stops;
import static io.github.wasmspring.testing.ModuleMaker.FUNCTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmHostFunction;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.testing.ModuleMaker;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tail calls take no stack, however many there are, and end when they are to end. */
@Timeout(120)
class TailCallTest {

  private static final long MANY = 10_000_000;

  private static final String NOTHING = "60 00 00";
  private static final String INT = "60 01 7f 01 7f";
  private static final String INT_LONG = "60 02 7f 7e 01 7e";
  private static final String DOUBLE_LONG_INT = "60 03 7c 7e 7f 01 7e";

  /** Gives a constant if its {@code i32} is 0; what follows is for other numbers. */
  private static String unlessZero(int result, String otherwise) {
    return "00 20 00 45 04 40 41 %02x 0f 0b %s 0b".formatted(result, otherwise);
  }

  private static final String ONE_LESS = "20 00 41 01 6b ";

  private static ModuleMaker parity(ModuleMaker module) {
    return module
        .type(INT)
        .function(0, unlessZero(1, ONE_LESS + "12 01"))
        .function(0, unlessZero(0, ONE_LESS + "12 00"))
        .export("even", FUNCTION, 0)
        .export("odd", FUNCTION, 1);
  }

  @Test
  void functionsCallEachOther() {
    try (WasmInstance instance = start(TailCallTest::parity)) {
      assertThat(instance.call(0, MANY)).containsExactly(1);
      assertThat(instance.call(1, MANY)).containsExactly(0);
      assertThat(instance.call(0, MANY + 1)).containsExactly(0);
    }
  }

  /** One hands on one more, the other one adds what it is given as a double. */
  private static ModuleMaker ofTwoTypes(ModuleMaker module, String toSecond, String toFirst) {
    return module
        .type(INT_LONG)
        .type(DOUBLE_LONG_INT)
        .function(
            0,
            "00 20 00 45 04 40 20 01 0f 0b "
                + "44 00 00 00 00 00 00 08 40 20 01 42 01 7c "
                + ONE_LESS
                + toSecond
                + " 0b")
        .function(1, "00 41 2a 20 02 20 01 20 00 b0 7c " + toFirst + " 0b")
        .table("70 00 04")
        .elements("00 41 00 0b 02 00 01")
        .export("sum", FUNCTION, 0);
  }

  @Test
  void functionsOfTwoTypesCallEachOther() {
    try (WasmInstance instance = start(module -> ofTwoTypes(module, "12 01", "12 00"))) {
      assertThat(call(instance, MANY, 5)).containsExactly(4 * MANY + 5);
    }
  }

  @Test
  void functionsOfTwoTypesCallEachOtherThroughATable() {
    try (WasmInstance instance =
        start(module -> ofTwoTypes(module, "41 01 13 01 00", "41 00 13 00 00"))) {
      assertThat(call(instance, MANY, 5)).containsExactly(4 * MANY + 5);
    }
  }

  @Test
  void functionOfAnotherTypeIsATrap() {
    try (WasmInstance instance =
        start(module -> ofTwoTypes(module, "41 00 13 01 00", "41 00 13 00 00"))) {
      assertThat(failure(WasmErrorCategory.TRAP, instance, 1, 0))
          .hasMessageContaining("indirect call type mismatch");
      assertThat(call(instance, 0, 7)).as("nothing is left to be called").containsExactly(7);
    }
  }

  @Test
  void elementsWithoutFunctionAreTraps() {
    try (WasmInstance empty = start(module -> ofTwoTypes(module, "41 02 13 01 00", "12 00"));
        WasmInstance none = start(module -> ofTwoTypes(module, "41 04 13 01 00", "12 00"))) {
      assertThat(failure(WasmErrorCategory.TRAP, empty, 1, 0))
          .hasMessageContaining("uninitialized element");
      assertThat(failure(WasmErrorCategory.TRAP, none, 1, 0))
          .hasMessageContaining("undefined element");
    }
  }

  /** An operand lies below the arguments; the local must be 0 each time. */
  @Test
  void functionCallsItself() {
    try (WasmInstance instance =
        start(
            module ->
                module
                    .type(INT_LONG)
                    .function(
                        0,
                        "01 01 7f "
                            + "20 02 04 40 42 7f 0f 0b 41 01 21 02 "
                            + "20 00 45 04 40 20 01 0f 0b "
                            + "43 00 00 00 00 42 07 "
                            + ONE_LESS
                            + "20 01 42 03 7c 12 00 0b")
                    .export("sum", FUNCTION, 0))) {
      assertThat(call(instance, MANY, 1)).containsExactly(3 * MANY + 1);
    }
  }

  /** Out of a loop whose operands are in local variables, and with arguments that change places. */
  @Test
  void functionCallsItselfOutOfALoop() {
    try (WasmInstance instance =
        start(
            module ->
                module
                    .type("60 03 7f 7f 7f 01 7f")
                    .function(
                        0,
                        "00 20 02 45 04 40 20 00 0f 0b "
                            + "44 00 00 00 00 00 00 00 00 41 01 "
                            + "03 7f 41 08 20 01 20 00 20 02 41 01 6b 12 00 0b 1a 1a 1a 41 00 0b")
                    .export("swap", FUNCTION, 0))) {
      assertThat(call(instance, 4, 9, MANY + 1)).containsExactly(9);
      assertThat(call(instance, 4, 9, MANY)).containsExactly(4);
    }
  }

  @Test
  void severalResultsComeBack() {
    try (WasmInstance instance =
        start(
            module ->
                module
                    .type("60 01 7f 03 7e 7c 7f")
                    .function(
                        0,
                        "00 20 00 45 04 40 42 05 44 00 00 00 00 00 00 f8 3f 41 06 0f 0b "
                            + ONE_LESS
                            + "12 01 0b")
                    .function(0, "00 " + ONE_LESS + "12 00 0b")
                    .export("three", FUNCTION, 0))) {
      assertThat(call(instance, MANY)).containsExactly(5, Double.doubleToRawLongBits(1.5), 6);
    }
  }

  @Test
  void floatsAndNothingComeBack() {
    try (WasmInstance instance =
        start(
            module ->
                module
                    .type("60 01 7f 01 7d")
                    .type("60 01 7f 00")
                    .function(0, "00 20 00 45 04 40 43 00 00 c0 3f 0f 0b " + ONE_LESS + "12 00 0b")
                    .function(0, "00 20 00 10 03 " + ONE_LESS + "12 00 0b")
                    .function(1, "00 20 00 45 04 40 0f 0b " + ONE_LESS + "12 03 0b")
                    .function(1, "00 20 00 45 04 40 0f 0b " + ONE_LESS + "12 02 0b")
                    .export("half", FUNCTION, 1))) {
      assertThat(call(instance, MANY)).containsExactly(Float.floatToRawIntBits(1.5f));
    }
  }

  private static WasmImportDefinition host(String name, WasmHostFunction function) {
    return new WasmImportDefinition(
        "env",
        name,
        new WasmFunctionType(List.of(WasmValueType.I32), List.of(WasmValueType.I32)),
        function);
  }

  @Test
  void functionsOfTheHostAndThoseWithoutTailCallsAreCalled() {
    WasmCode code =
        open(
            module ->
                module
                    .type(INT)
                    .imports("env", "twice", "00 00")
                    .function(0, "00 " + ONE_LESS + "12 02 0b")
                    .function(0, "00 20 00 41 03 6a 10 03 0b")
                    .function(0, "00 20 00 12 00 0b")
                    .export("first", FUNCTION, 1));
    try (WasmInstance instance =
        start(code, host("twice", (caller, given) -> new long[] {2 * given[0]}))) {
      assertThat(call(instance, 10)).containsExactly(24);
    }
  }

  @Test
  void recursionBesideTailCallsEndsAsAnyOther() {
    try (WasmInstance instance =
        start(
            module ->
                module
                    .type(INT)
                    .function(0, unlessZero(3, "20 00 10 01 12 01"))
                    .function(0, unlessZero(4, "20 00 10 00 12 00"))
                    .export("deep", FUNCTION, 0))) {
      failure(WasmErrorCategory.STACK_OVERFLOW, instance, 1);
      assertThat(call(instance, 0)).as("nothing is left to be called").containsExactly(3);
    }
  }

  private static void stopsWithout(String first, String second) throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    WasmCode code =
        open(
            module ->
                module
                    .type(NOTHING)
                    .imports("env", "started", "00 00")
                    .function(0, "00 10 00 12 02 0b")
                    .function(0, "00 " + first + " 0b")
                    .function(0, "00 " + second + " 0b")
                    .table("70 00 04")
                    .elements("00 41 00 0b 04 00 01 02 03")
                    .export("endless", FUNCTION, 1));
    WasmImportDefinition begin =
        new WasmImportDefinition(
            "env",
            "started",
            new WasmFunctionType(List.of(), List.of()),
            (caller, given) -> {
              started.countDown();
              return new long[0];
            });
    try (WasmInstance instance = start(code, begin)) {
      stops(instance, started);
    }
  }

  @Test
  void endlessCallsOfTwoAreStopped() throws InterruptedException {
    stopsWithout("12 03", "12 02");
  }

  @Test
  void endlessCallsThroughATableAreStopped() throws InterruptedException {
    stopsWithout("41 03 13 00 00", "41 02 13 00 00");
  }

  @Test
  void endlessCallsOfItselfAreStopped() throws InterruptedException {
    stopsWithout("12 02", "");
  }

  /** Too big for HotSpot, and cut into pieces for that reason. */
  @Test
  void functionThatIsSplitMakesTailCalls() {
    String step = "20 01 41 03 6c 41 05 6a 41 07 73 21 01 ";
    WasmCode code =
        open(
            module ->
                module
                    .type("60 02 7f 7f 01 7f")
                    .function(
                        0,
                        "00 20 00 45 04 40 20 01 0f 0b "
                            + step.repeat(1_500)
                            + "20 00 41 01 6b 20 01 12 01 0b")
                    .function(0, "00 20 00 20 01 12 00 0b")
                    .export("hash", FUNCTION, 0));
    int expected = 11;
    for (int i = 0; i < 20_000 * 1_500; i++) {
      expected = expected * 3 + 5 ^ 7;
    }
    try (WasmInstance instance = start(code)) {
      assertThat((int) call(instance, 20_000, 11)[0]).isEqualTo(expected);
      assertThat(code.bigFunctions()).singleElement().matches(function -> function.pieces() > 0);
    }
  }
}
