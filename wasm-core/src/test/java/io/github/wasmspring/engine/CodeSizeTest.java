package io.github.wasmspring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.Parser;
import io.github.wasmspring.testing.Guests;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeSizeTest {

  /** Each body is at least its length, its locals and its end. */
  @ParameterizedTest
  @ValueSource(strings = {"scalar", "buffer", "state", "heap"})
  void isBetweenWhatItsFunctionsTakeAndTheModule(String guest) {
    byte[] module = Guests.bytes(guest);
    int functions = Parser.parse(module).codeSection().functionBodyCount();

    assertThat(CodeSize.of(module)).isBetween(3L * functions, (long) module.length);
  }

  @Test
  void countsCodeAlone() {
    byte[] module = {
      0, 'a', 's', 'm', 1, 0, 0, 0, // header
      0, 3, 1, 'x', 9, // custom section
      10, 4, 1, 2, 0, 0x0b, // code
      11, 1, 0 // data
    };

    assertThat(CodeSize.of(module)).isEqualTo(4);
  }

  @Test
  void whatIsCutOffHasNoMoreThanItHas() {
    byte[] module = Guests.bytes("buffer");
    for (int length = 0; length < module.length; length++) {
      assertThat(CodeSize.of(Arrays.copyOf(module, length))).isBetween(0L, (long) length);
    }
  }
}
