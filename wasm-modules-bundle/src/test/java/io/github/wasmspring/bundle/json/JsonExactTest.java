package io.github.wasmspring.bundle.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.runtime.WasmRuntime;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** No digit of a number is lost, whichever side reads it. */
class JsonExactTest {

  private static final Json JAVA = new Json() {};

  private static WasmRuntime runtime;
  private static Json wasm;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    wasm = runtime.manager().bind(Json.class);
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  private static List<Json> sides() {
    return List.of(wasm, JAVA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3.14159265358979323846264338327950288419716939937510",
        "0.1",
        "1.10",
        "1.0",
        "100",
        "1e400",
        "-1E+400",
        "1e-400",
        "-2.5e-3000",
        "5e-324",
        "1.7976931348623159e308",
        "9007199254740993",
        "-9223372036854775809",
        "123456789012345678901234567890123456789012345678901234567890",
        "0",
        "0.000",
        "-1"
      })
  void aNumberKeepsItsValueAndItsText(String number) {
    for (Json side : sides()) {
      JsonNode tree = side.parse("{\"n\":[" + number + "]}").get("n").get(0);

      assertThat(tree.isNumber()).isTrue();
      assertThat(tree.decimalValue()).isEqualTo(new BigDecimal(number));
      assertThat(side.query("[" + number + "]", "/0")).isEqualTo(number);
      assertThat(side.minify("[ " + number + " ]")).isEqualTo("[" + number + "]");
      assertThat(side.format("[" + number + "]", 1, true)).isEqualTo("[\n " + number + "\n]");
      assertThat(side.validate(number).valid()).isTrue();
    }
    assertThat(wasm.parse(number)).isEqualTo(JAVA.parse(number));
  }

  @Test
  void soDoesAnyOther() {
    Random random = new Random(19);
    for (int i = 0; i < 500; i++) {
      BigDecimal number =
          new BigDecimal(
              new java.math.BigInteger(random.nextInt(1, 300), random), random.nextInt(400));
      for (Json side : sides()) {
        assertThat(side.parse(number.toString()).decimalValue()).isEqualByComparingTo(number);
      }
    }
  }

  @Test
  void theModuleItselfAnswers() {
    var answer = runtime.manager().<JsonNode>execute("json", "parse", "[1e400]");

    assertThat(answer.source()).isEqualTo(WasmSource.WASM);
    assertThat(answer.value().get(0).decimalValue()).isEqualTo(new BigDecimal("1e400"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0", "-0.0", "-0e7"})
  void whatIsMinusNothingIsNothing(String number) {
    for (Json side : sides()) {
      assertThat(side.parse(number).decimalValue()).isEqualByComparingTo(BigDecimal.ZERO);
      assertThat(side.minify(number)).isEqualTo(number);
    }
  }

  @Test
  void anExponentThatNoDecimalHasIsBeyondTheLimits() {
    for (Json side : sides()) {
      assertThatThrownBy(() -> side.parse("1e99999999999"))
          .isInstanceOfSatisfying(
              WasmOperationException.class,
              refusal -> assertThat(refusal.code()).isEqualTo("json.limit"));
    }
  }
}
