package io.github.wasmspring.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.runtime.WasmRuntime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeOptimizerTest {

  private static WasmRuntime runtime;
  private static CodeOptimizer optimizer;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    optimizer = CodeOptimizer.of(runtime.manager());
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  private static String minified(String text) {
    return optimizer
        .minify(
            text,
            CodeLanguage.JAVASCRIPT,
            CodeMinifyOptions.DEFAULTS.withGoal(CodeParseOptions.Goal.SCRIPT))
        .code();
  }

  @Test
  void theExampleOfThePage() {
    String text =
        """
        // Adds up.
        export function total(prices: number[], debug = false): number {
          const DAY = 24 * 60 * 60;
          let unused = () => 1;
          let sum: number = 0;
          for (const price of prices) {
            if (false) { console.log(price); }
            sum += price;
          }
          return sum * DAY;
        }
        """;
    assertThat(optimizer.minify(text, CodeLanguage.TYPESCRIPT).code())
        .isEqualTo(
            "export function total(n,r=!1){const t=86400;let e=0;for(const t of n){e+=t}return e*t}");
    assertThat(optimizer.stripTypes(text, CodeLanguage.TYPESCRIPT))
        .hasSameSizeAs(text)
        .contains("export function total(prices          , debug = false)         {");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a + + b; a - -b; a+ ++b           | a+ +b;a- -b;a+ ++b",
        "(a, b) ? (c = 1) : (d, e)         | (a,b)?c=1:(d,e)",
        "(a ?? b) && c                     | (a??b)&&c",
        "(-a) ** b; a ** -b                | (-a)**b;a**-b",
        "(function () {})(); ({}).a; (class {}) | (function(){}());({}.a);(class{})",
        "x = () => ({}); y = async (a) => { await a } | x=()=>({});y=async e=>{await e}",
        "new (a())(); new (a.b().c)(); new a.b(); new a | new(a())();new(a.b().c)();new a.b();new a()",
        "(a?.b).c; a?.b.c; a?.[b]?.(c)     | (a?.b).c;a?.b.c;a?.[b]?.(c)",
        "for (var i = (a in b); ;);        | for(var i=(a in b);;);",
        "if (a) { if (b) c(); } else d()   | if(a){if(b)c()}else d()",
        "if (a) b(); else if (c) d(); else e() | if(a)b();else if(c)d();else e()",
        "if (1 > 2) { a(); } else { b(); } | b()",
        "if (0) { var a = 1; }             | if(0){var a=1}",
        "x = 'a' + 'b' + c + 1 + 2         | x=\"ab\"+c+1+2",
        "x = !0 && y; z = 2 * 3 - 6 === 0 ? a : b | x=y;z=a",
        "(0, a.b)(); (true && a.b)()       | (0,a.b)();(!0&&a.b)()",
        "a['b']; a['b-c']; ({ 'd': 1, 'e-f': 2, 3: 4 }) | a.b;a[\"b-c\"];({d:1,\"e-f\":2,3:4})",
        "x = 1.50 + .0 + 0.5; 1..a; (1).b  | x=1.5+0+.5;(1).a;(1).b",
        "'use strict'; ('not')             | 'use strict';(\"not\")",
        "x = `a${ b }c`; tag`x`            | x=`a${b}c`;tag`x`",
        "x = /a/g / b; y = a / /b/         | x=/a/g/b;y=a/ /b/",
        "x = '</script>'                   | x=\"<\\/script>\"",
        "function f() { return a; b(); var c; function d() {} } | function f(){return a}",
        "label: for (;;) { continue label } | label:for(;;)continue label",
        "do a(); while (b) c()             | do a();while(b);c()",
        "x = { a, get b() { return 1 }, async *c() {}, [d]: e } | x={a,get b(){return 1},async*c(){},[d]:e}",
        "(function (a) { return { a } })   | (function(e){return{a:e}})",
        "x = class A extends (b, c) { static #d = 1; 'e'() {} static { f() } } | x=class e extends(b,c){static #d=1;\"e\"(){}static{f()}}",
        "var { a, b: [c = 1], ...d } = e   | var{a,b:[c=1],...d}=e",
        "a = b ? function () {} : class {} | a=b?function(){}:class{}",
        "x = a < !--b                      | x=a< !--b",
        "let async; async = 1; (let)[a] = 1 | let async;async=1;(let[a]=1)",
      })
  void isAsShortAsItCanBe(String text, String expected) {
    String code = minified(text);
    assertThat(code).isEqualTo(expected);
    // Nothing changes any more: what was written means what was read.
    assertThat(minified(code)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "(function (aa) { eval('aa'); })   | (function(aa){eval(\"aa\")})",
        "(function (aa) { with (b) { aa } }) | (function(aa){with(b)aa})",
        "(function (aa) { return function (bb) { return aa + bb + e } }) "
            + "| (function(t){return function(n){return t+n+e}})",
        "(function () { { function ff() {} } ff(); }) | (function(){{function ff(){}}ff()})",
        "(function () { try { a() } catch (ee) { var ee = 1; } }) "
            + "| (function(){try{a()}catch(ee){var ee=1}})",
        "(function (aa = bb) { var bb = aa; return bb }) | (function(e=bb){var t=e;return t})",
        "(function () { return arguments[0] }) | (function(){return arguments[0]})",
      })
  void namesThatOthersSeeStay(String text, String expected) {
    assertThat(minified(text)).isEqualTo(expected);
  }

  @Test
  void whatAModuleExportsKeepsItsName() {
    String text =
        "import { aa, bb as cc } from 'x'; const dd = 1; export { dd, cc as default };"
            + " export const ee = aa; function unused() { unused(); }";
    assertThat(optimizer.minify(text, CodeLanguage.JAVASCRIPT).code())
        .isEqualTo(
            "import{aa as t,bb as n}from\"x\";const e=1;export{e as dd,n as default};"
                + "export const ee=t");
    assertThat(
            optimizer
                .minify(
                    text, CodeLanguage.JAVASCRIPT, CodeMinifyOptions.DEFAULTS.withKeepNames(true))
                .code())
        .contains("const dd=1;export{dd,cc as default}");
  }

  @Test
  void aMapLeadsBack() {
    CodeOutput output =
        optimizer.minify("let long = 1;\nexport { long };", CodeLanguage.JAVASCRIPT);
    assertThat(output.code()).isEqualTo("let e=1;export{e as long}");
    assertThat(output.map("a.min.js", "a.js", "x"))
        .isEqualTo(
            "{\"version\":3,\"file\":\"a.min.js\",\"sources\":[\"a.js\"],"
                + "\"sourcesContent\":[\"x\"],\"names\":[\"long\"],"
                + "\"mappings\":\"IAAIA,WACKA\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "let a: string = b as any;         | let a         = b       ;",
        "function f<T>(this: X, a?: T): a is T {} | function f   (         a    )         {}",
        "interface A { b: string }         | ~                         ~",
        "import type { A } from 'a'; import { type B, C } from 'c'; "
            + "|                             import {         C } from 'c';",
        "class A<T> extends B<T> implements C { private readonly a!: number = 1; } "
            + "| class A    extends B                 {                  a          = 1; }",
        "let e: '😀é' = 1                  | let e        = 1",
        "a!.b!(c satisfies D)              | a .b (c            )",
      })
  void typesBecomeSpaces(String text, String expected) {
    String stripped = optimizer.stripTypes(text, CodeLanguage.TYPESCRIPT);
    assertThat(stripped.stripTrailing().strip()).isEqualTo(expected.strip());
    assertThat(stripped).hasSameSizeAs(text);
  }

  @Test
  void whereATypeEndedAStatementASemicolonDoes() {
    assertThat(optimizer.stripTypes("let a = b as any\n(c)", CodeLanguage.TYPESCRIPT))
        .isEqualTo("let a = b ;     \n(c)");
    assertThat(optimizer.stripTypes("class A { a: string\n[b] = 1 }", CodeLanguage.TYPESCRIPT))
        .isEqualTo("class A { a;       \n[b] = 1 }");
    assertThat(optimizer.stripTypes("f = (a): Promise<\nb> => a", CodeLanguage.TYPESCRIPT))
        .isEqualTo("f = (a           \n ) => a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "enum A { B }",
        "namespace A { let b }",
        "class A { constructor(private b: string) {} }",
        "import a = require('a')",
        "export = a",
        "let a = <any>b",
      })
  void whatWouldHaveToBeWrittenAnewIsRefused(String text) {
    assertThatThrownBy(() -> optimizer.stripTypes("\n  " + text, CodeLanguage.TYPESCRIPT))
        .isInstanceOfSatisfying(
            CodeException.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(CodeException.Reason.UNSUPPORTED);
              assertThat(failure.problems())
                  .singleElement()
                  .satisfies(problem -> assertThat(problem.line()).isEqualTo(2));
            })
        .hasMessageContaining("2:");
  }

  @Test
  void whatIsWrongIsRefused() {
    assertThatThrownBy(() -> minified("let a = ;"))
        .isInstanceOfSatisfying(
            CodeException.class,
            failure -> assertThat(failure.reason()).isEqualTo(CodeException.Reason.SYNTAX))
        .hasMessageContaining("1:9");
    assertThatThrownBy(() -> optimizer.minify("<a/>", CodeLanguage.JSX))
        .isInstanceOfSatisfying(
            CodeException.class,
            failure -> assertThat(failure.reason()).isEqualTo(CodeException.Reason.UNSUPPORTED))
        .hasMessageContaining("JSX");
  }

  @Test
  void depthIsNoProblem() {
    assertThat(minified("a" + " + a".repeat(50_000))).hasSize(100_001);
    assertThat(minified("a" + " .a".repeat(50_000))).hasSize(100_001);
    assertThat(minified("if (a) b();" + " else if (a) b();".repeat(5_000)))
        .startsWith("if(a)b();else if");
  }
}
