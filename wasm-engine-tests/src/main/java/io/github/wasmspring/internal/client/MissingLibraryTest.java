package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmBatch;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmFallbackNeeds;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.module.WasmJavaFallback;
import io.github.wasmspring.testing.TestRuntime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Fallbacks whose library is not on the class path. */
class MissingLibraryTest {

  private static final String NEEDS =
      "the Java fallback of 'divide' needs the library org.example:dividers, which is not on the"
          + " class path: add this dependency";

  @WasmModule("trouble")
  interface Divider {

    @WasmFallbackNeeds(value = "org.example:dividers", type = "org.example.Divider")
    default int divide(int first, int second) {
      throw new AssertionError("asked without its library");
    }

    @WasmBatch
    @WasmExport("divide")
    List<Integer> divideAll(List<Integer> firsts, List<Integer> seconds);

    @WasmExport("divide")
    @WasmFallbackNeeds(value = "org.assertj:assertj-core", type = "org.assertj.core.api.Assertions")
    default int divideWithLibrary(int first, int second) {
      return -1;
    }
  }

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private Divider divider(WasmExecutionMode mode) {
    this.runtime.with(guest("trouble").type(Divider.class).executionMode(mode));
    return this.runtime.manager.bind(Divider.class);
  }

  @Test
  void theModuleAnswersAsIfNothingWereMissing() {
    assertThat(divider(WasmExecutionMode.AUTO).divide(6, 3)).isEqualTo(2);
  }

  @Test
  void whereOnlyJavaMayAnswerTheDependencyAndThePropertyAreNamed() {
    Divider divider = divider(WasmExecutionMode.JAVA);

    WasmException failure = failure(WasmErrorCategory.REJECTED, () -> divider.divide(6, 3));

    assertThat(failure)
        .hasMessageContainingAll(
            "'trouble'",
            "'divide'",
            "only Java may answer here",
            NEEDS,
            "or let the module answer (wasm.modules.trouble.execution-mode=auto)");
  }

  @Test
  void aCallByNameSaysTheSame() {
    divider(WasmExecutionMode.AUTO);

    WasmException failure =
        failure(
            WasmErrorCategory.REJECTED,
            () ->
                this.runtime
                    .manager
                    .module("trouble")
                    .operation("divide")
                    .arguments(6, 3)
                    .mode(WasmExecutionMode.JAVA)
                    .retrieve(int.class));

    assertThat(failure).hasMessageContaining(NEEDS);
  }

  @Test
  void whereWasmIsSwitchedOffThatPropertyIsNamed() {
    try (TestRuntime off = new TestRuntime(false)) {
      off.with(guest("trouble").type(Divider.class));
      Divider divider = off.manager.bind(Divider.class);

      WasmException failure = failure(WasmErrorCategory.REJECTED, () -> divider.divide(6, 3));

      assertThat(failure)
          .hasMessageContaining(NEEDS)
          .hasMessageEndingWith("or let the module answer (wasm.enabled=true)");
    }
  }

  @Test
  void aModuleThatIsDisabledIsToBeEnabled() {
    Divider divider = divider(WasmExecutionMode.AUTO);
    this.runtime.manager.disable("trouble");

    WasmException failure = failure(WasmErrorCategory.REJECTED, () -> divider.divide(6, 3));

    assertThat(failure)
        .hasMessageContaining("the module is disabled, and " + NEEDS)
        .hasMessageEndingWith("or let the module answer (enable it again)");
  }

  @Test
  void aModuleThatFailsSaysWhatTheFallbackNeeds() {
    Divider divider = divider(WasmExecutionMode.AUTO);

    WasmException failure = failure(WasmErrorCategory.TRAP, () -> divider.divide(1, 0));

    assertThat(failure).hasMessageEndingWith("; Java can't answer instead, as " + NEEDS);
    assertThat(failure.detail()).doesNotContain("org.example");
    assertThat(this.runtime.events(WasmEvent.CallFailed.class))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.fallback()).isFalse();
              assertThat(event.message()).contains(NEEDS);
            });
  }

  @Test
  void nothingIsSaidWhereJavaWouldNotHaveAnsweredAnyway() {
    this.runtime.with(
        guest("trouble").type(Divider.class).settings(settings -> settings.fallback(false)));
    Divider divider = this.runtime.manager.bind(Divider.class);

    WasmException failure = failure(WasmErrorCategory.TRAP, () -> divider.divide(1, 0));

    assertThat(failure).message().doesNotContain("org.example");
  }

  @Test
  void aBatchNeedsWhatItsElementsNeed() {
    Divider divider = divider(WasmExecutionMode.AUTO);

    WasmException failure =
        failure(WasmErrorCategory.TRAP, () -> divider.divideAll(List.of(4, 1), List.of(2, 0)));

    assertThat(failure).hasMessageContaining(NEEDS.replace("divide'", "divideAll'"));
  }

  @Test
  void aSideThatCannotAnswerIsNotMeasured() {
    Divider divider = divider(WasmExecutionMode.ADAPTIVE);

    for (int i = 1; i <= 200; i++) {
      assertThat(divider.divide(i, 1)).isEqualTo(i);
    }

    assertThat(this.runtime.manager.status("trouble").get(0).calls().java()).isZero();
  }

  @Test
  void aFallbackWithItsLibraryAnswers() {
    assertThat(divider(WasmExecutionMode.JAVA).divideWithLibrary(6, 3)).isEqualTo(-1);
  }

  @Test
  void theStatusListsFallbacksThatCanAnswer() {
    this.runtime.with(
        guest("trouble").type(Divider.class).fallback("spin", new FallbackWithoutItsLibrary()));
    this.runtime.manager.bind(Divider.class).divide(4, 2);

    assertThat(this.runtime.manager.status("trouble").get(0).fallbacks())
        .containsExactly("divideWithLibrary");
  }

  @Test
  void aFallbackOfTheModuleMayLackALibraryToo() {
    this.runtime.with(
        guest("trouble")
            .executionMode(WasmExecutionMode.JAVA)
            .fallback("spin", new FallbackWithoutItsLibrary()));

    WasmException failure =
        failure(
            WasmErrorCategory.REJECTED,
            () -> this.runtime.manager.module("trouble").operation("spin").retrieve(void.class));

    assertThat(failure).hasMessageContaining(NEEDS.replace("divide'", "spin'"));
  }

  private static final class FallbackWithoutItsLibrary implements WasmJavaFallback {

    @Override
    public @Nullable Object call(@Nullable Object[] arguments) {
      throw new AssertionError("asked without its library");
    }

    @Override
    public String missingLibrary() {
      return "org.example:dividers";
    }
  }
}
