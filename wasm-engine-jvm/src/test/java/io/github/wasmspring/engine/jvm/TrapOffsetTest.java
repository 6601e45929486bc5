package io.github.wasmspring.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmFrame;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.internal.debug.SourceLine;
import io.github.wasmspring.internal.debug.SourceLines;
import io.github.wasmspring.internal.engine.jvm.instance.JvmCode;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.split.BigFunction;
import io.github.wasmspring.testing.ModuleMaker;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where in the module an instruction stands that failed or called, in both forms of the code. */
class TrapOffsetTest {

  private static final String FAILS = "(?s)(.*)!(.*)";

  /** One page, which grows, or 64 bytes in pages of one byte, which are roomy from the start. */
  private static final List<String> MEMORIES = List.of("01 01 10", "08 40 00");

  /** In {@code lines.c} of the kit. */
  private static final int FIRST_STEP = 61;

  private static final int STEPS = 96;

  private static ModuleMaker module(String body, String memory) {
    return new ModuleMaker()
        .type("60 01 7f 01 7f")
        .type("60 00 00")
        .function(0, body.replace("!", ""))
        .function(1, "00 0b")
        .table("70 00 02")
        .memory(memory)
        .export("f", 0, 0)
        .elements("00 41 00 0b 01 01");
  }

  private static int offset(byte[] module, String body) {
    String before = body.replaceFirst(FAILS, "$1").replace(" ", "");
    return ModuleFacts.of(module).body(0).start() + HexFormat.of().parseHex(before).length;
  }

  private static WasmFrame innermost(WasmCode code, WasmException failure) {
    return code.framesOf(failure.getCause(), 1).get(0);
  }

  /** The mark stands before the instruction that fails if the argument is 0. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "00 01 01 !00 0b",
        "00 41 01 20 00 !6d 0b",
        "00 41 01 20 00 !6e 0b",
        "00 41 01 20 00 !6f 0b",
        "00 41 01 20 00 !70 0b",
        "00 42 01 20 00 ad !7f a7 0b",
        "00 42 01 20 00 ad !80 a7 0b",
        "00 42 01 20 00 ad !81 a7 0b",
        "00 42 01 20 00 ad !82 a7 0b",
        // A division in front of a comparison that waits for its branch.
        "00 41 01 20 00 !6d 41 00 48 04 40 01 0b 41 00 0b",
        // Division by one, by the argument, by one: each has a place of its own.
        "00 41 01 41 01 6d 20 00 !6d 41 01 6d 0b",
        "00 43 00 00 c0 7f !a8 0b",
        "00 43 00 00 c0 7f !a9 0b",
        "00 44 00 00 00 00 00 00 f0 7f !aa 0b",
        "00 44 00 00 00 00 00 00 f0 7f !b0 a7 0b",
        // Loads of each width, with and without offsets, below and above all that there can be.
        "00 41 7f !2d 00 00 0b",
        "00 41 7f !2e 01 00 0b",
        "00 41 7f !28 02 00 0b",
        "00 41 7f !29 03 00 a7 0b",
        "00 41 7f !2a 02 00 a8 0b",
        "00 41 00 !28 02 80 80 40 0b",
        "00 41 00 !28 02 ff ff ff ff 0f 0b",
        // A load whose address is loaded, and one of what another gives.
        "00 41 00 28 02 00 41 7f 72 !28 02 00 0b",
        "00 41 7f !28 02 00 28 02 00 0b",
        // Stores; what they store is loaded, at a place that is there.
        "00 41 7f 41 08 28 02 04 !36 02 00 41 00 0b",
        "00 41 7f 42 01 !37 03 00 41 00 0b",
        "00 41 7f 41 01 !3a 00 00 41 00 0b",
        // What is stored fails first.
        "00 41 00 41 7f !28 02 00 36 02 00 41 00 0b",
        // The value comes from a block, so that both wait in variables.
        "00 41 7f 02 7f 41 01 0b !36 02 00 41 00 0b",
        "00 41 7f 41 00 41 01 !fc 0a 00 00 41 00 0b",
        "00 41 7f 41 00 41 01 !fc 0b 00 41 00 0b",
        "00 41 07 !25 00 d1 0b",
        "00 41 07 d0 70 !26 00 41 00 0b",
        // Through a table: an element that is not there, one that is null, one of another type.
        "00 20 00 41 07 !11 00 00 0b",
        "00 20 00 41 01 !11 00 00 0b",
        "00 20 00 41 00 !11 00 00 0b",
        "00 41 07 41 00 41 01 !fc 0e 00 00 41 00 0b",
      })
  void whatFailsIsFoundInTheModule(String body) {
    for (String memory : MEMORIES) {
      byte[] module = module(body, memory).bytes();
      WasmCode code = Guests.open(module);
      WasmException failure = Guests.failure(WasmErrorCategory.TRAP, Guests.start(code), 0);

      assertThat(innermost(code, failure))
          .as("%s with the memory %s", body, memory)
          .isEqualTo(new WasmFrame(0, offset(module, body)));
    }
  }

  @Test
  void endlessLoopsAreFoundWhereTheyBegin() throws InterruptedException {
    String body = "00 41 00 1a !03 40 0c 00 0b 00 0b";
    byte[] module = module(body, MEMORIES.get(0)).bytes();
    WasmCode code = Guests.open(module);
    WasmInstance instance = Guests.start(code);
    List<WasmException> failures = new ArrayList<>();
    Thread caller =
        new Thread(
            () ->
                failures.add(catchThrowableOfType(WasmException.class, () -> instance.call(0, 0))));
    caller.start();
    Thread.sleep(100);
    caller.interrupt();
    caller.join(20_000);

    assertThat(innermost(code, failures.get(0))).isEqualTo(new WasmFrame(0, offset(module, body)));
  }

  /** Lines end at 65,535, and what has no line must not have that of something else. */
  @Test
  void whatStandsTooFarBehindIsNotSaidToStandSomewhereElse() {
    String nops = "01 ".repeat(65_530);
    String near = "00 41 01 20 00 " + nops + "!6d 0b";
    String far = "00 41 01 41 01 6d 20 00 " + nops + "!6d 0b";
    for (String body : List.of(near, far)) {
      byte[] module = module(body, MEMORIES.get(0)).bytes();
      WasmCode code = Guests.open(module);
      WasmException failure = Guests.failure(WasmErrorCategory.TRAP, Guests.start(code), 0);

      assertThat(innermost(code, failure))
          .isEqualTo(
              new WasmFrame(0, body.equals(near) ? offset(module, body) : WasmCode.UNKNOWN_OFFSET));
    }
  }

