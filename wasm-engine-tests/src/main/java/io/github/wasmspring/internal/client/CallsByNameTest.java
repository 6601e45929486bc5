package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.testing.TestEngines;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations called by their names. */
class CallsByNameTest extends ManagerFixture {

  @Test
  void callsADeclaredOperationByName() {
    WasmResult<String> result = withText().execute("buffer", "echo", "hällo");

    assertThat(result.value()).isEqualTo("hällo");
    assertThat(result.source()).isEqualTo(WasmSource.WASM);
    assertThat(result.fallback()).isFalse();
    assertThat(result.module()).isEqualTo("buffer");
    assertThat(result.version()).isEqualTo("1.0.0");
    assertThat(result.operation()).isEqualTo("echo");
    assertThat(result.engine()).isEqualTo(TestEngines.COMPILED);
    assertThat(result.duration()).isPositive();
    assertThat(result.failure()).isNull();
  }

  @Test
  void callsAnExportThatNobodyDeclares() {
    this.runtime.with(guest("scalar"));

    WasmResult<Integer> result =
        this.runtime.manager.module("scalar").operation("add").arguments(1, 2).retrieve(int.class);

    assertThat(result.value()).isEqualTo(3);
  }

  @Test
  void findsAnExportByItsCamelCaseName() {
    this.runtime.with(guest("scalar"));

    assertThat(
            this.runtime
                .manager
                .module("scalar")
                .operation("addLong")
                .arguments(1L, 2L)
                .<Long>retrieve(Long.class)
                .value())
        .isEqualTo(3L);
  }

  @Test
  void passesOptionsByName() {
    WasmResult<String> result = withText().execute("buffer", "skip", "abcdef", Map.of("bytes", 4));

    assertThat(result.value()).isEqualTo("ef");
  }

  @Test
  void leavesOutOptionsAsZero() {
    WasmResult<String> result = withText().execute("buffer", "skip", "abcdef");

    assertThat(result.value()).isEqualTo("abcdef");
  }

  @Test
  void convertsOptionsThatComeAsText() {
    WasmResult<String> result =
        withText().execute("buffer", "skip", "abcdef", Map.of("bytes", "2"));

    assertThat(result.value()).isEqualTo("cdef");
  }

  @ParameterizedTest
  @ValueSource(strings = {"many", "99999999999", "{}"})
  void refusesAnOptionOfAnotherType(String value) {
    WasmException failure =
        failure(
            WasmErrorCategory.INVALID_INPUT,
            () -> withText().execute("buffer", "skip", "abc", Map.of("bytes", value)));

    assertThat(failure).hasMessageContaining("'bytes'");
    assertThat(failure.module()).isEqualTo("buffer");
    assertThat(failure.operation()).isEqualTo("skip");
  }

  @Test
  void refusesAnUnknownOption() {
    WasmException failure =
        failure(
            WasmErrorCategory.INVALID_INPUT,
            () -> withText().execute("buffer", "skip", "abc", Map.of("byte", 1)));

    assertThat(failure).hasMessageContaining("no option byte").hasMessageContaining("'buffer'");
  }

  @Test
  void refusesAnArgumentGivenTwice() {
    assertThat(
            failure(
                WasmErrorCategory.INVALID_INPUT,
                () -> withText().execute("buffer", "skip", "abc", Map.of("text", "def"))))
        .hasMessageContaining("given twice");
  }

  @Test
  void refusesAnotherNumberOfArguments() {
    assertThat(
            failure(
                WasmErrorCategory.INVALID_INPUT,
                () ->
                    withText()
                        .module("buffer")
                        .operation("skip")
                        .arguments("a")
                        .retrieve(String.class)))
        .hasMessageContaining("takes 2 arguments, not 1");
  }

  @Test
  void refusesAMissingInput() {
    assertThat(
            failure(
                WasmErrorCategory.INVALID_INPUT, () -> withText().execute("buffer", "echo", null)))
        .hasMessageContaining("'text' is null");
  }

  @Test
  void takesUtf8BytesForText() {
    WasmResult<String> result =
        withText().execute("buffer", "echo", new byte[] {(byte) 0xc3, (byte) 0xa4});

    assertThat(result.value()).isEqualTo("ä");
  }

  @Test
  void refusesBytesThatAreNotUtf8ForText() {
    assertThat(
            failure(
                WasmErrorCategory.INVALID_INPUT,
                () -> withText().execute("buffer", "echo", new byte[] {(byte) 0xff})))
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void takesTextForBytes() {
    WasmResult<byte[]> result = withText().execute("buffer", "bytes", "ä");

    assertThat(result.value()).containsExactly(0xc3, 0xa4);
  }

  @Test
  void givesTheAnswerAsAnotherType() {
    this.runtime.with(guest("scalar"));

    WasmResult<Long> result =
        this.runtime
            .manager
            .module("scalar")
            .operation("add")
            .arguments(1, 2)
            .retrieve(int.class)
            .with(3L);

    assertThat(result.value()).isEqualTo(3L);
    assertThat(
            withText()
                .module("buffer")
                .operation("echo")
                .input("12")
                .<Integer>retrieve(Integer.class)
                .value())
        .isEqualTo(12);
  }

  @Test
  void saysWhichTypeAnAnswerCannotBeGivenAs() {
    assertThat(
            failure(
                WasmErrorCategory.INVALID_INPUT,
                () ->
                    withText()
                        .module("buffer")
                        .operation("echo")
                        .input("twelve")
                        .retrieve(Integer.class)))
        .hasMessageContaining("java.lang.Integer");
  }

  @Test
  void retrievesOnAnotherThread() throws Exception {
    assertThat(
            withText()
                .module("buffer")
                .operation("echo")
                .input("a")
                .<String>retrieveAsync(String.class)
                .get(30, TimeUnit.SECONDS)
                .value())
        .isEqualTo("a");
  }

  @Test
  void takesTheNewestVersion() {
    this.runtime
        .with(guest("scalar").version("1.0.0"))
        .with(guest("scalar").version("1.1.0"))
        .with(guest("scalar").version("2.0.0-rc.1"));

    assertThat(version("*")).isEqualTo("1.1.0");
    assertThat(version("~1.0.0")).isEqualTo("1.0.0");
  }

  private String version(String range) {
    return this.runtime
        .manager
        .module("scalar", range)
        .operation("add")
        .arguments(1, 2)
        .retrieve(int.class)
        .version();
  }

  @Test
  void namesNearMatchesOfAnUnknownModule() {
    assertThat(
            failure(
                WasmModuleNotFoundException.class, () -> withText().execute("bufer", "echo", "a")))
        .hasMessageContaining("did you mean 'buffer'?");
  }
}
