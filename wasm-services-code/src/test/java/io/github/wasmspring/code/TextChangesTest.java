package io.github.wasmspring.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextChangesTest {

  @Test
  void editsLeadFromOneTextToTheOther() {
    Random random = new Random(16);
    String alphabet = "ab c\n\t;{}😀é";
    for (int round = 0; round < 3000; round++) {
      String before = text(random, alphabet, random.nextInt(40));
      String after = random.nextBoolean() ? text(random, alphabet, 20) : changed(random, before);
      List<CodeEdit> edits = TextChanges.edits(before, after);
      assertThat(CodeEdit.apply(before, edits)).isEqualTo(after);
    }
  }

  @Test
  void textsThatHaveNothingInCommonAreChangedInProportion() {
    Random random = new Random(17);
    String before = text(random, "abcdef \n", 300_000);
    String after = text(random, "abcdef \n", 300_000);
    assertThat(CodeEdit.apply(before, TextChanges.edits(before, after))).isEqualTo(after);
  }

  @Test
  void noMoreIsChangedThanHasChanged() {
    String before = "call(one,two , three)\nnext()\n";
    String after = "call(one, two, three);\nnext();\n";
    List<CodeEdit> edits = TextChanges.edits(before, after);
    assertThat(CodeEdit.apply(before, edits)).isEqualTo(after);
    assertThat(edits)
        .containsExactly(
            new CodeEdit(new CodeRange(9, 9), " "),
            new CodeEdit(new CodeRange(12, 13), ""),
            new CodeEdit(new CodeRange(21, 21), ";"),
            new CodeEdit(new CodeRange(28, 28), ";"));
  }

  private static String text(Random random, String alphabet, int length) {
    int[] characters = alphabet.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    random
        .ints(length, 0, characters.length)
        .forEach(each -> text.appendCodePoint(characters[each]));
    return text.toString();
  }

  private static String changed(Random random, String text) {
    StringBuilder changed = new StringBuilder();
    text.codePoints()
        .forEach(
            each -> {
              switch (random.nextInt(8)) {
                case 0 -> {}
                case 1 -> changed.append(' ').appendCodePoint(each);
                default -> changed.appendCodePoint(each);
              }
            });
    return changed.toString();
  }
}