  /**
   * What was split off a function is found where it stood, be it run in a piece or in what is left.
   */
  @Test
  void functionsThatWereSplitAreFoundAtTheirLines() throws IOException {
    byte[] module;
    try (InputStream stream = ModuleMaker.class.getResourceAsStream("/lines/dwarf5.wasm")) {
      module = stream.readAllBytes();
    }
    SourceLines lines = SourceLines.read(module, ModuleFacts.of(module));
    WasmCode code = Guests.open(module);
    int climb = code.exports().get("climb").index();
    int inPieces = 0;

    for (int step = 0; step < STEPS; step++) {
      int at = step;
      WasmException failure =
          catchThrowableOfType(WasmException.class, () -> Guests.start(code).call(climb, at, -4));
      List<WasmFrame> frames = code.framesOf(failure.getCause(), 2);
      assertThat(frames).as("step %d", step).hasSize(1);
      assertThat(lines.at(frames.get(0).offset()))
          .isEqualTo(new SourceLine("lines.c", FIRST_STEP + step));
      inPieces +=
          List.of(failure.getCause().getStackTrace()).stream().anyMatch(code::isPieceAt) ? 1 : 0;
    }
    assertThat(inPieces).isBetween(1, STEPS - 1);
    assertThat(code.bigFunctions()).extracting(BigFunction::name).containsExactly("climb");
  }

  /** A host function asks where it was called from. */
  @Test
  void bothFormsOfTheCodeAreToldOnTheStack() {
    Queue<Runnable> work = new ArrayDeque<>();
    String grow = "00 03 40 41 01 40 00 1a 20 00 41 01 6b 22 00 0d 00 0b 41 00 0b";
    String call = "00 01 !10 00 41 00 0b";
    byte[] module =
        new ModuleMaker()
            .type("60 00 00")
            .type("60 01 7f 01 7f")
            .imports("env", "where", "00 00")
            .function(1, call.replace("!", ""))
            .function(1, grow)
            .memory("01 01 ff 3f")
            .export("call", 0, 1)
            .export("grow", 0, 2)
            .bytes();
    List<List<WasmFrame>> stacks = new ArrayList<>();
    List<List<String>> classes = new ArrayList<>();
    JvmCode code =
        (JvmCode)
            new JvmEngine(Runnable::run, work::add)
                .compile(new WasmBinary(module, "digest", "a test"), WasmEngineMode.COMPILED, true);
    WasmImportDefinition where =
        new WasmImportDefinition(
            "env",
            "where",
            new WasmFunctionType(List.of(), List.of()),
            (caller, arguments) -> {
              Throwable here = new Throwable();
              stacks.add(code.framesOf(here, 10));
              classes.add(
                  List.of(here.getStackTrace()).stream()
                      .filter(each -> code.functionAt(each) >= 0 || code.isLinkAt(each))
                      .map(StackTraceElement::getClassLoaderName)
                      .distinct()
                      .toList());
              return new long[0];
            });
    try (WasmInstance instance =
        code.instantiate(
            List.of(where),
            Limits.DEFAULTS.with(limits -> limits.memory(64L << 20)),
            MemoryCharge.NONE,
            false)) {
      int called = code.exports().get("call").index();
      instance.call(called, 0);
      instance.call(code.exports().get("grow").index(), 200);
      instance.call(called, 0);
      work.remove().run();
      instance.call(called, 0);
    }

    List<WasmFrame> expected =
        List.of(new WasmFrame(0, WasmCode.UNKNOWN_OFFSET), new WasmFrame(1, offsetOfFirst(module)));
    assertThat(stacks).containsExactly(expected, expected, expected);
    assertThat(classes.get(2)).as("the code has changed").isNotEqualTo(classes.get(0));
  }

  private static int offsetOfFirst(byte[] module) {
    return ModuleFacts.of(module).body(1).start() + 2;
  }
}
