package io.github.wasmspring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "é", "€", "😀", "a😀"})
  void whatIsCutIsWholeCharactersAndNoLonger(String unit) {
    for (int count = 1; count < 60; count++) {
      String text = unit.repeat(count);
      String cut = ShortText.cut(text, 40);

      assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(40);
      if (text.getBytes(StandardCharsets.UTF_8).length <= 40) {
        assertThat(cut).isEqualTo(text);
      } else {
        assertThat(cut).endsWith("(cut)").doesNotContain("?");
        assertThat(text).startsWith(cut.substring(0, cut.indexOf(" …")));
      }
    }
  }

  @Test
  void aNameBreaksNoLine() {
    assertThat(ShortText.name("a\nb c\u202ed\u0000é", 100)).isEqualTo("a_b_c_d_é");
    assertThat(ShortText.name("abc", 2)).isEqualTo("ab");
  }

  @Test
  void aMessageOfAnyFailureIsShort() {
    WasmException failure =
        new WasmInvalidInputException("x".repeat(100_000))
            .locate(WasmErrorContext.of("m".repeat(100), "1.0.0"));

    assertThat(failure.getMessage()).startsWith("module 'mmm").hasSizeLessThanOrEqualTo(2048);
    assertThat(failure.detail()).hasSize(100_000);
  }
}
