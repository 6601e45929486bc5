package io.github.wasmspring.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.runtime.WasmRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeParserTest {

  private static WasmRuntime runtime;
  private static CodeParser parser;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    parser = CodeParser.of(runtime.manager());
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  private static CodeTree script(String text) {
    return parser.parse(
        text,
        CodeLanguage.JAVASCRIPT,
        CodeParseOptions.DEFAULTS.withGoal(CodeParseOptions.Goal.SCRIPT));
  }

  private static List<String> codes(CodeTree tree) {
    return tree.problems().stream().map(CodeProblem::code).toList();
  }

  @Test
  void theExampleOfThePage() {
    CodeTree tree =
        parser.parse("eval('1');\nlet answer: number = 42;", CodeLanguage.TYPESCRIPT).valid();
    CodeCursor call = tree.select("CallExpression[callee.name='eval']").get(0);
    assertThat(call.source()).isEqualTo("eval('1')");
    assertThat(tree.line(call.start())).isEqualTo(1);
    CodeCursor name = tree.select("VariableDeclarator > Identifier.id").get(0);
    assertThat(name.text("name")).isEqualTo("answer");
    assertThat(name.toField("typeAnnotation")).isTrue();
    assertThat(name.source()).isEqualTo(": number");
  }

  @Test
  void allThatIsWrongIsToldAndThereIsATree() {
    CodeTree tree = script("let a = ;\nfoo(1, ;\nlet a;\nreturn 1\n}\nbar();");
    assertThat(tree.problems().stream().map(CodeProblem::toString))
        .containsExactly(
            "1:9 error: ';' was not expected here [unexpected-token]",
            "2:8 error: ';' was not expected here [unexpected-token]",
            "3:5 error: 'a' is declared already [duplicate-declaration]",
            "4:1 error: 'return' can only stand in a function [return-outside-function]",
            "5:1 error: '}' was not expected here [unexpected-token]");
    assertThat(tree.select("CallExpression")).hasSize(2);
    assertThat(tree.select("ErrorNode")).extracting(CodeCursor::source).contains("", "}");
    assertThatThrownBy(tree::valid)
        .isInstanceOfSatisfying(
            CodeException.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(CodeException.Reason.SYNTAX);
              assertThat(failure.problems()).hasSize(5);
            })
        .hasMessageContaining("5 problems")
        .hasMessageContaining("1:9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "break;                               | break-outside-loop",
        "continue;                            | continue-outside-loop",
        "a: { continue a; }                   | continue-label",
        "break b;                             | undefined-label",
        "a: a: ;                              | duplicate-label",
        "'use strict'; with (a) b;            | with-in-strict",
        "'use strict'; delete a;              | delete-name",
        "'use strict'; 010;                   | octal-in-strict",
        "'use strict'; eval = 1;              | strict-binding",
        "function f(a) { 'use strict'; let a } | duplicate-declaration",
        "function f(a, [a]) {}                | duplicate-parameter",
        "function f(a = 1) { 'use strict' }   | use-strict-parameters",
        "class A { constructor() { super() } } | super-call",
        "super.a;                             | super-property",
        "new.target;                          | new-target",
        "class A { #a; #a }                   | duplicate-private-name",
        "class A { m() { this.#b } }          | undeclared-private-name",
        "class A { constructor() {} constructor() {} } | duplicate-constructor",
        "({ __proto__: 1, __proto__: 2 });    | duplicate-proto",
        "({ a = 1 });                         | shorthand-initializer",
        "1 = 2;                               | invalid-target",
        "a?.b = 1;                            | optional-chain-target",
        "([a]) = 1;                           | parenthesized-pattern",
        "[...a, b] = c;                       | rest-not-last",
        "a ?? b && c;                         | mixed-nullish",
        "-a ** b;                             | unary-power",
        "const a;                             | missing-initializer",
        "let let = 1;                         | let-binding",
        "let a; var a;                        | duplicate-declaration",
        "/(/;                                 | invalid-regexp",
        "/a/gg;                               | invalid-regexp-flags",
        "/[b-a]/;                             | invalid-regexp",
        "`${a;                                | expected-token",
        "'abc                                 | unterminated-string",
        "1_000_;                              | invalid-separator",
        "3in [];                              | name-after-number",
        "import.meta;                         | import-meta",
        "import a from 'a';                   | module-only",
        "await b;                             | await-outside-async",
        "for (let a, b of c);                 | one-declaration",
        "if (a) let b;                        | declaration-as-body",
        "if (a) const b = 1;                  | declaration-as-body",
        "try {}                               | try-alone",
        "switch (a) { default: default: }     | duplicate-default",
        "({ get a(b) {} });                   | getter-parameters",
      })
  void eachMistakeHasItsCode(String text, String code) {
    assertThat(codes(script(text))).contains(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "export { a };                        | undefined-export",
        "export let a; export { a };          | duplicate-export",
        "export default 1; export default 2;  | duplicate-export",
        "{ import a from 'a' }                | top-level-only",
        "let await;                           | reserved-word",
        "import a from 'a' with { b: 'c', b: 'd' } | duplicate-attribute",
      })
  void modulesHaveMistakesOfTheirOwn(String text, String code) {
    assertThat(codes(parser.parse(text, CodeLanguage.JAVASCRIPT))).contains(code);
  }

  @Test
  void placesCountInCharsOfTheText() {
    CodeTree tree = script("/* é😀 */ 'ü😀' + \"\\ud83d\\ude00\\ud800\"; // 😀\r\nnext");
    CodeCursor string = tree.select("Literal").get(0);
    assertThat(string.source()).isEqualTo("'ü😀'");
    assertThat(string.text("value")).isEqualTo("ü😀");
    assertThat(tree.select("Literal").get(1).text("value")).isEqualTo("😀\ud800");
    assertThat(tree.comments())
        .extracting(comment -> comment.range().of(tree.text()))
        .containsExactly("/* é😀 */", "// 😀");
    CodeCursor next = tree.select("Identifier").get(0);
    assertThat(tree.line(next.start())).isEqualTo(2);
    assertThat(tree.column(next.start())).isEqualTo(1);
    assertThat(tree.lines()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "[",
        "{a:",
        "{",
        "a?b:",
        "f(",
        "!",
        "`${",
        "class A{x=",
        "()=>",
        "a=>",
        "async(",
        "if(a)",
        "if(a);else{",
        "for(;;)",
        "a:",
        "new ",
        "a**",
        "function f(){",
        "({a:",
        "[a=",
        "switch(a){case ",
        "try{",
        "while(a)",
        "do ",
        "-",
        "x=",
        "(a,",
        "/*",
        "\"",
        "<a>",
        "<a b={",
        "yield ",
        "@",
        "let{a:",
        "let[",
        "label:{",
        "a?.[",
        "class extends "
      })
  void nestingHasALimitAndNoStackOverflows(String piece) throws InterruptedException {
    String text = piece.repeat(20_000);
    List<CodeTree> trees = new ArrayList<>();
    // As small a stack as the threads of a server have, where the interpreter runs the first call.
    Thread thread =
        new Thread(
            null,
            () -> {
              for (CodeLanguage language :
                  List.of(CodeLanguage.JAVASCRIPT, CodeLanguage.JSX, CodeLanguage.TYPESCRIPT)) {
                trees.add(parser.parse(text, language));
              }
            },
            "small",
            1 << 20);
    thread.start();
    thread.join();
    assertThat(trees).hasSize(3);
    assertThat(trees).allSatisfy(tree -> assertThat(tree.isValid()).isFalse());
  }

  @Test
  void whatIsLongButNotDeepHasNoLimit() {
    AtomicInteger sums = new AtomicInteger();
    script("a" + "+a".repeat(50_000))
        .valid()
        .select(CodeQuery.of("BinaryExpression"), node -> sums.incrementAndGet());
    assertThat(sums).hasValue(50_000);
    assertThat(script("if (a) b;" + " else if (a) b;".repeat(20_000)).isValid()).isTrue();
    assertThat(script("a" + ".b()".repeat(20_000)).isValid()).isTrue();
  }

  @Test
  void otherLanguagesHaveNoTree() {
    assertThatThrownBy(() -> parser.parse("{}", CodeLanguage.JSON))
        .isInstanceOf(CodeException.class)
        .hasMessage("JSON has no tree here; give JAVASCRIPT, JSX, TYPESCRIPT or TSX");
  }

  @Test
  void longTextsAreRefused() {
    assertThatThrownBy(
            () -> parser.parse(" ".repeat(CodeParser.MOST_CHARS + 1), CodeLanguage.JAVASCRIPT))
        .isInstanceOfSatisfying(
            CodeException.class,
            failure -> assertThat(failure.reason()).isEqualTo(CodeException.Reason.TOO_LARGE))
        .hasMessageContaining("16,777,217 chars");
  }

  @Test
  void jsonHasWhatIsAskedFor() {
    String json =
        parser.estree(
            "a // b",
            CodeLanguage.JAVASCRIPT,
            CodeParseOptions.DEFAULTS.withLocations(true).withComments(true));
    assertThat(json)
        .startsWith(
            "{\"type\":\"Program\",\"start\":0,\"end\":6,"
                + "\"loc\":{\"start\":{\"line\":1,\"column\":0},\"end\":{\"line\":1,\"column\":6}},")
        .contains("\"comments\":[{\"type\":\"Line\",\"value\":\" b\",\"start\":2,\"end\":6")
        .endsWith("\"problems\":[]}");
  }

  @Test
  void aCursorSaysWhereItStands() {
    CodeCursor cursor = script("f(a, b => b.c)").cursor();
    assertThat(cursor.toParent()).isFalse();
    assertThat(cursor.toItem("body", 0)).isTrue();
    assertThat(cursor.toField("expression")).isTrue();
    assertThat(cursor.count("arguments")).isEqualTo(2);
    assertThat(cursor.toItem("arguments", 1)).isTrue();
    assertThat(cursor.parentField()).isEqualTo("arguments");
    assertThat(cursor.index()).isEqualTo(1);
    assertThat(cursor.type()).isEqualTo("ArrowFunctionExpression");
    assertThat(cursor.flag("expression")).isTrue();
    assertThat(cursor.flag("async")).isFalse();
    assertThat(cursor.has("id")).isFalse();
    assertThat(cursor.toItem("params", 7)).isFalse();
    assertThat(cursor.toField("nothing")).isFalse();
    assertThat(cursor.depth()).isEqualTo(3);
  }

  @Test
  void manyThreadsShareAParser() {
    List<Integer> sizes =
        java.util.stream.IntStream.range(0, 64)
            .parallel()
            .mapToObj(each -> script("x;".repeat(each)).select("Identifier").size())
            .toList();
    assertThat(sizes).isEqualTo(java.util.stream.IntStream.range(0, 64).boxed().toList());
  }
}
