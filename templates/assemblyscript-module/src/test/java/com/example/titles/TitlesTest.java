package com.example.titles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmOperationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** With {@code mode=wasm} no fallback hides what is wrong with the module. */
@SpringBootTest(properties = {"wasm.execution.mode=wasm", "wasm.defaults.limits.timeout=30s"})
class TitlesTest {

  private static final Titles JAVA =
      new Titles() {
        @Override
        public int letterAt(String text, int index) {
          return text.charAt(index);
        }
      };

  @Autowired private Titles titles;

  @Test
  void givesEveryWordACapital() {
    assertThat(this.titles.headline("übers meer  nach west", 80)).isEqualTo("Übers Meer Nach West");
    assertThat(this.titles.headline("übers meer  nach west", 12)).isEqualTo("Übers Meer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "one two three", "ünï cödé", "a  b", "smile 🙂 x"})
  void moduleAndFallbackAgree(String text) {
    for (int maxLength = 1; maxLength < 15; maxLength++) {
      assertThat(this.titles.headline(text, maxLength)).isEqualTo(JAVA.headline(text, maxLength));
    }
    assertThat(this.titles.letterAt("abc", 1)).isEqualTo(JAVA.letterAt("abc", 1));
  }

  @Test
  void saysWhatIsWrongWithTheInput() {
    assertThatExceptionOfType(WasmOperationException.class)
        .isThrownBy(() -> this.titles.headline("text", 0))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo("titles.length"));
  }

  /** Built with {@code --use abort=}, what went wrong is lost. */
  @Test
  void aFailureThatTheModuleDoesNotExpectIsATrap() {
    assertThatExceptionOfType(WasmException.class)
        .isThrownBy(() -> this.titles.letterAt("abc", 3))
        .satisfies(failure -> assertThat(failure.category()).isEqualTo(WasmErrorCategory.TRAP));
  }
}
