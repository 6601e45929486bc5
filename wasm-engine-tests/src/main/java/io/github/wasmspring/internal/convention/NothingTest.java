package io.github.wasmspring.internal.convention;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmBatch;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.testing.TestRuntime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing crosses as address 0 and length 0, where the Java type has a word for it. */
class NothingTest {

  private static final long NOTHING = 0;
  private static final long EMPTY = 4096L << 32;

  @WasmModule("buffer")
  interface Text {

    @WasmExport("raw")
    Optional<String> optional(long packed);

    @WasmExport("raw")
    @Nullable String nullable(long packed);

    @WasmExport("raw")
    WasmResult<@Nullable String> result(long packed);

    @WasmExport("raw")
    Optional<Map<String, Integer>> optionalJson(long packed);

    @WasmExport("raw")
    byte @Nullable [] bytes(long packed);

    @WasmExport("raw")
    String plain(long packed);

    @WasmExport("echo")
    Optional<String> same(Optional<String> text);

    @WasmExport("is_nothing")
    boolean isNothing(Optional<String> text);

    @WasmExport("is_nothing")
    boolean isNull(@Nullable String text);

    @WasmExport("is_nothing")
    boolean isNone(String text);

    @WasmBatch
    @WasmExport("is_nothing")
    List<Boolean> areNothing(List<Optional<String>> texts);

    int frees();

    int allocs();
  }

  private final TestRuntime runtime = new TestRuntime().with(guest("buffer").type(Text.class));
  private final Text text = this.runtime.manager.bind(Text.class);

  @AfterEach
  void close() {
    this.runtime.close();
  }

  @Test
  void anAnswerMayBeNothing() {
    assertThat(this.text.optional(NOTHING)).isEmpty();
    assertThat(this.text.nullable(NOTHING)).isNull();
    assertThat(this.text.result(NOTHING).value()).isNull();
    assertThat(this.text.optionalJson(NOTHING)).isEmpty();
    assertThat(this.text.bytes(NOTHING)).isNull();
  }

  @Test
  void anEmptyTextIsNotNothing() {
    assertThat(this.text.optional(EMPTY)).hasValue("");
    assertThat(this.text.nullable(EMPTY)).isEmpty();
    assertThat(this.text.result(EMPTY).value()).isEmpty();
    assertThat(this.text.bytes(EMPTY)).isEmpty();
  }

  @Test
  void withoutAWordForNothingItIsEmpty() {
    assertThat(this.text.plain(NOTHING)).isEmpty();
  }

  @Test
  void anOptionalTextIsText() {
    assertThat(this.text.same(Optional.of("\"no JSON"))).hasValue("\"no JSON");
  }

  @Test
  void anArgumentMayBeNothing() {
    assertThat(this.text.isNothing(Optional.empty())).isTrue();
    assertThat(this.text.isNothing(Optional.of(""))).isFalse();
    assertThat(this.text.isNull(null)).isTrue();
    assertThat(this.text.isNull("")).isFalse();
    assertThat(failure(WasmErrorCategory.INVALID_INPUT, () -> this.text.isNone(null)))
        .hasMessageContaining("'text' is null");
  }

  @Test
  void elementsOfABatchMayBeNothing() {
    assertThat(this.text.areNothing(List.of(Optional.empty(), Optional.of(""), Optional.of("a"))))
        .containsExactly(true, false, false);
    assertThat(this.text.areNothing(List.of(Optional.empty()))).containsExactly(true);
    assertThat(this.text.areNothing(List.of(Optional.of("")))).containsExactly(false);
  }

  @Test
  void byNameNothingIsWhatIsLeftOut() {
    assertThat(this.runtime.manager.execute("buffer", "isNull", null, Map.of()).value())
        .isEqualTo(true);
    assertThat(this.runtime.manager.execute("buffer", "isNothing", null, Map.of()).value())
        .isEqualTo(true);
    assertThat(this.runtime.manager.execute("buffer", "isNothing", "", Map.of()).value())
        .isEqualTo(false);
  }

  @Test
  void whatIsAllocatedIsFreed() {
    try (var session = this.runtime.manager.open("buffer")) {
      Text bound = session.bind(Text.class);

      bound.isNothing(Optional.empty());
      assertThat(bound.allocs()).isZero();
      bound.isNothing(Optional.of(""));
      bound.isNull("x");
      assertThat(bound.allocs()).isEqualTo(2);
      assertThat(bound.frees()).isEqualTo(2);
    }
  }
}
