package io.github.wasmspring.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.internal.engine.jvm.code.MethodLimits;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.testing.ModuleMaker;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a method of the JVM can't have is told when a module is opened, and nothing is made. */
class MethodLimitsTest {

  private static final String NOTHING_TO_NOTHING = "60 00 00";

  /** They take 252 slots, and the result is an {@code i64} too. */
  private static final String LONGS_126 = "60 7e " + "7e ".repeat(126) + "01 7e";

  private static final String LONGS_126_AND_INT = "60 7f " + "7e ".repeat(126) + "7f 01 7f";
  private static final String LONGS_127 = "60 7f " + "7e ".repeat(127) + "00";

  /** Loops one after the other, at each of which 200 operands go to local variables and back. */
  private static final String MORE_THAN_THE_ESTIMATE =
      "00 " + "41 01 ".repeat(200) + "03 40 0b ".repeat(100) + "1a ".repeat(200) + "0b";

  private final AtomicInteger generated = new AtomicInteger();
  private final JvmEngine engine =
      new JvmEngine(
          generator -> {
            this.generated.incrementAndGet();
            generator.run();
          },
          Runnable::run);

  private WasmCode open(UnaryOperator<ModuleMaker> content) {
    byte[] bytes = content.apply(new ModuleMaker()).bytes();
    return this.engine.compile(
        new WasmBinary(bytes, "digest", "a test"), WasmEngineMode.COMPILED, false);
  }

  private void refused(UnaryOperator<ModuleMaker> content, String... detail) {
    assertThatExceptionOfType(WasmLoadException.class)
        .isThrownBy(() -> open(content))
        .satisfies(refusal -> assertThat(refusal.category()).isEqualTo(WasmErrorCategory.INVALID))
        .withMessageContainingAll(detail);
    assertThat(this.generated).hasValue(0);
  }

  private long[] call(WasmCode code, String export, long... arguments) {
    try (WasmInstance instance =
        code.instantiate(List.of(), Limits.DEFAULTS, MemoryCharge.NONE, false)) {
      return instance.call(code.exports().get(export).index(), arguments);
    }
  }

  @Test
  void functionOfTooManyParametersIsRefused() {
    refused(
        module -> module.type(LONGS_127).function(0, "00 0b"),
        "function 0 has parameters of 254 slots",
        "at most 253",
        "pass them in memory");
  }

  @Test
  void importOfTooManyParametersIsRefused() {
    refused(
        module -> module.type(LONGS_127).imports("env", "long", "00 00"),
        "function 0 has parameters of 254 slots");
  }

  @Test
  void functionOfTheMostParametersIsCalled() {
    WasmCode code =
        open(
            module ->
                module
                    .type(LONGS_126_AND_INT)
                    .function(0, "00 20 7e 0b")
                    .export("last", ModuleMaker.FUNCTION, 0));
    long[] arguments = new long[127];
    arguments[126] = 42;

    assertThat(call(code, "last", arguments)).containsExactly(42);
  }

  @Test
  void callThroughATableOfTooManyParametersIsRefused() {
    String arguments = "42 00 ".repeat(126) + "41 00 ";
    refused(
        module ->
            module
                .type(LONGS_126_AND_INT)
                .type(NOTHING_TO_NOTHING)
                .function(1, "00 " + arguments + "41 00 11 00 00 1a 0b")
                .table("70 00 01"),
        "a call through a table or a reference, or a tail call, has parameters of 254 slots");
  }

  @Test
  void callThroughATableOfTheMostParametersIsMade() {
    WasmCode code =
        open(
            module ->
                module
                    .type(LONGS_126)
                    .type("60 00 01 7e")
                    .function(0, "00 20 7d 0b")
                    .function(1, "00 " + "42 07 ".repeat(126) + "41 00 11 00 00 0b")
                    .table("70 00 01")
                    .elements("00 41 00 0b 01 00")
                    .export("call", ModuleMaker.FUNCTION, 1));

    assertThat(call(code, "call")).containsExactly(7);
  }

  @Test
  void functionThatBecomesTooBigIsRefused() {
    String round = "41 03 6c 41 01 6a ";
    refused(
        module ->
            module.type("60 01 7f 01 7f").function(0, "00 20 00 " + round.repeat(20_000) + "0b"),
        "function 0 becomes more than 65535 bytes",
        "split it");
  }

