package io.github.wasmspring.convention;

import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.module.WasmParameter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batches of conventions that know nothing of batches. */
class RepeatedInvocationTest {

  private static final WasmOperation BATCH =
      new WasmOperation(
              "op",
              "op",
              List.of(new WasmParameter("a", String.class), new WasmParameter("b", int.class)),
              String.class)
          .inBatch();

  private static Object repeat(boolean keepsErrors, WasmInvocation each) {
    return new RepeatedInvocation(BATCH, keepsErrors, each)
        .invoke(null, new Object[] {List.of("x", "y", "z"), 7});
  }

  @Test
  void eachElementIsACallWithTheSameOtherArguments() {
    assertThat(repeat(false, (instance, arguments) -> arguments[0] + "" + arguments[1]))
        .isEqualTo(List.of("x7", "y7", "z7"));
  }

  @Test
  void theFirstErrorEndsItAndNamesTheElement() {
    List<Object> seen = new ArrayList<>();

    WasmOperationException failure =
        failure(
            WasmOperationException.class,
            () ->
                repeat(
                    false,
                    (instance, arguments) -> {
                      seen.add(arguments[0]);
                      throw new WasmOperationException("bad", "it is", null);
                    }));

    assertThat(failure.element()).isZero();
    assertThat(seen).containsExactly("x");
  }

  @Test
  void errorsAreKeptWhereTheyAreWanted() {
    Object answers =
        repeat(
            true,
            (instance, arguments) -> {
              if (arguments[0].equals("y")) {
                throw new WasmOperationException("bad", "it is", null);
              }
              return arguments[0];
            });

    assertThat((List<?>) answers).hasSize(3).first().isEqualTo("x");
    assertThat(((List<?>) answers).get(1))
        .isInstanceOfSatisfying(
            WasmOperationException.class, kept -> assertThat(kept.element()).isEqualTo(1));
  }

  @Test
  void aTrapIsNeverKept() {
    failure(
        WasmErrorCategory.TRAP,
        () ->
            repeat(
                true,
                (instance, arguments) -> {
                  throw new WasmExecutionException(WasmErrorCategory.TRAP, "unreachable", null);
                }));
  }
}
