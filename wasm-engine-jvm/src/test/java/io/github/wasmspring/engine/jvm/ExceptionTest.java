package io.github.wasmspring.engine.jvm;

import static io.github.wasmspring.engine.jvm.Guests.call;
import static io.github.wasmspring.engine.jvm.Guests.failure;
import static io.github.wasmspring.engine.jvm.Guests.open;
import static io.github.wasmspring.engine.jvm.Guests.start;
import static io.github.wasmspring.engine.jvm.Guests.stops;
import static io.github.wasmspring.testing.ModuleMaker.FUNCTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmCaller;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmHostFunction;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmNewImport;
import io.github.wasmspring.testing.ModuleMaker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What guests throw and catch, and what they can't catch. */
@Timeout(120)
class ExceptionTest {

  private static final String NOTHING = "60 00 00";
  private static final String GIVES_INT = "60 00 01 7f";
  private static final String TAKES_INT = "60 01 7f 00";

  /** How a handler is written. */
  enum Form {
    TRY_TABLE,
    LEGACY;

    /** A function that gives 1 if its instructions come to their end, and 2 if it catches. */
    String catchingAll(String instructions) {
      return this == TRY_TABLE
          ? "00 02 40 1f 40 01 02 00 %s 0b 41 01 0f 0b 41 02 0b".formatted(instructions)
          : "00 06 40 %s 41 01 0f 19 41 02 0f 0b 00 0b".formatted(instructions);
    }

    /** Instructions that go on after what is thrown in them. */
    String ignoringAll(String instructions) {
      return this == TRY_TABLE
          ? "02 40 1f 40 01 02 00 %s 0b 0b ".formatted(instructions)
          : "06 40 %s 19 0b ".formatted(instructions);
    }
  }

  private static WasmImportDefinition host(String name, WasmHostFunction function) {
    return new WasmImportDefinition(
        "env", name, new WasmFunctionType(List.of(), List.of()), function);
  }

  /** The first export catches all that its instructions throw. */
  private static WasmInstance catching(Form form, String instructions) {
    WasmCode code =
        open(
            module ->
                module
                    .type(NOTHING)
                    .type(GIVES_INT)
                    .imports("env", "fail", "00 00")
                    .function(1, form.catchingAll(instructions))
                    .function(1, "00 08 00 0b")
                    .function(1, "00 12 02 0b")
                    .memory("00 01")
                    .tag(0)
                    .export("f", FUNCTION, 1));
    return start(
        code,
        host(
            "fail",
            (caller, given) -> {
              throw new IllegalArgumentException("no");
            }));
  }

  @ParameterizedTest
  @EnumSource
  void exceptionsAreCaught(Form form) {
    try (WasmInstance thrown = catching(form, "08 00");
        WasmInstance called = catching(form, "10 02 1a");
        WasmInstance ended = catching(form, "01")) {
      assertThat(call(thrown)).containsExactly(2);
      assertThat(call(called)).containsExactly(2);
      assertThat(call(ended)).containsExactly(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "00, TRAP, unreachable",
    "41 01 41 00 6d 1a, TRAP, integer divide by zero",
    "41 7f 28 02 00 1a, TRAP, out of bounds memory access",
    "41 fc ff 03 28 02 01 1a, TRAP, out of bounds memory access",
    "10 00, HOST_FUNCTION, no",
    "10 01 1a, STACK_OVERFLOW, recursed too deeply"
  })
  void nothingElseIsCaught(String instructions, WasmErrorCategory category, String message) {
    for (Form form : Form.values()) {
      try (WasmInstance instance = catching(form, instructions)) {
        assertThat(failure(category, instance)).hasMessageContaining(message);
      }
    }
  }

  /** Neither by an ordinary call of one without tail calls, nor by one that is left. */
  @ParameterizedTest
  @CsvSource({"12 02", "12 03"})
  void whatATailCallThrowsIsNotCaughtWhereItWasMade(String instructions) {
    for (Form form : Form.values()) {
      try (WasmInstance instance = catching(form, instructions)) {
        assertThat(failure(WasmErrorCategory.TRAP, instance))
            .hasMessageContaining("threw an exception (tag 0, 0 values) that it does not catch");
      }
    }
  }

  private static void stopsEndlessly(String instructions) throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    WasmCode code =
        open(
            module ->
                module
                    .type(NOTHING)
                    .imports("env", "started", "00 00")
                    .function(0, "00 10 00 " + instructions + " 0b")
                    .tag(0)
                    .export("endless", FUNCTION, 1));
    WasmImportDefinition begin =
        host(
            "started",
            (caller, given) -> {
              started.countDown();
              return new long[0];
            });
    try (WasmInstance instance = start(code, begin)) {
      stops(instance, started);
    }
  }

