package io.github.wasmspring.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.code.CodeFormatSettings.Quotes;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the documentation shows. */
class CodeFormatExamplesTest {

  @Test
  void theExamplesOfThePage() {
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      CodeFormatter formatter = CodeFormatter.of(runtime.manager());
      String text = formatter.format("const f=x=>({a:1})", CodeLanguage.TYPESCRIPT);
      // const f = x => ({ a: 1 });
      assertThat(text).isEqualTo("const f = x => ({ a: 1 });\n");

      CodeFormatter ours =
          CodeFormatter.of(
              runtime.manager(),
              CodeFormatSettings.DEFAULTS.with(
                  settings ->
                      settings
                          .indentWidth(4)
                          .quotes(Quotes.PREFER_SINGLE)
                          .dprint("typescript", "arrowFunction.useParentheses", "force")));
      assertThat(ours.format("const f=x=>'a'", CodeLanguage.TYPESCRIPT))
          .isEqualTo("const f = (x) => 'a';\n");

      String source = "let  a=1\nlet  b=2\n";
      List<CodeEdit> all = formatter.edits(source, CodeLanguage.JAVASCRIPT);
      List<CodeEdit> firstLine =
          formatter.edits(source, CodeLanguage.JAVASCRIPT, new CodeRange(0, 8));
      String changed = CodeEdit.apply(source, firstLine); // let a = 1;\nlet  b=2\n
      assertThat(changed).isEqualTo("let a = 1;\nlet  b=2\n");
      assertThat(CodeEdit.apply(source, all)).isEqualTo("let a = 1;\nlet b = 2;\n");

      String seen = "";
      try {
        formatter.format("let a = ;", CodeLanguage.JAVASCRIPT);
      } catch (CodeException refusal) {
        for (CodeProblem problem : refusal.problems()) {
          seen = problem.toString(); // 1:9 error: Expression expected [syntax]
        }
      }
      assertThat(seen).isEqualTo("1:9 error: Expression expected [syntax]");
    }
  }
}
