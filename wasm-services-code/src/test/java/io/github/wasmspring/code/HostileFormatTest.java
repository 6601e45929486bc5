package io.github.wasmspring.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.code.CodeException.Reason;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no code ends in a clear error, and the next text is formatted as if nothing was. */
class HostileFormatTest {

  private static final long SEED = 16;

  private final WasmRuntime runtime = WasmRuntime.withInstalledModules();
  private final CodeFormatter formatter = CodeFormatter.of(this.runtime.manager());

  @AfterEach
  void nothingIsKept() {
    assertThat(this.formatter.format("let  a", CodeLanguage.JAVASCRIPT)).isEqualTo("let a;\n");
    this.runtime.manager().cleanUp();
    assertThat(this.runtime.usedMemory()).isZero();
    this.runtime.close();
  }

  private CodeException refusal(String text, CodeLanguage language) {
    return catchThrowableOfType(CodeException.class, () -> this.formatter.format(text, language));
  }

  @ParameterizedTest
  @EnumSource(CodeLanguage.class)
  void garbageIsFormattedOrRefused(CodeLanguage language) {
    Random random = new Random(SEED);
    String alphabet = "{}[]()<>/*+-=.,;:'\"`\\\n\r\t\0 #@!?&|^~%$aé😀\u2028\uFEFF0";
    int[] characters = alphabet.codePoints().toArray();
    for (int round = 0; round < 200; round++) {
      StringBuilder text = new StringBuilder();
      random
          .ints(random.nextInt(120), 0, characters.length)
          .forEach(each -> text.appendCodePoint(characters[each]));
      try {
        String formatted = this.formatter.format(text.toString(), language);
        List<CodeEdit> edits = this.formatter.edits(text.toString(), language);
        assertThat(CodeEdit.apply(text.toString(), edits)).isEqualTo(formatted);
      } catch (CodeException refusal) {
        assertThat(refusal.reason()).isIn(Reason.SYNTAX, Reason.LIMIT);
        assertThat(refusal.problems())
            .allSatisfy(problem -> assertThat(problem.range().end()).isBetween(0, text.length()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[%s]", "(%s)", "{%s}", "a(%s)", "`${%s}`", "()=>%s", "-%s", "a?b:%s"})
  void deepNestingIsALimit(String level) {
    String text = "%s";
    for (int each = 0; each < 3000; each++) {
      text = text.length() > 100_000 ? text : text.replace("%s", level);
    }
    CodeException refusal = refusal(text.replace("%s", ""), CodeLanguage.TYPESCRIPT);
    if (refusal != null) {
      assertThat(refusal.reason()).isIn(Reason.LIMIT, Reason.SYNTAX);
    }
  }

  @Test
  void aLimitSaysWhatToDo() {
    CodeException refusal = refusal("{".repeat(400) + "}".repeat(400), CodeLanguage.TYPESCRIPT);
    assertThat(refusal.reason()).isEqualTo(Reason.LIMIT);
    assertThat(refusal)
        .hasMessageContaining("dprint-typescript")
        .hasMessageContaining("nested")
        .hasCauseInstanceOf(WasmException.class);
  }

  /** The formatter gives up, or works on it for longer than it may. */
  @Test
  void deepJsonIsALimit() {
    CodeException refusal = refusal("[".repeat(60) + "]".repeat(60), CodeLanguage.JSON);
    assertThat(refusal.reason()).isEqualTo(Reason.LIMIT);
    assertThat(refusal).hasMessageContaining("dprint-json");
    assertThat(refusal("[".repeat(9000) + "]".repeat(9000), CodeLanguage.JSON).reason())
        .isEqualTo(Reason.SYNTAX);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 300})
  void markdownInMarkdownIsFormattedOrALimit(int levels) {
    StringBuilder text = new StringBuilder("#   A\n");
    for (int each = 0; each < levels; each++) {
      String fence = "`".repeat(3 + each);
      text = new StringBuilder(fence + "md\n" + text + fence + "\n");
    }
    try {
      String formatted = this.formatter.format(text.toString(), CodeLanguage.MARKDOWN);
      assertThat(formatted).contains("\n# A\n");
    } catch (CodeException refusal) {
      assertThat(levels).isGreaterThan(5);
      assertThat(refusal.reason()).isIn(Reason.LIMIT, Reason.SYNTAX);
    }
  }

  @Test
  void aTextThatIsTooLongIsRefusedAtOnce() {
    CodeException refusal = refusal("\"" + "a".repeat(4_000_000) + "\"", CodeLanguage.JSON);
    assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(refusal).hasMessageContaining("4000002").hasMessageContaining("4000000");
  }

  @Test
  void aLineOfFiveMegabytesIsFormattedOrALimit() {
    CodeFormatter large =
        CodeFormatter.of(
            this.runtime.manager(),
            CodeFormatSettings.DEFAULTS.with(settings -> settings.maxLength(6_000_000)));
    String text = "let a = '" + "b".repeat(5_000_000) + "'";
    String expected = "let a =\n  \"" + "b".repeat(5_000_000) + "\";\n";
    assertThat(large.format(text, CodeLanguage.JAVASCRIPT).equals(expected)).isTrue();
    String sum = "a=1" + "+b1".repeat(1_700_000);
    CodeException refusal =
        catchThrowableOfType(CodeException.class, () -> large.format(sum, CodeLanguage.JAVASCRIPT));
    assertThat(refusal.reason()).isEqualTo(Reason.LIMIT);
  }

  @Test
  void aZeroThatWouldCutTheProgramIsRefused() {
    CodeException refusal = refusal("let a='\0';\0\nlet b", CodeLanguage.JAVASCRIPT);
    assertThat(refusal.reason()).isEqualTo(Reason.SYNTAX);
    assertThat(refusal.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.range()).isEqualTo(new CodeRange(10, 11)));
    assertThat(this.formatter.format("let a='\0'", CodeLanguage.JAVASCRIPT))
        .isEqualTo("let a = \"\0\";\n");
  }

  @ParameterizedTest
  @EnumSource(CodeLanguage.class)
  void halfACharacterIsRefused(CodeLanguage language) {
    CodeException refusal = refusal("\"😀\"\n\"\uD83D\"", language);
    assertThat(refusal.reason()).isEqualTo(Reason.SYNTAX);
    assertThat(refusal.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.range()).isEqualTo(new CodeRange(6, 7));
              assertThat(problem.message()).contains("U+D83D");
            });
  }

  @Test
  void manyThreadsShareTheModules() throws Exception {
    String markdown = "#   A\n\n```ts\nlet   x=%d\n```\n\n````md\n#   B\n````\n";
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<String>> texts = new ArrayList<>();
      IntStream.range(0, 200)
          .forEach(
              each ->
                  texts.add(
                      threads.submit(
                          () ->
                              this.formatter.format(
                                  markdown.formatted(each), CodeLanguage.MARKDOWN))));
      for (int each = 0; each < texts.size(); each++) {
        assertThat(texts.get(each).get())
            .isEqualTo("# A\n\n```ts\nlet x = %d;\n```\n\n```md\n# B\n```\n".formatted(each));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whereModulesAreOffNothingFormats() {
    try (WasmRuntime off = WasmRuntime.builder().installedModules().enabled(false).build()) {
      CodeFormatter none = CodeFormatter.of(off.manager());
      assertThatThrownBy(() -> none.format("let a", CodeLanguage.JAVASCRIPT))
          .isInstanceOf(WasmException.class)
          .hasMessageContaining("dprint-typescript");
    }
  }
}
