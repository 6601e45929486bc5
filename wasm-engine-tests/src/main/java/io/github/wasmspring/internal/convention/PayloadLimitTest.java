package io.github.wasmspring.internal.convention;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.testing.TestRuntime;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The arguments of one call count together, by the bytes that would cross. */
class PayloadLimitTest {

  private static final int LIMIT = 1000;

  private final TestRuntime runtime =
      new TestRuntime()
          .with(
              guest("buffer")
                  .settings(settings -> settings.limits(limits -> limits.payload(LIMIT))));

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private void call(String operation, Object... arguments) {
    this.runtime
        .manager
        .module("buffer")
        .operation(operation)
        .arguments(arguments)
        .retrieve(String.class);
  }

  private WasmException refused(String operation, Object... arguments) {
    WasmException refused =
        failure(WasmErrorCategory.INVALID_INPUT, () -> call(operation, arguments));
    assertThat(refused).hasMessageContaining("1000 are allowed (limits.payload)");
    assertThat(this.runtime.manager.status("buffer").get(0).pool().created()).isEqualTo(1);
    assertThat(this.runtime.manager.status("buffer").get(0).pool().discarded()).isZero();
    return refused;
  }

  @Test
  void aTextIsCountedInBytes() {
    call("echo", "x".repeat(LIMIT));

    assertThat(refused("echo", "\u00e9".repeat(LIMIT / 2 + 1)))
        .hasMessageContaining("have 1002 bytes");
  }

  @Test
  void aLongTextIsRefusedBeforeItIsEncoded() {
    assertThat(refused("echo", "x".repeat(LIMIT + 1)))
        .hasMessageContaining("have at least 1001 bytes");
  }

  @Test
  void allArgumentsCountTogether() {
    call("concat", "x".repeat(400), "y".repeat(600));

    refused("concat", "x".repeat(400), "y".repeat(601));
    refused("concat", new byte[400], new byte[601]);
  }

  @Test
  void jsonIsCountedInBytesAndNotWrittenToItsEnd() {
    call("echo", List.of("x".repeat(LIMIT - 4)));

    assertThat(refused("echo", Collections.nCopies(1_000_000_000, "x")))
        .hasMessageContaining("at least");
  }

  @Test
  void jsonIsRefusedHoweverDeepTheLastStrawIs() {
    refused("echo", new Outer(new Inner("x".repeat(100_000))));
  }

  record Outer(Inner inner) {}

  record Inner(String text) {}
}
