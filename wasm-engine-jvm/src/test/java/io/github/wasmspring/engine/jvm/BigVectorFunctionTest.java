package io.github.wasmspring.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.internal.split.SplitLimits;
import org.junit.jupiter.api.Test;

/**
 * A function of so many instructions on vectors that it is split, vectors among what pieces take.
 */
class BigVectorFunctionTest {

  private static final int SUMS = 3_000;

  /** Adds the second vector to the first, again and again, in blocks that can be left. */
  private static byte[] module() {
    StringBuilder body = new StringBuilder("01 01 7b");
    for (int i = 0; i < SUMS; i++) {
      body.append("02 40 20 00 20 01 fd ae 01 21 00 20 00 fd 53 45 0d 00 ");
      // The sum of those that are even.
      body.append("20 02 20 00 fd d1 01 21 02 0b ");
    }
    body.append("20 00 20 02 0b");
    return new io.github.wasmspring.testing.ModuleMaker()
        .type("60 02 7b 7b 02 7b 7b")
        .function(0, body.toString())
        .export("sums", 0, 0)
        .bytes();
  }

  @Test
  void isSplitAndCalculatesTheSame() {
    WasmCode code = Guests.open(module());
    WasmInstance instance = Guests.start(code);
    int lane = 0;
    long difference = 0;
    for (int i = 0; i < SUMS; i++) {
      lane += 3;
      difference -= lane * 0x1_0000_0001L;
    }

    long[] results = Guests.call(instance, 0, 0, 0x3_0000_0003L, 0x3_0000_0003L);

    assertThat(results[0]).isEqualTo(lane * 0x1_0000_0001L);
    assertThat(results[1]).isEqualTo(results[0]);
    assertThat(results[2]).isEqualTo(difference);
    assertThat(results[3]).isEqualTo(difference);
    assertThat(code.bigFunctions())
        .singleElement()
        .satisfies(big -> assertThat(big.pieces()).isGreaterThan(1));
    assertThat(code.bigFunctions().get(0).isTooBig()).isFalse();
    assertThat(code.bigFunctions().get(0).size()).isGreaterThan(SplitLimits.HOTSPOT);
  }
}
