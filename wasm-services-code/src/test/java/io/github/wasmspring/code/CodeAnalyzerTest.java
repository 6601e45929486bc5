package io.github.wasmspring.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.runtime.WasmRuntime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CodeAnalyzerTest {

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

  private static List<String> codes(String text) {
    CodeAnalysisOptions script =
        CodeAnalysisOptions.DEFAULTS.withGoal(CodeParseOptions.Goal.SCRIPT);
    return analyzer.analyze(text, CodeLanguage.JAVASCRIPT, script).problems().stream()
        .map(CodeProblem::code)
        .toList();
  }

  private static CodeReport module(String text) {
    return analyzer.analyze(text, CodeLanguage.JAVASCRIPT);
  }

  @Test
  void theExampleOfThePage() {
    CodeReport report =
        module(
            """
            import { read, write } from './files.js';

            // Adds up.
            export function total(list) {
              let sum = 0;
              for (const each of list) {
                if (each.price == undefined) continue;
                sum += each.price;
              }
              return sum;
              read();
            }
            """);
    assertThat(report.lines()).isEqualTo(new CodeReport.Lines(12, 10, 1, 1));
    CodeReport.Function total = report.functions().get(0);
    assertThat(total.name()).isEqualTo("total");
    assertThat(total.cyclomatic()).isEqualTo(3);
    assertThat(total.cognitive()).isEqualTo(3);
    assertThat(total.depth()).isEqualTo(2);
    assertThat(report.problems())
        .extracting(CodeProblem::toString)
        .containsExactly(
            "1:16 warning: The import 'write' is never used [no-unused-imports]",
            "7:20 info: '==' converts its sides before it compares [eqeqeq]",
            "11:3 warning: This can't be reached [no-unreachable]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "function f() { let a = 1; } f();               | no-unused-vars",
        "let a = 1; a = a + 1;                           | no-unused-vars",
        "let a = 1; a++;                                 | no-unused-vars",
        "function f() { f(); }                           | no-unused-vars",
        "try { a(); } catch (e) { b(); }                 | no-unused-vars",
        "missing();                                      | no-undef",
        "const a = 1; a = 2;                             | no-const-assign",
        "function a() {} a = 2; a();                     | no-func-assign",
        "class A {} A = 2; new A();                      | no-class-assign",
        "try { x(); } catch (e) { e = 1; }               | no-ex-assign",
        "f(a); let a = 1;                                | no-use-before-define",
        "a: f();                                         | no-unused-labels",
        "function f() { return 1; f(); }                 | no-unreachable",
        "while (true) {} f();                            | no-unreachable",
        "switch (a) { case 1: f(); case 2: g(); }        | no-fallthrough",
        "function f() { try { g(); } finally { return 1; } } | no-unsafe-finally",
        "if (1) f();                                     | no-constant-condition",
        "if (a = b) f();                                 | no-cond-assign",
        "a.b = a.b;                                      | no-self-assign",
        "f(a === a);                                     | no-self-compare",
        "f(a === -0);                                    | no-compare-neg-zero",
        "f(a === NaN);                                   | use-isnan",
        "f(typeof a === 'strnig');                       | valid-typeof",
        "f(!a in b);                                     | no-unsafe-negation",
        "f(a == b);                                      | eqeqeq",
        "f(a == null);                                   | no-eq-null",
        "f([1, , 2]);                                    | no-sparse-arrays",
        "f({ a: 1, 'a': 2 });                            | no-dupe-keys",
        "f(class { a() {} a() {} });                     | no-dupe-class-members",
        "switch (a) { case b.c: break; case b.c: break; } | no-duplicate-case",
        "if (a) {}                                       | no-empty",
        "const {} = a;                                   | no-empty-pattern",
        "debugger;                                       | no-debugger",
        "try { f(); } catch (e) { throw e; }             | no-useless-catch",
        "new Promise(async () => { await f(); });        | no-async-promise-executor",
      })
  void findsWhatIsSuspicious(String text, String code) {
    assertThat(codes(text)).contains(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "let a = 1; f(a);                                | no-unused-vars",
        "function f(a, b) { return b; } f();             | no-unused-vars",
        "for (const k in o) { return_(k); }              | no-unused-vars",
        "typeof missing;                                 | no-undef",
        "Math.max(1, [].length);                         | no-undef",
        "f(() => a); let a = 1;                          | no-use-before-define",
        "a: for (;;) { break a; }                        | no-unused-labels",
        "while (true) { if (a) break; } f();             | no-unreachable",
        "function f() { return g(); function g() {} }    | no-unreachable",
        "switch (a) { case 1: f(); break; case 2: g(); } | no-fallthrough",
        "switch (a) { case 1: f(); /* falls through */ case 2: g(); } | no-fallthrough",
        "while (true) { f(); }                           | no-constant-condition",
        "if ((a = b)) f();                               | no-cond-assign",
        "f({ get a() { return 1; }, set a(b) { f(b); } }); | no-dupe-keys",
        "f({ __proto__: 1, ['__proto__']: 2 });          | no-dupe-keys",
        "f(class { a() {} static a() {} });              | no-dupe-class-members",
        "if (a) { /* nothing */ }                        | no-empty",
      })
  void leavesAloneWhatIsFine(String text, String code) {
    assertThat(codes(text)).doesNotContain(code);
  }

  @Test
  void fixesMendWhatTheyAreFor() {
    String text =
        "import { a, b } from 'x';\nimport c from 'y';\nb(q === NaN, !k in b);\ndebugger;\nl: b();\n";
    CodeReport report = module(text);
    List<CodeEdit> edits =
        report.problems().stream().flatMap(problem -> problem.fixes().stream()).toList();
    String mended = CodeEdit.apply(text, edits);
    assertThat(mended)
        .isEqualTo("import { b } from 'x';\nimport 'y';\nb(Number.isNaN(q), !(k in b));\n\nb();\n");
    assertThat(module(mended).problems()).extracting(CodeProblem::code).containsOnly("no-undef");
  }

  @Test
  void optionsSayWhatIsKnownAndWhatIsAProblem() {
    String text = "export const f = (a) => { if (a) { if (document.x) { process.exit(a); } } };";
    assertThat(module(text).problems())
        .extracting(CodeProblem::code)
        .containsExactly("no-undef", "no-undef");
    CodeAnalysisOptions options =
        CodeAnalysisOptions.DEFAULTS
            .withGlobals(CodeGlobals.NODE)
            .withGlobals(Set.of("document"))
            .withLimits(2, 2, 1);
    assertThat(analyzer.analyze(text, CodeLanguage.JAVASCRIPT, options).problems())
        .extracting(CodeProblem::toString)
        .containsExactly(
            "1:18 warning: 'f' has a cyclomatic complexity of 3; 2 is the most [complexity]",
            "1:18 warning: 'f' has a cognitive complexity of 3; 2 is the most"
                + " [cognitive-complexity]",
            "1:18 warning: 'f' has a depth of nested statements of 2; 1 is the most [max-depth]");
    assertThat(
            analyzer
                .analyze(
                    text,
                    CodeLanguage.JAVASCRIPT,
                    options.without("complexity", "cognitive-complexity", "max-depth"))
                .problems())
        .isEmpty();
  }

  @Test
  void typesCountAsUsesOfWhatTheyName() {
    CodeReport report =
        analyzer.analyze(
            """
            import type { A } from './a';
            import { B, C } from './b';
            enum D { X, Y }
            interface E { f: A; g: typeof D }
            export class F<T extends B> implements E { f!: A; g = D; constructor(private h: T) {} }
            declare const global1: string;
            """,
            CodeLanguage.TYPESCRIPT);
    assertThat(report.problems())
        .extracting(CodeProblem::toString)
        .containsExactly("2:13 warning: The import 'C' is never used [no-unused-imports]");
    assertThat(report.imports())
        .extracting(CodeReport.Import::kind)
        .containsExactly(CodeReport.ImportKind.TYPE, CodeReport.ImportKind.IMPORT);
  }

  @Test
  void aFileThatIsWrongHasAReport() {
    CodeReport report = module("let a = ;\nfunction f( { return a");
    assertThat(report.problems())
        .extracting(CodeProblem::severity)
        .contains(CodeProblem.Severity.ERROR);
    assertThat(report.lines().total()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\0",
        "\ufeff",
        "/*",
        "`${`${",
        "((((((",
        "😀 = '😀'",
        "<a",
        "@@@",
        "#a in",
        "\ud800"
      })
  void anyTextHasAReportAndScopes(String text) {
    for (CodeLanguage language :
        List.of(
            CodeLanguage.JAVASCRIPT, CodeLanguage.JSX, CodeLanguage.TYPESCRIPT, CodeLanguage.TSX)) {
      assertThat(analyzer.analyze(text, language).lines()).isNotNull();
      assertThat(analyzer.scopes(text, language).scopes()).isNotEmpty();
    }
  }

  @Test
  void depthIsNoProblem() {
    for (String text :
        List.of(
            "let a = b" + "+a".repeat(100_000),
            "a" + ".a".repeat(100_000),
            "let a = b" + "&&a".repeat(50_000),
            "let a, b; if (a) b();" + " else if (a) b();".repeat(10_000),
            "[".repeat(100_000),
            "x => ".repeat(10_000))) {
      assertThat(module(text).lines().total()).isEqualTo(1);
      assertThat(analyzer.scopes(text, CodeLanguage.JAVASCRIPT).references()).isNotNull();
    }
  }

  @Test
  void whatHasNoTreeIsRefused() {
    assertThatThrownBy(() -> analyzer.analyze("{}", CodeLanguage.JSON))
        .isInstanceOfSatisfying(
            CodeException.class,
            failure -> assertThat(failure.reason()).isEqualTo(CodeException.Reason.UNSUPPORTED))
        .hasMessageContaining("JSON has no tree");
  }

  @Test
  void filesDependOnEachOther() {
    Map<String, String> files = new TreeMap<>();
    files.put("src/a.ts", "import { b } from './b.js'; import x from 'lodash'; import './gone';");
    files.put("src/b.ts", "export * from './c'; import type { A } from './a';");
    files.put("src/c/index.ts", "import b from '../b'; const d = () => import('../d');");
    files.put("src/d.js", "require('./a');");
    CodeImports imports = analyzer.imports(files);
    assertThat(imports.edges())
        .extracting(edge -> edge.from() + " " + edge.to())
        .containsExactly(
            "src/a.ts src/b.ts",
            "src/b.ts src/c/index.ts",
            "src/b.ts src/a.ts",
            "src/c/index.ts src/b.ts",
            "src/c/index.ts src/d.js",
            "src/d.js src/a.ts");
    assertThat(imports.cycles()).containsExactly(List.of("src/b.ts", "src/c/index.ts"));
    assertThat(imports.outside())
        .extracting(each -> each.by().source() + " " + each.isMissing())
        .containsExactly("lodash false", "./gone true");
  }

  @Test
  void sarifHasProblemsWithPlacesAndFixes() {
    CodeReport report = module("/* 😀 */ debugger;\nlet a = ;");
    JsonNode root = JsonMapper.shared().readTree(CodeSarif.of(Map.of("src/ä b.js", report)));
    assertThat(root.get("version").asString()).isEqualTo("2.1.0");
    JsonNode run = root.get("runs").get(0);
    assertThat(run.get("columnKind").asString()).isEqualTo("utf16CodeUnits");
    assertThat(run.get("tool").get("driver").get("rules"))
        .extracting(rule -> rule.get("id").asString())
        .containsExactly("no-debugger", "no-unused-vars", "unexpected-token");
    JsonNode stop = run.get("results").get(0);
    assertThat(stop.get("level").asString()).isEqualTo("warning");
    JsonNode place = stop.get("locations").get(0).get("physicalLocation");
    assertThat(place.get("artifactLocation").get("uri").asString()).isEqualTo("src/%C3%A4%20b.js");
    assertThat(place.get("region").toString())
        .isEqualTo("{\"startLine\":1,\"startColumn\":10,\"charOffset\":9,\"charLength\":9}");
    assertThat(
            stop.at("/fixes/0/artifactChanges/0/replacements/0/deletedRegion/charLength").asInt())
        .isEqualTo(9);
    assertThat(run.get("results").get(2).get("level").asString()).isEqualTo("error");
  }
}
