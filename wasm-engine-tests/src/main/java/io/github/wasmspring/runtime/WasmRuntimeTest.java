package io.github.wasmspring.runtime;

import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.engine.WasmEngineNotFoundException;
import io.github.wasmspring.fallback.WasmFailureAction;
import io.github.wasmspring.testing.BytesLocationResolver;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.work.WasmTaskSettings;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a program without Spring may choose. */
class WasmRuntimeTest {

  private static int add(WasmRuntime runtime, String module) {
    return runtime
        .manager()
        .module(module)
        .operation("add")
        .arguments(1, 2)
        .retrieve(Integer.class)
        .value();
  }

  private static String echo(WasmRuntime runtime) {
    return runtime
        .manager()
        .module("buffer")
        .operation("echo")
        .input("text")
        .retrieve(String.class)
        .value();
  }

  private static WasmRuntime.Builder builder() {
    return TestEngines.runtime();
  }

  @Test
  void withoutAChoiceThereIsADefaultForEverything() {
    try (WasmRuntime runtime = builder().module(guest("buffer").build()).build()) {
      assertThat(echo(runtime)).isEqualTo("text");
      assertThat(runtime.usedMemory()).isPositive();
      assertThat(runtime.performanceReporter().report().modules()).isOne();
    }
  }

  @Test
  void theMemoryBudgetHolds() {
    try (WasmRuntime runtime =
        builder().memoryBudget(1000).module(guest("buffer").build()).build()) {
      assertThatExceptionOfType(WasmException.class)
          .isThrownBy(() -> echo(runtime))
          .satisfies(refused -> assertThat(refused.category()).isEqualTo(WasmErrorCategory.BUDGET));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> builder().memoryBudget(0));
  }

  @Test
  void anEngineThatIsNotThereIsNamedWithThoseThatAre() {
    assertThatExceptionOfType(WasmEngineNotFoundException.class)
        .isThrownBy(() -> WasmRuntime.builder().engine("pigeon").build())
        .withMessageContainingAll("pigeon", TestEngines.create().name());
  }

  @Test
  void anEngineThatIsMadeAlreadyIsUsed() {
    try (WasmRuntime runtime =
        WasmRuntime.builder()
            .engine(TestEngines.create())
            .module(guest("scalar").build())
            .build()) {
      assertThat(add(runtime, "scalar")).isEqualTo(3);
    }
  }

  @Test
  void modulesComeFromFurtherPlaces() {
    BytesLocationResolver bytes = new BytesLocationResolver();
    String location = bytes.put("own", Guests.bytes("scalar"));
    try (WasmRuntime runtime =
        builder().locationResolver(bytes).module(guest("own").location(location).build()).build()) {
      assertThat(add(runtime, "own")).isEqualTo(3);
    }
  }

  @Test
  void theErrorHandlerIsAsked() {
    AtomicInteger asked = new AtomicInteger();
    try (WasmRuntime runtime =
        builder()
            .errorHandler(
                (failure, settings, attempt, hasFallback) -> {
                  asked.incrementAndGet();
                  return WasmFailureAction.THROW;
                })
            .module(guest("trouble").build())
            .build()) {
      assertThatExceptionOfType(WasmException.class)
          .isThrownBy(
              () ->
                  runtime
                      .manager()
                      .module("trouble")
                      .operation("unreachable_op")
                      .retrieve(void.class));
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void callsThatAnswerLaterRunAsTheirSettingsSay() throws Exception {
    try (WasmRuntime runtime =
        builder().tasks(WasmTaskSettings.DEFAULTS).module(guest("scalar").build()).build()) {
      assertThat(
              runtime
                  .manager()
                  .module("scalar")
                  .operation("add")
                  .arguments(1, 2)
                  .retrieveAsync(Integer.class)
                  .get()
                  .value())
          .isEqualTo(3);
    }
  }
}
