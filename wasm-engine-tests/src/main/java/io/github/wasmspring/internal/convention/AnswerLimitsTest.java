package io.github.wasmspring.internal.convention;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.wasmspring.WasmBatch;
import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.testing.TestRuntime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.AbstractList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values are converted within the deadline and within limits, in both directions. */
@Timeout(120)
class AnswerLimitsTest {

  @WasmModule("answers")
  interface Answers {

    List<Object> maps(int count, WasmCallOptions options);

    @WasmExport("maps")
    List<Object> maps(int count);

    @WasmBatch
    @WasmExport("maps")
    List<List<Object>> mapsOfAll(List<Integer> counts);

    Object nested(int depth);

    String error(int length);

    String deepError(int depth);
  }

  @WasmModule("buffer")
  interface Buffer {
    @WasmExport("length")
    int lengthOf(List<?> list, WasmCallOptions options);
  }

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private Answers answers(Consumer<WasmModuleSettings.Limits.Builder> limits) {
    return this.runtime
        .with(guest("answers").settings(settings -> settings.limits(limits)))
        .manager
        .bind(Answers.class);
  }

  @Test
  void anAnswerMayHaveSoManyNamesValuesAndBrackets() {
    Answers answers = answers(limits -> limits.jsonTokens(202));

    assertThat(answers.maps(100)).hasSize(100);
    assertThat(failure(WasmErrorCategory.MEMORY_LIMIT, () -> answers.maps(101)))
        .hasMessageContaining("limits.json-tokens")
        .hasMessageContaining("202");
    assertThat(answers.maps(100)).hasSize(100);
  }

  @Test
  void byDefaultThatIsAMillion() {
    Answers answers = answers(limits -> {});

    assertThat(answers.maps(499_999)).hasSize(499_999);
    failure(WasmErrorCategory.MEMORY_LIMIT, () -> answers.maps(20_000_000));
  }

  @Test
  void theAnswersOfABatchHaveThemTogether() {
    Answers answers = answers(limits -> limits.jsonTokens(1_000));

    assertThat(answers.mapsOfAll(Collections.nCopies(4, 100))).hasSize(4);
    assertThat(
            failure(
                WasmErrorCategory.MEMORY_LIMIT,
                () -> answers.mapsOfAll(Collections.nCopies(5, 100))))
        .hasMessageContaining("limits.json-tokens");
  }

  @Test
  void noneIsNoLimit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WasmModuleSettings.Limits.DEFAULTS.with(limits -> limits.jsonTokens(0)))
        .withMessageContaining("JSON tokens");
  }

  @Test
  void readingEndsWithTheDeadline() {
    Answers answers = answers(limits -> limits.jsonTokens(Long.MAX_VALUE));
    answers.maps(1);

    assertThat(
            failure(
                WasmErrorCategory.TIMEOUT,
                () -> answers.maps(20_000_000, WasmCallOptions.timeout(Duration.ofMillis(400)))))
        .hasMessageContaining("400 ms (limits.timeout");
    assertThat(Thread.interrupted()).isFalse();
    assertThat(answers.maps(1)).hasSize(1);
  }

  @Test
  void writingEndsWithTheDeadline() {
    Buffer buffer = this.runtime.with(guest("buffer")).manager.bind(Buffer.class);
    List<Integer> endless =
        new AbstractList<>() {
          @Override
          public Integer get(int index) {
            return 1;
          }

          @Override
          public int size() {
            return 30_000_000;
          }
        };

    failure(
        WasmErrorCategory.TIMEOUT,
        () -> buffer.lengthOf(endless, WasmCallOptions.timeout(Duration.ofMillis(50))));
  }

  @Test
  void anArgumentIsNotNestedTooDeeply() {
    Buffer buffer = this.runtime.with(guest("buffer")).manager.bind(Buffer.class);
    List<?> deep = List.of();
    for (int i = 0; i < 100_000; i++) {
      deep = List.of(deep);
    }
    List<?> deepest = deep;

    failure(
        WasmErrorCategory.INVALID_INPUT, () -> buffer.lengthOf(deepest, WasmCallOptions.DEFAULTS));
  }

  @Test
  void anAnswerIsNotNestedTooDeeply() {
    Answers answers = answers(limits -> {});

    assertThat(answers.nested(400)).isInstanceOf(List.class);
    failure(WasmErrorCategory.TRAP, () -> answers.nested(10_000_000));
    failure(WasmErrorCategory.TRAP, () -> answers.deepError(1_000_000));
  }

  @Test
  void anErrorMessageIsCutAndItsCodeIsAName() {
    Answers answers = answers(limits -> {});

    for (int length : new int[] {9_000, 100_000, 50_000_000}) {
      WasmOperationException failure =
          failure(WasmOperationException.class, () -> answers.error(length));

      assertThat(failure.code()).isEqualTo("too_long");
      assertThat(failure.detail()).startsWith("aaa").contains("(cut)").endsWith("a");
      assertThat(failure.detail().getBytes(StandardCharsets.UTF_8).length)
          .isBetween(8_000, 8 << 10);
      assertThat(failure.getMessage().getBytes(StandardCharsets.UTF_8).length)
          .isBetween(2_000, 2 << 10);
    }
  }

  @Test
  void aShortErrorMessageIsWhole() {
    WasmException failure =
        failure(WasmErrorCategory.OPERATION, () -> answers(limits -> {}).error(1_000));

    assertThat(failure.detail()).hasSize(1_000);
    assertThat(failure.getMessage()).endsWith("a");
  }
}
