package io.github.wasmspring.internal.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import io.github.wasmspring.binary.ByteWriter;
import io.github.wasmspring.binary.CustomSections;
import io.github.wasmspring.split.BigFunction;
import io.github.wasmspring.testing.Guests;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WasmSplitterTest {

  private static final SplitLimits SMALL = new SplitLimits(100, 60, 12, 60, 40);

  private static final byte[] RANDOM = new RandomModule(3, 200).bytes();

  @Test
  void aModuleOfSmallFunctionsIsLeftAsItIs() {
    byte[] module = Guests.bytes("scalar");
    SplitModule split = Splits.of(module);
    assertThat(split.bytes()).isSameAs(module);
    assertThat(split.functions()).isEmpty();
    assertThat(split.isSplit()).isFalse();
  }

  @Test
  void aSplitModuleStaysTheSameWhenItIsSplitAgain() {
    SplitModule once = Splits.of(new RandomModule(9, 900).bytes());
    assertThat(once.isSplit()).isTrue();
    assertThat(Splits.of(once.bytes()).bytes()).isSameAs(once.bytes());
  }

  @Test
  void whatIsDamagedIsNotMadeWorse() {
    Random dice = new Random(1);
    int valid = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = RANDOM.clone();
      for (int k = dice.nextInt(3); k >= 0; k--) {
        damaged[8 + dice.nextInt(damaged.length - 8)] = (byte) dice.nextInt();
      }
      byte[] split = Splits.of(damaged, SMALL).bytes();
      if (isValid(damaged)) {
        assertThat(isValid(split)).as("damaged module %d", i).isTrue();
        valid++;
      }
    }
    assertThat(valid).isBetween(1, 2999);
  }

  @Test
  void whatEndsBeforeItsTimeComesBackAsItIs() {
    for (int length = 0; length < RANDOM.length; length += 7) {
      byte[] cut = Arrays.copyOf(RANDOM, length);
      byte[] split = Splits.of(cut, SMALL).bytes();
      assertThat(split == cut || isValid(CustomSections.remove(cut)))
          .as("the first %d bytes", length)
          .isTrue();
    }
  }

  private static boolean isValid(byte[] module) {
    try {
      Parser.parse(module);
      return true;
    } catch (RuntimeException | AssertionError invalid) {
      return false;
    }
  }

  @Test
  void piecesAreNamedAfterTheirFunction() {
    SplitModule split = Splits.of(RANDOM, SMALL);
    WasmModule module = Parser.parse(split.bytes());
    BigFunction main = split.functions().get(split.functions().size() - 1);
    assertThat(main.name()).isEqualTo("main loop");
    int functions = module.importSection().importCount() + module.functionSection().functionCount();
    for (int i = functions - main.pieces(); i < functions; i++) {
      String name = module.nameSection().nameOfFunction(i);
      assertThat(name).startsWith("main loop$piece");
      assertThat(WasmSplitter.functionOf(name)).isEqualTo("main loop");
    }
    assertThat(WasmSplitter.functionOf("a$piece")).isEqualTo("a$piece");
    assertThat(WasmSplitter.functionOf("plain")).isEqualTo("plain");
  }

  @Test
  void aFunctionWithVectorsIsLeftAsItIsAndReported() {
    byte[] module = vectors();
    SplitModule split = Splits.of(module, new SplitLimits(60, 60, 12, 60, 40));
    assertThat(split.bytes()).isSameAs(module);
    assertThat(split.functions())
        .singleElement()
        .satisfies(function -> assertThat(function.pieces()).isZero());
  }

  /** {@code (func v128.const 0 drop v128.const 0 drop ...)}. */
  private static byte[] vectors() {
    ByteWriter body = new ByteWriter().unsigned(0);
    for (int i = 0; i < 20; i++) {
      body.octet(0xfd).unsigned(12).bytes(new byte[16]).octet(0x1a);
    }
    return module(body.octet(0x0b));
  }

  /** A module that exports its one function, {@code run}, of no parameters and results. */
  private static byte[] module(ByteWriter body) {
    ByteWriter out = new ByteWriter().bytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
    out.octet(1).sized(new ByteWriter().unsigned(1).octet(0x60).unsigned(0).unsigned(0));
    out.octet(3).sized(new ByteWriter().unsigned(1).unsigned(0));
    out.octet(7).sized(new ByteWriter().unsigned(1).name("run").octet(0).unsigned(0));
    return out.octet(10).sized(new ByteWriter().unsigned(1).sized(body)).toBytes();
  }

  /** A loop without end of many statements, or statements and a call of itself at the end. */
  private static byte[] many(boolean loop) {
    ByteWriter body = new ByteWriter().unsigned(1).unsigned(1).octet(0x7f);
    if (loop) {
      body.octet(0x03).octet(0x40);
    }
    for (int i = 0; i < 100; i++) {
      body.octet(0x20).unsigned(0).octet(0x41).signed(i).octet(0x6a).octet(0x21).unsigned(0);
    }
    if (loop) {
      body.octet(0x0c).unsigned(0).octet(0x0b);
    } else {
      body.octet(0x10).unsigned(0);
    }
    return module(body.octet(0x0b));
  }

  private static Instance compiled(byte[] module) {
    SplitModule split = Splits.of(module, SMALL);
    assertThat(split.isSplit()).isTrue();
    WasmModule parsed = Parser.parse(split.bytes());
    return Instance.builder(parsed)
        .withMachineFactory(MachineFactoryCompiler.compile(parsed))
        .build();
  }

  @Test
  @Timeout(30)
  void anInterruptStopsALoopWhoseBodyIsAPiece() {
    Instance instance = compiled(many(true));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> instance.export("run").apply())
          .isInstanceOf(ChicoryInterruptedException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void recursionWithoutEndIsStillAnExhaustedStack() {
    Instance instance = compiled(many(false));
    assertThatThrownBy(() -> instance.export("run").apply())
        .isInstanceOf(ChicoryException.class)
        .hasMessageContaining("call stack exhausted");
  }
}
