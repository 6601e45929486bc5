package io.github.wasmspring.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.observe.WasmProfile.FunctionShare;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackSamplesTest {

  private final StackSamples samples = new StackSamples();

  @Test
  void aFunctionThatCallsItselfCountsOnce() {
    this.samples.add(List.of("m", "f", "f", "g"));
    this.samples.add(List.of("m", "f", "f"));
    this.samples.add(List.of("m", "f", "g"));

    assertThat(this.samples.functions())
        .containsExactly(
            new FunctionShare("m", "g", 2, 2, 2 / 3d), new FunctionShare("m", "f", 1, 3, 1 / 3d));
  }

  @Test
  void stacksAreKeptUpToANumber() {
    for (int i = 0; i < 10_500; i++) {
      this.samples.add(List.of("m", "f" + i));
    }
    this.samples.add(List.of("m", "f0"));

    assertThat(this.samples.samples()).isEqualTo(10_501);
    assertThat(this.samples.left()).isEqualTo(500);
    assertThat(this.samples.stacks()).hasSize(10_000);
    assertThat(this.samples.functions()).hasSize(100);
    assertThat(this.samples.functions().get(0).function()).isEqualTo("f0");
  }

  @Test
  void deepStacksAreKeptUpToANumberOfFrames() {
    for (int i = 0; i < 3_000; i++) {
      this.samples.add(List.copyOf(Collections.nCopies(200 + i, "f")));
    }

    assertThat(this.samples.left()).isPositive();
    assertThat(this.samples.stacks().stream().mapToInt(stack -> stack.frames().size()).sum())
        .isBetween(490_000, 500_000);
  }
}
