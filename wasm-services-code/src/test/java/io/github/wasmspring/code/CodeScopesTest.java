package io.github.wasmspring.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.code.CodeScopes.Binding;
import io.github.wasmspring.code.CodeScopes.BindingKind;
import io.github.wasmspring.code.CodeScopes.Reference;
import io.github.wasmspring.code.CodeScopes.ScopeKind;
import io.github.wasmspring.runtime.WasmRuntime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CodeScopesTest {

  private static WasmRuntime runtime;
  private static CodeAnalyzer analyzer;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    analyzer = CodeAnalyzer.of(runtime.manager());
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  private static CodeScopes scopes(String text) {
    return analyzer.scopes(text, CodeLanguage.JAVASCRIPT);
  }

  @Test
  void theExampleOfThePage() {
    String text = "let a = 1;\nfunction f(a) { return a + b; }\nf(a);";
    CodeScopes scopes = scopes(text);
    assertThat(scopes.globals()).containsExactly("b");
    Binding outer = scopes.at(text.indexOf("a);")).orElseThrow();
    assertThat(outer.kind()).isEqualTo(BindingKind.LET);
    assertThat(scopes.references(outer)).extracting(Reference::writes).containsExactly(true, false);
    assertThat(CodeEdit.apply(text, scopes.rename(outer, "first")))
        .isEqualTo("let first = 1;\nfunction f(a) { return a + b; }\nf(first);");
  }

  @Test
  void varReachesTheFunctionAndLetTheBlock() {
    CodeScopes scopes = scopes("function f() { { var a; let b; } a; b; }");
    assertThat(scopes.globals()).containsExactly("b");
    Binding a = scopes.at("function f() { { var ".length()).orElseThrow();
    assertThat(a.scope().kind()).isEqualTo(ScopeKind.FUNCTION);
    assertThat(scopes.bindings(a.scope())).extracting(Binding::name).contains("arguments", "a");
  }

  @Test
  void parametersDoNotSeeTheBody() {
    CodeScopes scopes = scopes("let x = 1; function f(a = x) { let x = 2; return a + x; }");
    assertThat(scopes.references())
        .filteredOn(use -> use.name().equals("x") && use.reads())
        .extracting(use -> use.binding().scope().kind())
        .containsExactly(ScopeKind.MODULE, ScopeKind.FUNCTION);
  }

  @Test
  void whatIsNotThereYetIsTold() {
    CodeScopes scopes = scopes("f(a); let a = 1; f(a); function f() {} f(v); var v;");
    assertThat(scopes.references())
        .filteredOn(Reference::beforeDefinition)
        .extracting(use -> use.range().start())
        .containsExactly(2);
  }

  @Test
  void evalAndWithMakeScopesDynamic() {
    CodeScopes scopes =
        analyzer.scopes(
            "function f() { eval(a); } function g() { with (a) { b; } }",
            CodeLanguage.JAVASCRIPT,
            CodeParseOptions.Goal.SCRIPT);
    assertThat(scopes.scopes())
        .filteredOn(CodeScopes.Scope::dynamic)
        .extracting(CodeScopes.Scope::kind)
        .containsExactlyInAnyOrder(ScopeKind.GLOBAL, ScopeKind.FUNCTION, ScopeKind.WITH);
  }

  @Test
  void typesAndValuesAreApart() {
    String text =
        "type A = number; const A = 1; let b: A = A; type C<T> = T extends infer U ? U : A;";
    CodeScopes scopes = analyzer.scopes(text, CodeLanguage.TYPESCRIPT);
    assertThat(scopes.globals()).isEmpty();
    assertThat(scopes.references())
        .filteredOn(use -> use.name().equals("A"))
        .extracting(Reference::type)
        .containsExactly(false, true, false, true);
  }

  @Test
  void placesCountInCharsOfTheText() {
    String text = "/* 😀é */ let ü = '😀'; ü;";
    CodeScopes scopes = scopes(text);
    assertThat(scopes.references())
        .extracting(use -> use.range().of(text))
        .containsExactly("ü", "ü");
  }
}
