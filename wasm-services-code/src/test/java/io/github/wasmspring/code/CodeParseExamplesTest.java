package io.github.wasmspring.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.runtime.WasmRuntime;
import org.junit.jupiter.api.Test;

/** What the documentation of the parser shows. */
class CodeParseExamplesTest {

  @Test
  void theExamplesOfThePage() {
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      CodeParser parser = CodeParser.of(runtime.manager());
      CodeTree tree = parser.parse("eval('1');\nlet n: number = 42;", CodeLanguage.TYPESCRIPT);
      for (CodeCursor call : tree.select("CallExpression[callee.name='eval']")) {
        System.out.println(tree.line(call.start()) + ": " + call.source()); // 1: eval('1')
      }
      CodeCursor found = tree.select("CallExpression[callee.name='eval']").get(0);
      assertThat(tree.line(found.start()) + ": " + found.source()).isEqualTo("1: eval('1')");

      CodeTree broken = parser.parse("let a = ;\nlet a = f(1, ;", CodeLanguage.JAVASCRIPT);
      broken.problems().forEach(System.out::println);
      // 1:9 error: ';' was not expected here [unexpected-token]
      // 2:5 error: 'a' is declared already [duplicate-declaration]
      // 2:14 error: ';' was not expected here [unexpected-token]
      assertThat(broken.problems())
          .extracting(CodeProblem::toString)
          .containsExactly(
              "1:9 error: ';' was not expected here [unexpected-token]",
              "2:5 error: 'a' is declared already [duplicate-declaration]",
              "2:14 error: ';' was not expected here [unexpected-token]");

      CodeCursor cursor = tree.cursor();
      cursor.toItem("body", 1); // let n: number = 42;
      cursor.text("kind"); // let
      cursor.toItem("declarations", 0);
      cursor.toField("id");
      cursor.text("name"); // n
      cursor.toField("typeAnnotation"); // : number
      cursor.toParent();
      assertThat(cursor.text("name")).isEqualTo("n");
      assertThat(cursor.depth()).isEqualTo(3);
    }
  }
}
