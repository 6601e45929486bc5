package io.github.wasmspring.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What docs/without-spring.md shows works. */
class WithoutSpringTest {

  @Test
  void anInterfaceIsBound() {
    assertThat(WithoutSpringExamples.greet()).isEqualTo("Hello, Ada! Nice to meet you.");
  }

  @Test
  void bundledModulesAreFound() {
    assertThat(WithoutSpringExamples.formatByName()).isEqualTo("{\n  \"b\": 1\n}");
  }

  @Test
  void whatHappensIsHeard() {
    assertThat(WithoutSpringExamples.listen()).anyMatch(event -> event.contains("json"));
  }
}
