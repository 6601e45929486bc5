package io.github.wasmspring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class WasmErrorCategoryTest {

  private static List<WasmErrorCategory> those(Predicate<WasmErrorCategory> fact) {
    return Arrays.stream(WasmErrorCategory.values()).filter(fact).toList();
  }

  @Test
  void whatIsTheCallersOwn() {
    assertThat(those(WasmErrorCategory::callersOwn))
        .containsExactlyInAnyOrder(
            WasmErrorCategory.OPERATION,
            WasmErrorCategory.INVALID_INPUT,
            WasmErrorCategory.INTERRUPTED);
  }

  @Test
  void whatCountsAgainstAModule() {
    assertThat(those(WasmErrorCategory::modulesFault))
        .containsExactlyInAnyOrder(
            WasmErrorCategory.INSTANTIATION,
            WasmErrorCategory.TRAP,
            WasmErrorCategory.STACK_OVERFLOW,
            WasmErrorCategory.TIMEOUT,
            WasmErrorCategory.MEMORY_LIMIT,
            WasmErrorCategory.HOST_FUNCTION,
            WasmErrorCategory.ENGINE);
  }

  @Test
  void whatIsWorthARetry() {
    assertThat(those(WasmErrorCategory::passing))
        .containsExactlyInAnyOrder(
            WasmErrorCategory.LOAD,
            WasmErrorCategory.INSTANTIATION,
            WasmErrorCategory.REJECTED,
            WasmErrorCategory.BUDGET,
            WasmErrorCategory.TIMEOUT,
            WasmErrorCategory.HOST_FUNCTION);
  }

  @Test
  void whatIsWorthARetryMayPass() {
    assertThat(those(WasmErrorCategory::passing)).allMatch(WasmErrorCategory::recoverable);
    assertThat(those(category -> !category.recoverable()))
        .containsExactlyInAnyOrder(
            WasmErrorCategory.NOT_FOUND,
            WasmErrorCategory.VERSION_CONFLICT,
            WasmErrorCategory.INTEGRITY,
            WasmErrorCategory.MALFORMED,
            WasmErrorCategory.INVALID,
            WasmErrorCategory.LINK,
            WasmErrorCategory.SIGNATURE,
            WasmErrorCategory.INVALID_INPUT,
            WasmErrorCategory.OPERATION);
  }

  @Test
  void onlyAnAnswerAndWrongInputLeaveAnInstanceFit() {
    assertThat(those(category -> !category.breaksInstance()))
        .containsExactlyInAnyOrder(WasmErrorCategory.OPERATION, WasmErrorCategory.INVALID_INPUT);
  }
}
