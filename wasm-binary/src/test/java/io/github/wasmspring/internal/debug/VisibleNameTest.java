package io.github.wasmspring.internal.debug;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleNameTest {

  @Test
  void aNameBreaksNoLine() {
    assertThat(VisibleName.of("a\nb c\u202ed\u0000é", 100)).isEqualTo("a_b_c_d_é");
    assertThat(VisibleName.of("abc", 2)).isEqualTo("ab");
    assertThat(VisibleName.of("\ud800", 2)).isEqualTo("_");
  }
}
