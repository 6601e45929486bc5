package io.github.wasmspring.internal.convention;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.InOut;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmSignatureException;
import io.github.wasmspring.testing.TestRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExportSignatureTest {

  @WasmModule("scalar")
  interface Missing {
    int subtract(int first, int second);
  }

  @WasmModule("scalar")
  interface WrongArity {
    int add(int one);
  }

  @WasmModule("scalar")
  interface WrongType {
    int add(long first, int second);
  }

  @WasmModule("scalar")
  interface WrongResult {
    long add(int first, int second);
  }

  @WasmModule("scalar")
  interface NoAllocator {
    @WasmExport("add")
    String text(String value);
  }

  @WasmModule("scalar")
  interface TwoResults {
    int twoResults();
  }

  @WasmModule("buffer")
  interface InOutText {
    void increment(@InOut String text);
  }

  @WasmModule("buffer")
  interface TextForNumber {
    int idInt(String text);
  }

  @WasmModule("scalar")
  interface Right {
    int add(int first, int second);

    @WasmExport("add_long")
    Long sum(Long first, long second);

    float halfFloat(float value);

    double half(double value);

    void nothing();
  }

  private final TestRuntime runtime = new TestRuntime().with(guest("scalar")).with(guest("buffer"));

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private WasmSignatureException refused(Class<?> type) {
    WasmSignatureException failure =
        failure(WasmSignatureException.class, () -> this.runtime.manager.bind(type));
    assertThat(failure.category()).isEqualTo(WasmErrorCategory.SIGNATURE);
    assertThat(failure.module()).isEqualTo(type.getAnnotation(WasmModule.class).value());
    return failure;
  }

  @Test
  void aMissingExportNamesTheMethodTheExportAndWhatExists() {
    WasmSignatureException failure = refused(Missing.class);

    assertThat(failure.export()).isEqualTo("subtract");
    assertThat(failure.expected()).isEqualTo("(i32, i32) -> i32");
    assertThat(failure.actual()).isNull();
    assertThat(failure.exports()).contains("add (i32, i32) -> i32");
    assertThat(failure)
        .hasMessageContaining("int subtract(int first, int second)")
        .hasMessageContaining("'subtract'")
        .hasMessageContaining("(i32, i32) -> i32")
        .hasMessageContaining("add_long");
  }

  @Test
  void aWrongArityNamesBothTypes() {
    assertThat(refused(WrongArity.class))
        .hasMessageContaining("int add(int one)")
        .hasMessageContaining("of type (i32) -> i32")
        .hasMessageContaining("with type (i32, i32) -> i32");
  }

  @Test
  void aWrongParameterTypeNamesBothTypes() {
    WasmSignatureException failure = refused(WrongType.class);

    assertThat(failure.expected()).isEqualTo("(i64, i32) -> i32");
    assertThat(failure.actual()).isEqualTo("(i32, i32) -> i32");
    assertThat(failure)
        .hasMessageContaining("(i64, i32) -> i32")
        .hasMessageContaining("(i32, i32) -> i32");
  }

  @Test
  void aWrongResultTypeNamesBothTypes() {
    assertThat(refused(WrongResult.class))
        .hasMessageContaining("(i32, i32) -> i64")
        .hasMessageContaining("(i32, i32) -> i32");
  }

  @Test
  void textOnAModuleWithoutAnAllocatorSaysWhatTheModuleMustExport() {
    WasmSignatureException failure = refused(NoAllocator.class);

    assertThat(failure.actual()).isEqualTo("(i32, i32) -> i32");
    assertThat(failure)
        .hasMessageContaining("String text(String value)")
        .hasMessageContaining("wasm_alloc (i32) -> i32")
        .hasMessageContaining("wasm_free (i32, i32) -> ()");
  }

  @Test
  void twoResultsDoNotFitOne() {
    assertThat(refused(TwoResults.class)).hasMessageContaining("() -> (i32, i32)");
  }

  @Test
  void onlyWhatCanChangeMayBeInOut() {
    assertThat(refused(InOutText.class)).hasMessageContaining("'text' as @InOut");
  }

  @Test
  void textWhereTheExportTakesANumberIsRefused() {
    assertThat(refused(TextForNumber.class))
        .hasMessageContaining("(i32, i32) -> i32")
        .hasMessageContaining("(i32) -> i32");
  }

  @Test
  void whatFitsIsBoundAndAnswers() {
    Right right = this.runtime.manager.bind(Right.class);

    right.nothing();
    assertThat(right.add(Integer.MAX_VALUE, 1)).isEqualTo(Integer.MIN_VALUE);
    assertThat(right.sum(Long.MAX_VALUE, 1)).isEqualTo(Long.MIN_VALUE);
    assertThat(right.half(5)).isEqualTo(2.5);
    assertThat(right.halfFloat(5)).isEqualTo(2.5f);
  }
}
