package io.github.wasmspring.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class CodeEditTest {

  @Test
  void editsAreAppliedInTheOrderOfTheText() {
    assertThat(CodeEdit.apply("let a = 1", List.of(edit(8, 9, "2"), edit(0, 3, "const"))))
        .isEqualTo("const a = 2");
  }

  @Test
  void whatIsPutIntoOnePlaceComesInTheOrderOfTheEdits() {
    assertThat(CodeEdit.apply("ac", List.of(edit(1, 1, "b"), edit(1, 1, "B")))).isEqualTo("abBc");
  }

  @Test
  void editsThatOverlapAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CodeEdit.apply("abc", List.of(edit(0, 2, ""), edit(1, 3, ""))))
        .withMessageContaining("1 to 3");
  }

  @Test
  void anEditOutsideOfTheTextIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CodeEdit.apply("abc", List.of(edit(2, 4, ""))));
  }

  @Test
  void theLanguageIsKnownByTheEnding() {
    assertThat(CodeLanguage.of("src/App.TSX")).isEqualTo(CodeLanguage.TSX);
    assertThatIllegalArgumentException().isThrownBy(() -> CodeLanguage.of("a.rb"));
  }

  private static CodeEdit edit(int start, int end, String replacement) {
    return new CodeEdit(new CodeRange(start, end), replacement);
  }
}