  /** A thousand million instructions of the JVM: what is made of it has to stay small. */
  @Test
  void loopsAboveManyOperandsAreRefusedBeforeTheHeapIsFull() {
    refused(
        module ->
            module
                .type(NOTHING_TO_NOTHING)
                .function(
                    0,
                    "00 "
                        + "41 01 ".repeat(20_000)
                        + "03 40 0b ".repeat(25_000)
                        + "1a ".repeat(20_000)
                        + "0b"),
        "function 0 becomes more than 65535 bytes");
  }

  /** Likewise, at one branch. */
  @Test
  void branchToManyBlocksOfOtherHeightsIsRefused() {
    String labels =
        IntStream.range(0, 128).mapToObj("%02x "::formatted).collect(Collectors.joining())
            + IntStream.range(128, 9_999)
                .mapToObj(label -> "%02x %02x ".formatted(label & 0x7f | 0x80, label >> 7))
                .collect(Collectors.joining());
    refused(
        module ->
            module
                .type(NOTHING_TO_NOTHING)
                .function(
                    0,
                    "00 "
                        + "41 00 02 40 ".repeat(10_000)
                        + "41 00 0e 8f 4e "
                        + labels
                        + "00 "
                        + "0b 1a ".repeat(10_000)
                        + "0b"),
        "function 0 becomes more than 65535 bytes");
  }

  @Test
  void functionOfTooManyLocalsIsRefused() {
    refused(
        module -> module.type(NOTHING_TO_NOTHING).function(0, "01 c0 b8 02 7e 0b"),
        "function 0 becomes a method of 80003 local variables",
        "60000");
  }

  private static UnaryOperator<ModuleMaker> globals(int count) {
    return module -> {
      module.type("60 00 01 7d").export("last", ModuleMaker.FUNCTION, 0);
      for (int i = 0; i < count; i++) {
        module.global("7d 01 43 00 00 c0 3f 0b");
      }
      int last = count - 1;
      return module.function(0, "00 23 %02x %02x 0b".formatted(last & 0x7f | 0x80, last >> 7));
    };
  }

  @Test
  void tooManyGlobalsAreRefused() {
    refused(globals(4_001), "4001 globals", "at most 4000");
  }

  @Test
  void theMostGlobalsWork() {
    WasmCode code = open(globals(4_000));

    assertThat(call(code, "last")).containsExactly(Float.floatToRawIntBits(1.5f));
  }

  @Test
  void functionThatBecomesTooBigIsSplit() {
    byte[] bytes =
        new ModuleMaker()
            .type("60 01 7f 01 7f")
            .function(0, "00 " + "20 00 41 03 6c 41 05 6a 21 00 ".repeat(12_000) + "20 00 0b")
            .export("hash", ModuleMaker.FUNCTION, 0)
            .bytes();
    WasmCode code =
        this.engine.compile(
            new WasmBinary(bytes, "digest", "a test"), WasmEngineMode.COMPILED, true);
    assertThat(this.generated).hasValue(0);
    int expected = 11;
    for (int i = 0; i < 12_000; i++) {
      expected = expected * 3 + 5;
    }

    assertThat((int) call(code, "hash", 11)[0]).isEqualTo(expected);
    assertThat(code.bigFunctions())
        .singleElement()
        .matches(function -> function.size() > MethodLimits.BYTES && !function.isTooBig());
  }

  @Test
  void openingCompilesAndGeneratesNothing() {
    WasmCode code =
        open(
            module ->
                module
                    .type(NOTHING_TO_NOTHING)
                    .function(0, MORE_THAN_THE_ESTIMATE)
                    .export("big", ModuleMaker.FUNCTION, 0));
    assertThat(this.generated).hasValue(0);

    assertThatExceptionOfType(WasmExecutionException.class)
        .isThrownBy(() -> call(code, "big"))
        .satisfies(failure -> assertThat(failure.category()).isEqualTo(WasmErrorCategory.ENGINE))
        .withMessageContaining("function 0 becomes more than 65535 bytes");
    assertThat(this.generated).hasPositiveValue();
  }
}
