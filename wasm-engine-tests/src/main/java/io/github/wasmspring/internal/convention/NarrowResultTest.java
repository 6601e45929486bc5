package io.github.wasmspring.internal.convention;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.testing.TestRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A result that its type can't have is an error, called boxed or not, seldom or often. */
class NarrowResultTest {

  /** Before that, calls go another way. */
  private static final int OFTEN = 2_000;

  @WasmModule("numbers")
  interface Numbers {

    @WasmExport("same_int")
    short asShort(int value);

    @WasmExport("same_int")
    byte asByte(int value);

    @WasmExport("same_int")
    char asChar(int value);

    @WasmExport("same_int")
    boolean asBoolean(int value);

    @WasmExport("same_int")
    Short boxed(int value);

    @WasmExport("same_int")
    default byte withFallback(int value) {
      return -7;
    }
  }

  private final TestRuntime runtime =
      new TestRuntime().with(guest("numbers")).with(guest("buffer"));
  private final Numbers numbers = this.runtime.manager.bind(Numbers.class);

  @AfterEach
  void close() {
    this.runtime.close();
  }

  @Test
  void whatFitsIsReturned() {
    for (int i = 0; i < OFTEN; i++) {
      assertThat(this.numbers.asShort(-32_768)).isEqualTo(Short.MIN_VALUE);
      assertThat(this.numbers.asByte(127)).isEqualTo((byte) 127);
      assertThat(this.numbers.asChar(65_535)).isEqualTo('\uffff');
      assertThat(this.numbers.asBoolean(2)).isTrue();
    }
  }

  @Test
  void whatDoesNotFitIsATrap() {
    for (int i = 0; i < OFTEN; i++) {
      this.numbers.asShort(1);
    }
    assertThat(failure(WasmErrorCategory.TRAP, () -> this.numbers.asShort(70_000)))
        .hasMessageContaining("'asShort'")
        .hasMessageContaining("70000, which does not fit a short");
    assertThat(failure(WasmErrorCategory.TRAP, () -> this.numbers.boxed(-32_769)))
        .hasMessageContaining("-32769");
    assertThat(failure(WasmErrorCategory.TRAP, () -> this.numbers.asByte(200)))
        .hasMessageContaining("byte");
    assertThat(failure(WasmErrorCategory.TRAP, () -> this.numbers.asChar(-1)))
        .hasMessageContaining("char");
    assertThat(this.numbers.asShort(5)).isEqualTo((short) 5);
  }

  @Test
  void javaAnswersInstead() {
    assertThat(this.numbers.withFallback(1)).isEqualTo((byte) 1);
    assertThat(this.numbers.withFallback(1_000)).isEqualTo((byte) -7);
  }
}