  @ParameterizedTest
  @EnumSource
  void endlessThrowingAndCatchingIsStopped(Form form) throws InterruptedException {
    stopsEndlessly("03 40 " + form.ignoringAll("08 00") + "0c 00 0b");
  }

  private static ModuleMaker throwingThroughTheHost(ModuleMaker module, String catching) {
    return module
        .type(NOTHING)
        .type(GIVES_INT)
        .type(TAKES_INT)
        .imports("env", "again", "00 00")
        .function(1, catching)
        .function(0, "00 41 2a 08 00 0b")
        .tag(2)
        .export("catching", FUNCTION, 1)
        .export("throwing", FUNCTION, 2);
  }

  @ParameterizedTest
  @CsvSource({
    "00 02 7f 1f 40 01 00 00 00 10 00 0b 41 01 0b 0b",
    "00 06 7f 10 00 41 01 07 00 0b 0b"
  })
  void exceptionsGoThroughTheHost(String catching) {
    WasmCode code = open(module -> throwingThroughTheHost(module, catching));
    try (WasmInstance instance =
        start(code, host("again", (caller, given) -> caller.call("throwing")))) {
      assertThat(call(instance)).containsExactly(42);
    }
  }

  /** Its tags mean nothing in another instance, whose host function has failed. */
  @Test
  void exceptionsOfAnotherInstanceAreNotCaught() {
    WasmCode code =
        open(
            module ->
                throwingThroughTheHost(module, "00 02 7f 1f 40 01 00 00 00 10 00 0b 41 01 0b 0b"));
    List<WasmCaller> outer = new ArrayList<>();
    WasmImportDefinition throwsOfOuter =
        host("again", (caller, given) -> outer.get(0).call("throwing"));
    try (WasmInstance inner = start(code, throwsOfOuter)) {
      WasmImportDefinition callsInner =
          host(
              "again",
              (caller, given) -> {
                outer.add(caller);
                assertThat(failure(WasmErrorCategory.HOST_FUNCTION, inner))
                    .hasMessageContaining("tag 0, 1 values");
                return new long[0];
              });
      try (WasmInstance instance = start(code, callsInner)) {
        assertThat(call(instance)).containsExactly(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void memoryThatACalleeLetGrowBeforeItThrewIsThere(Form form) {
    try (WasmInstance instance =
        start(
            module ->
                module
                    .type(NOTHING)
                    .type(GIVES_INT)
                    .function(
                        1,
                        "00 "
                            + form.ignoringAll("10 01")
                            + "41 80 80 04 41 07 36 02 00 41 80 80 04 28 02 00 0b")
                    .function(0, "00 41 01 40 00 1a 08 00 0b")
                    .memory("00 01")
                    .tag(0)
                    .export("f", FUNCTION, 0))) {
      assertThat(call(instance)).containsExactly(7);
    }
  }

  @ParameterizedTest
  @EnumSource
  void operandsBelowAreThereAfterAHandler(Form form) {
    try (WasmInstance instance =
        start(
            module ->
                module
                    .type(NOTHING)
                    .type("60 00 01 7e")
                    .function(
                        1,
                        "00 42 05 43 00 00 c0 3f 41 03 "
                            + form.ignoringAll("41 09 08 00")
                            + "41 04 6a b2 92 ae 7c 0b")
                    .tag(0)
                    .export("f", FUNCTION, 0))) {
      assertThat(call(instance)).containsExactly(13);
    }
  }

  /** What is the place of an operand of another type below the block that catches. */
  @ParameterizedTest
  @CsvSource({
    "06 40, 0c 02, 19 0b",
    "02 40 1f 40 01 02 00, 0c 03, 0b 0b",
  })
  void handlersMayBeLeftForALoopWithParameters(String begin, String repeat, String end) {
    try (WasmInstance instance =
        start(
            module ->
                module
                    .type(NOTHING)
                    .type("60 01 7f 01 7e")
                    .type("60 01 7e 01 7e")
                    .function(
                        1,
                        "01 01 7e 42 00 03 02 21 01 43 00 00 c0 3f "
                            + begin
                            + " 20 00 04 40 20 00 41 01 6b 21 00 20 01 42 02 7c "
                            + repeat
                            + " 0b 08 00 "
                            + end
                            + " ae 20 01 7c 0b 0b")
                    .tag(0)
                    .export("f", FUNCTION, 0))) {
      assertThat(call(instance, 100_000)).containsExactly(200_001);
    }
  }

  private static WasmInstance delegating(int label) {
    return start(
        module ->
            module
                .type(NOTHING)
                .type(GIVES_INT)
                .function(
                    1,
                    "00 06 7f 06 7f 06 40 08 00 18 %02x 41 09 19 41 02 0b 07 00 41 01 0b 0b"
                        .formatted(label))
                .tag(0)
                .export("f", FUNCTION, 0));
  }

  @Test
  void exceptionsAreDelegated() {
    try (WasmInstance inner = delegating(0);
        WasmInstance outer = delegating(1);
        WasmInstance caller = delegating(2)) {
      assertThat(call(inner)).containsExactly(2);
      assertThat(call(outer)).containsExactly(1);
      assertThat(failure(WasmErrorCategory.TRAP, caller)).hasMessageContaining("tag 0");
    }
  }

  @Test
  void exceptionsAreThrownAgain() {
    try (WasmInstance instance =
        start(
            module ->
                module
                    .type(TAKES_INT)
                    .type(GIVES_INT)
                    .function(
                        1,
                        "00 06 7f 06 40 41 05 08 00 19 06 40 08 01 07 01 09 01 0b 0b 41 00 07 00 0b 0b")
                    .type(NOTHING)
                    .tag(0)
                    .tag(2)
                    .export("f", FUNCTION, 0))) {
      assertThat(call(instance)).containsExactly(5);
    }
  }

  @Test
  void nullIsNotThrown() {
    try (WasmInstance instance =
        start(
            module ->
                module.type(NOTHING).function(0, "00 d0 69 0a 0b").export("f", FUNCTION, 0))) {
      assertThat(failure(WasmErrorCategory.TRAP, instance))
          .hasMessageContaining("null exception reference");
    }
  }

  @Test
  void referencesGoThroughGlobalsAndCallsAndAreForgottenWithTheInstance() {
    WasmCode code =
        open(
            module ->
                module
                    .type(NOTHING)
                    .type("60 00 01 69")
                    .type("60 01 69 01 69")
                    .function(0, "00 02 69 1f 40 01 03 00 08 00 0b 00 0b 10 02 24 00 0b")
                    .function(1, "00 23 00 0b")
                    .function(2, "01 01 69 20 00 21 01 20 01 0b")
                    .function(0, "00 23 00 d1 04 40 0f 0b 23 00 0a 0b")
                    .tag(0)
                    .global("69 01 d0 69 0b")
                    .export("keep", FUNCTION, 0)
                    .export("kept", FUNCTION, 1)
                    .export("throw", FUNCTION, 3));
    try (WasmInstance instance =
        code.instantiate(List.of(), Limits.DEFAULTS, MemoryCharge.NONE, true)) {
      assertThat(instance.call(1)).as("null").containsExactly(-1);
      call(instance);
      assertThat(instance.call(1)).as("something").containsExactly(0);
      assertThatExceptionOfType(WasmException.class)
          .isThrownBy(() -> instance.call(2))
          .withMessageContaining("tag 0");
      assertThat(instance.reset()).isTrue();
      assertThat(instance.call(1)).as("null again").containsExactly(-1);
      assertThat(instance.call(2)).isEmpty();
    }
  }

  @Test
  void tagsThatAreImportedByTheSameNamesAreOne() {
    WasmCode code =
        open(
            module ->
                module
                    .type(NOTHING)
                    .type(GIVES_INT)
                    .imports("env", "tag", "04 00 00")
                    .imports("env", "other", "04 00 00")
                    .imports("env", "tag", "04 00 00")
                    .function(
                        1,
                        "00 02 40 02 40 1f 40 02 00 01 00 00 02 01 08 00 0b 0b 41 01 0f 0b 41 02 0b")
                    .export("f", FUNCTION, 0));
    try (WasmInstance instance =
        code.instantiate(
            List.of(
                new WasmNewImport("env", "tag", "tag"), new WasmNewImport("env", "other", "tag")),
            Limits.DEFAULTS,
            MemoryCharge.NONE,
            false)) {
      assertThat(call(instance)).containsExactly(2);
    }
  }

  private static void refused(UnaryOperator<ModuleMaker> content, String detail) {
    assertThatExceptionOfType(WasmLoadException.class)
        .isThrownBy(() -> open(content))
        .satisfies(refusal -> assertThat(refusal.category()).isEqualTo(WasmErrorCategory.INVALID))
        .withMessageContaining(detail);
  }

  @Test
  void exceptionsAreKeptWhereFewAre() {
    refused(
        module -> module.type("60 01 69 00").tag(0),
        "the exceptions of the tag 0 would hold references to exceptions");
    refused(
        module -> module.tag(0).type(NOTHING).table("70 00 01").table("69 00 01"),
        "the table 1 would hold references to exceptions");
  }

  /** A thousand handlers hold no more at each of two thousand tail calls. */
  @Test
  void tailCallsOutOfManyHandlersAreRefusedBeforeTheHeapIsFull() {
    refused(
        module ->
            module
                .type(NOTHING)
                .function(
                    0,
                    "00 "
                        + "1f 40 00 ".repeat(1_000)
                        + "41 01 04 40 12 01 0b ".repeat(2_000)
                        + "0b ".repeat(1_001))
                .function(0, "00 0b"),
        "function 0 becomes more than 65535 bytes");
  }
}
