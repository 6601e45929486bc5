package io.github.wasmspring.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wasmspring.code.CodeException.Reason;
import io.github.wasmspring.code.CodeFormatSettings.LineEnding;
import io.github.wasmspring.code.CodeFormatSettings.Quotes;
import io.github.wasmspring.code.CodeFormatSettings.Semicolons;
import io.github.wasmspring.code.CodeFormatSettings.TrailingCommas;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeFormatterTest {

  private static final WasmRuntime RUNTIME = WasmRuntime.withInstalledModules();

  private final CodeFormatter formatter = CodeFormatter.of(RUNTIME.manager());

  @AfterAll
  static void close() {
    RUNTIME.close();
  }

  private static String formatted(
      Consumer<CodeFormatSettings.Builder> change, String text, CodeLanguage language) {
    return CodeFormatter.of(RUNTIME.manager(), CodeFormatSettings.DEFAULTS.with(change))
        .format(text, language);
  }

  private CodeException refusal(String text, CodeLanguage language) {
    return refusal(this.formatter, text, language);
  }

  private static CodeException refusal(
      CodeFormatter formatter, String text, CodeLanguage language) {
    return catchThrowableOfType(CodeException.class, () -> formatter.format(text, language));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "JAVASCRIPT | const x={a:1,b:'c'}    | const x = { a: 1, b: \"c\" };",
        "JSX        | let a=<p  class='b'/>  | let a = <p class=\"b\" />;",
        "TYPESCRIPT | let x:number=1         | let x: number = 1;",
        "TSX        | let a:A=<A<B>  c={1}/> | let a: A = <A<B> c={1} />;",
        "JSON       | {\"a\":[1,2]}          | { \"a\": [1, 2] }",
        "MARKDOWN   | #   A                  | # A",
      })
  void everyLanguageIsFormatted(CodeLanguage language, String text, String expected) {
    String formatted = this.formatter.format(text, language);
    assertThat(formatted).isEqualTo(expected + "\n");
    assertThat(this.formatter.format(formatted, language)).isEqualTo(formatted);
    assertThat(this.formatter.isFormatted(formatted, language)).isTrue();
    assertThat(this.formatter.isFormatted(text, language)).isFalse();
  }

  @Test
  void codeInMarkdownIsFormattedToo() {
    assertThat(
            this.formatter.format(
                """
                *  a

                ```ts
                let   x='a'
                ```

                ```json
                {"a":1}
                ```

                ```rust
                fn   main() {}
                ```

                ```js
                let   =
                ```

                ````md
                #   B

                ```js
                let   y
                ```
                ````
                """,
                CodeLanguage.MARKDOWN))
        .isEqualTo(
            """
            - a

            ```ts
            let x = "a";
            ```

            ```json
            { "a": 1 }
            ```

            ```rust
            fn   main() {}
            ```

            ```js
            let   =
            ```

            ````md
            # B

            ```js
            let y;
            ```
            ````
            """);
  }

  @Test
  void codeInMarkdownWithErrorsCanBeAnError() {
    CodeFormatter strict =
        CodeFormatter.of(
            RUNTIME.manager(),
            CodeFormatSettings.DEFAULTS.with(
                settings -> settings.dprint("markdown", "codeBlock.raiseSyntaxErrors", true)));
    CodeException refusal = refusal(strict, "# A\n\n```js\nlet   =\n```\n", CodeLanguage.MARKDOWN);
    assertThat(refusal.reason()).isEqualTo(Reason.SYNTAX);
    assertThat(refusal)
        .hasMessageContaining("MARKDOWN")
        .hasMessageContaining("Expression expected");
    assertThat(refusal.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.line()).isEqualTo(3));
  }

  @Test
  void settingsSayHowItLooks() {
    String text = "function f(a, b) { return ['x', 'it\\'s'] }";
    assertThat(
            formatted(
                settings ->
                    settings
                        .tabs(true)
                        .quotes(Quotes.PREFER_SINGLE)
                        .semicolons(Semicolons.NEEDED)
                        .lineEnding(LineEnding.CRLF),
                text,
                CodeLanguage.JAVASCRIPT))
        .isEqualTo("function f(a, b) {\r\n\treturn ['x', \"it's\"]\r\n}\r\n");
    assertThat(
            formatted(
                settings -> settings.indentWidth(4).quotes(Quotes.SINGLE),
                text,
                CodeLanguage.JAVASCRIPT))
        .isEqualTo("function f(a, b) {\n    return ['x', 'it\\'s'];\n}\n");
  }

  @Test
  void longLinesAreBroken() {
    Consumer<CodeFormatSettings.Builder> narrow = settings -> settings.lineWidth(20);
    assertThat(formatted(narrow, "call(first, second, third)", CodeLanguage.JAVASCRIPT))
        .isEqualTo("call(\n  first,\n  second,\n  third,\n);\n");
    assertThat(
            formatted(
                narrow.andThen(settings -> settings.trailingCommas(TrailingCommas.NEVER)),
                "call(first, second, third)",
                CodeLanguage.JAVASCRIPT))
        .isEqualTo("call(\n  first,\n  second,\n  third\n);\n");
  }

  @Test
  void lineEndingsCanStay() {
    Consumer<CodeFormatSettings.Builder> keep = settings -> settings.lineEnding(LineEnding.KEEP);
    assertThat(formatted(keep, "a\r\nb\r\n", CodeLanguage.JAVASCRIPT)).isEqualTo("a;\r\nb;\r\n");
    assertThat(formatted(keep, "a\nb\n", CodeLanguage.JAVASCRIPT)).isEqualTo("a;\nb;\n");
  }

  @Test
  void optionsOfDprintGoThrough() {
    assertThat(
            formatted(
                settings -> settings.dprint("typescript", "arrowFunction.useParentheses", "force"),
                "let f = x => x",
                CodeLanguage.TYPESCRIPT))
        .isEqualTo("let f = (x) => x;\n");
  }

  @Test
  void optionsThatDprintDoesNotKnowAreRefused() {
    CodeFormatter wrong =
        CodeFormatter.of(
            RUNTIME.manager(),
            CodeFormatSettings.DEFAULTS.with(
                settings ->
                    settings
                        .dprint("typescript", "arrowFunction.useParens", "force")
                        .dprint("typescript", "lineWidth", "wide")));
    CodeException refusal = refusal(wrong, "x", CodeLanguage.TYPESCRIPT);
    assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED);
    assertThat(refusal)
        .hasMessageContaining("dprint-typescript")
        .hasMessageContaining("arrowFunction.useParens: Unknown property")
        .hasMessageContaining("lineWidth: invalid digit")
        .hasMessageContaining("https://dprint.dev/plugins/typescript/config/");
    assertThat(wrong.format("[ ]", CodeLanguage.JSON)).isEqualTo("[]\n");
  }

  @Test
  void whatCanNeverBeIsRefusedAtOnce() {
    CodeFormatSettings defaults = CodeFormatSettings.DEFAULTS;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> defaults.with(settings -> settings.indentWidth(0)))
        .withMessageContaining("1 to 32 columns");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> defaults.with(settings -> settings.lineWidth(1001)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> defaults.with(settings -> settings.maxLength(0)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> defaults.with(settings -> settings.dprint("css", "a", 1)))
        .withMessageContaining("not for css");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> defaults.with(settings -> settings.dprint("json", "a", new Object())))
        .withMessageContaining("json.a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TYPESCRIPT | let a = 1;#let x = ;       | 2 | 9  | Expression expected",
        "JAVASCRIPT | >>let a = '😀' + ;         | 1 | 18 | Expression expected",
        "JAVASCRIPT | let x: number = 1          | 1 | 6  | Expected a semicolon",
        "JSON       | {>\"😀\": }                | 1 | 9  | Unexpected close brace",
        "JSON       | [1,#2                      | 1 | 1  | Unterminated array",
      })
  void errorsOfSyntaxSayWhere(
      CodeLanguage language, String text, int line, int column, String message) {
    String code = text.replace('#', '\n').replace('>', '\t');
    CodeException refusal = refusal(code, language);
    assertThat(refusal.reason()).isEqualTo(Reason.SYNTAX);
    assertThat(refusal).hasMessageContaining(language.name()).hasMessageContaining(message);
    assertThat(refusal.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(line);
              assertThat(problem.column()).isEqualTo(column);
              assertThat(problem.message()).isEqualTo(message);
              assertThat(problem.range().start())
                  .isEqualTo(code.lastIndexOf('\n', problem.range().start() - 1) + column);
            });
  }

  @Test
  void aByteOrderMarkIsLeftOut() {
    assertThat(this.formatter.format("\uFEFFlet  a", CodeLanguage.JAVASCRIPT))
        .isEqualTo("let a;\n");
    assertThat(refusal("\uFEFFlet a = ;", CodeLanguage.JAVASCRIPT).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.range()).isEqualTo(new CodeRange(9, 10)));
  }

  @Test
  void editsMakeTheFormattedText() {
    String text = "const a='x'\n\n\n\nlet b = [1,\n2]\n";
    List<CodeEdit> edits = this.formatter.edits(text, CodeLanguage.TYPESCRIPT);
    assertThat(CodeEdit.apply(text, edits))
        .isEqualTo(this.formatter.format(text, CodeLanguage.TYPESCRIPT));
    assertThat(edits)
        .startsWith(
            new CodeEdit(new CodeRange(7, 7), " "), new CodeEdit(new CodeRange(8, 9), " \""));
    assertThat(this.formatter.edits("let a;\n", CodeLanguage.TYPESCRIPT)).isEmpty();
  }

  @Test
  void aPartIsFormattedAlone() {
    String text = "let  a='x'\nlet  b='y'\nlet  c='z'\n";
    List<CodeEdit> edits =
        this.formatter.edits(text, CodeLanguage.TYPESCRIPT, new CodeRange(13, 14));
    assertThat(CodeEdit.apply(text, edits)).isEqualTo("let  a='x'\nlet b = \"y\";\nlet  c='z'\n");
    assertThat(
            this.formatter.edits("let a;\nlet  b\n", CodeLanguage.TYPESCRIPT, new CodeRange(0, 7)))
        .isEmpty();
  }

  /** A brace without the one that closes it would be an error. */
  @Test
  void whatNeedsOtherChangesBringsThemAlong() {
    String text = "if (a)\n  b(\n    1);\n\n\n\nlet  c\n";
    List<CodeEdit> edits = this.formatter.edits(text, CodeLanguage.TYPESCRIPT, new CodeRange(0, 3));
    String changed = CodeEdit.apply(text, edits);
    assertThat(changed).startsWith("if (a) {\n").contains("}");
    assertThat(this.formatter.format(changed, CodeLanguage.TYPESCRIPT))
        .isEqualTo(this.formatter.format(text, CodeLanguage.TYPESCRIPT));
  }

  @Test
  void aPartOutsideOfTheTextIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> this.formatter.edits("let a", CodeLanguage.TYPESCRIPT, new CodeRange(3, 6)))
        .withMessageContaining("3 to 6");
  }
}
