package io.github.wasmspring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.runtime.WasmPreloadException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
        String[] kept = cut.split(" … \\(cut\\) … ");
        assertThat(kept).hasSize(2);
        assertThat(text).startsWith(kept[0]).endsWith(kept[1]);
        assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isGreaterThan(30);
      }
    }
  }

  @Test
  void aNameBreaksNoLine() {
    assertThat(ShortText.name("a\nb c\u202ed\u0000é", 100)).isEqualTo("a_b_c_d_é");
    assertThat(ShortText.name("abc", 2)).isEqualTo("ab");
  }

  @Test
  void manyFailuresAtOnceAreShortToo() {
    List<Throwable> failures = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      failures.add(new WasmInvalidInputException("number " + i + " " + "x".repeat(150)));
    }
    WasmPreloadException failure = new WasmPreloadException(failures);

    assertThat(failure.getMessage())
        .startsWith("50 modules")
        .contains("- number 0 x", "- number 9 x")
        .endsWith("more")
        .hasSizeLessThanOrEqualTo(2048);
    assertThat(failure.failures()).hasSize(50);
  }

  @Test
  void aMessageOfAnyFailureIsShort() {
    WasmException failure =
        new WasmInvalidInputException("x".repeat(100_000) + "; do this")
            .locate(WasmErrorContext.of("m".repeat(100), "1.0.0"));

    assertThat(failure.getMessage())
        .startsWith("module 'mmm")
        .endsWith("; do this")
        .hasSizeLessThanOrEqualTo(2048);
    assertThat(failure.detail()).hasSizeBetween(8_000, 8 << 10).contains("(cut)");
  }
}
