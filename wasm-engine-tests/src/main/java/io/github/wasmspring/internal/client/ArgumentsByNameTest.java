package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.testing.TestRuntime;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is given by name is checked as everywhere: nothing is cut to fit. */
class ArgumentsByNameTest {

  record Settings(int indent) {}

  @WasmModule("buffer")
  interface Guest {

    @WasmExport("id_int")
    int integer(int indent);

    @WasmExport("id_int")
    short small(short indent);

    @WasmExport("id_int")
    byte tiny(byte indent);

    @WasmExport("id_int")
    char character(char indent);

    @WasmExport("id_int")
    boolean truth(boolean indent);

    @WasmExport("id_long")
    long large(long indent);

    @WasmExport("id_float")
    float single(float indent);

    @WasmExport("id_double")
    double floating(double indent);

    @WasmExport("echo")
    Settings settings(Settings indent);
  }

  private final TestRuntime runtime = new TestRuntime().with(guest("buffer").type(Guest.class));

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private Object call(String operation, Object indent) {
    return this.runtime
        .manager
        .execute("buffer", operation, null, Map.of("indent", indent))
        .value();
  }

  static Stream<Arguments> unfit() {
    return Stream.of(
        Arguments.of("integer", 2.9),
        Arguments.of("integer", 2.9f),
        Arguments.of("integer", new BigDecimal("2.5")),
        Arguments.of("integer", Double.NaN),
        Arguments.of("integer", Double.POSITIVE_INFINITY),
        Arguments.of("integer", 1L << 31),
        Arguments.of("integer", new BigDecimal("1e1000000000")),
        Arguments.of("integer", "2.9"),
        Arguments.of("integer", "two"),
        Arguments.of("integer", ""),
        Arguments.of("integer", true),
        Arguments.of("small", 70_000),
        Arguments.of("tiny", 200),
        Arguments.of("character", 65_536),
        Arguments.of("character", -1),
        Arguments.of("character", "ab"),
        Arguments.of("truth", 2),
        Arguments.of("truth", "yes"),
        Arguments.of("large", BigInteger.ONE.shiftLeft(63)),
        Arguments.of("large", 1e19),
        Arguments.of("single", 1e300),
        Arguments.of("floating", new BigDecimal("1e400")),
        Arguments.of("settings", Map.of("indent", 2.9)),
        Arguments.of("settings", Map.of("indent", Double.NaN)));
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void whatDoesNotFitIsRefusedByName(String operation, Object value) {
    assertThat(failure(WasmErrorCategory.INVALID_INPUT, () -> call(operation, value)))
        .hasMessageContaining("'indent'")
        .hasMessageContaining("'" + operation + "'");
  }

  static Stream<Arguments> fit() {
    return Stream.of(
        Arguments.of("integer", 2.0, 2),
        Arguments.of("integer", -3L, -3),
        Arguments.of("integer", "12", 12),
        Arguments.of("integer", new BigDecimal("1e3"), 1000),
        Arguments.of("small", -32_768, Short.MIN_VALUE),
        Arguments.of("tiny", 127, Byte.MAX_VALUE),
        Arguments.of("character", "a", 'a'),
        Arguments.of("character", 97, 'a'),
        Arguments.of("truth", "true", true),
        Arguments.of("large", BigInteger.valueOf(Long.MIN_VALUE), Long.MIN_VALUE),
        Arguments.of("single", 0.1, 0.1f),
        Arguments.of("floating", 3, 3.0),
        Arguments.of("floating", Double.NaN, Double.NaN),
        Arguments.of("settings", Map.of("indent", 2), new Settings(2)));
  }

  @ParameterizedTest
  @MethodSource("fit")
  void whatFitsIsPassed(String operation, Object value, Object expected) {
    assertThat(call(operation, value)).isEqualTo(expected);
  }

  @Test
  void whatIsNestedTooDeeplyIsRefused() {
    Map<String, Object> deep = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      deep = new HashMap<>(Map.of("deeper", deep));
    }
    Map<String, Object> deepest = deep;

    WasmException failure =
        failure(WasmErrorCategory.INVALID_INPUT, () -> call("settings", deepest));

    assertThat(failure).hasMessageContaining("'indent'");
    assertThat(failure.getMessage()).hasSizeLessThanOrEqualTo(2048);
  }
}
