package io.github.wasmspring.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.code.CodeParseOptions.Goal;
import io.github.wasmspring.runtime.WasmRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trees are what acorn and typescript-estree make of the same files, and selectors what esquery.
 */
@Tag("once")
class CodeTreesTest {

  private static final List<String> JAVASCRIPT =
      List.of(
          "acorn",
          "esprima",
          "express",
          "jquery",
          "lodash",
          "moment",
          "react",
          "react-dom",
          "underscore",
          "vue");

  private static final List<String> TYPESCRIPT =
      List.of(
          "@reduxjs/toolkit",
          "@tanstack/query-core",
          "@tanstack/react-query",
          "ajv",
          "effect",
          "immer",
          "msw",
          "redux",
          "reselect",
          "rxjs",
          "zod");

  /** TypeScript gives a text to a template with an invalid escape; the specification gives none. */
  private static final String INVALID_ESCAPE = "powershell.ts";

  private static final Path SAMPLES = Path.of("src", "test", "resources", "code");

  private static WasmRuntime runtime;
  private static CodeParser parser;
  private static Path modules;

  @TempDir private Path folder;

  private final List<String> lines = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    modules = CodeJudges.modules();
    runtime = WasmRuntime.withInstalledModules();
    parser = CodeParser.of(runtime.manager());
  }

  @AfterAll
  static void stop() {
    if (runtime != null) {
      runtime.close();
    }
  }

  /** Writes our tree for the judge. */
  private void add(String judge, Path file, CodeLanguage language, Goal... goals)
      throws IOException {
    String text = Files.readString(file);
    Goal goal = goals[0];
    String json = "";
    for (Goal each : goals) {
      goal = each;
      json = parser.estree(text, language, CodeParseOptions.DEFAULTS.withGoal(each));
      if (json.endsWith("\"problems\":[]}")) {
        break;
      }
    }
    boolean valid = json.endsWith("\"problems\":[]}");
    Path tree = this.folder.resolve(this.lines.size() + ".json");
    Files.writeString(tree, json);
    String name = goal == Goal.COMMON_JS ? "commonjs" : goal == Goal.MODULE ? "module" : "script";
    this.lines.add(String.join("\t", judge, name, file.toString(), valid ? tree.toString() : "-"));
  }

  private long judged() throws IOException {
    Path list = Files.write(this.folder.resolve("list"), this.lines);
    List<String> said = CodeJudges.judge(modules, list);
    assertThat(said)
        .filteredOn(line -> line.startsWith("DIFFERENT"))
        .allMatch(line -> line.contains(INVALID_ESCAPE));
    String last = said.get(said.size() - 1);
    assertThat(last).startsWith("NODES ");
    return Long.parseLong(last.substring("NODES ".length()));
  }

  @Test
  void treesOfJavaScriptAreThoseOfAcorn() throws IOException {
    for (String name : JAVASCRIPT) {
      for (Path file : CodeJudges.files(modules, name, ".*\\.[cm]?js")) {
        add("acorn", file, CodeLanguage.JAVASCRIPT, Goal.COMMON_JS, Goal.MODULE);
      }
    }
    add("acorn", SAMPLES.resolve("sample.js"), CodeLanguage.JAVASCRIPT, Goal.MODULE);
    add("jsx", SAMPLES.resolve("sample.jsx"), CodeLanguage.JSX, Goal.MODULE);
    assertThat(this.lines).hasSizeGreaterThan(1_000);
    assertThat(judged()).isGreaterThan(1_000_000);
  }

  @Test
  void treesOfTypeScriptAreThoseOfTypescriptEstree() throws IOException {
    for (String name : TYPESCRIPT) {
      for (Path file : CodeJudges.files(modules, name, ".*\\.[cm]?tsx?")) {
        String path = file.toString();
        Goal goal = path.matches(".*\\.d\\.[cm]?ts") ? Goal.DECLARATIONS : Goal.MODULE;
        add("typescript", file, CodeLanguage.of(path), goal);
      }
    }
    add("typescript", SAMPLES.resolve("sample.ts"), CodeLanguage.TYPESCRIPT, Goal.MODULE);
    add("typescript", SAMPLES.resolve("sample.tsx"), CodeLanguage.TSX, Goal.MODULE);
    assertThat(this.lines).hasSizeGreaterThan(2_000);
    assertThat(judged()).isGreaterThan(1_000_000);
  }

  @Test
  void selectorsChooseWhatEsqueryChooses() throws IOException {
    Path file = modules.resolve("underscore/underscore-umd.js");
    CodeTree tree =
        parser.parse(
            Files.readString(file),
            CodeLanguage.JAVASCRIPT,
            CodeParseOptions.DEFAULTS.withGoal(Goal.SCRIPT));
    for (String selector :
        List.of(
            "FunctionDeclaration",
            "*",
            "CallExpression > Identifier.callee",
            "CallExpression[callee.name='cb']",
            "MemberExpression[computed=true][object.name=obj]",
            "FunctionDeclaration[params.length>2]",
            "VariableDeclarator[id.name=/^is[A-Z]/]",
            "IfStatement ReturnStatement",
            "VariableDeclaration + FunctionDeclaration",
            "VariableDeclaration ~ FunctionDeclaration",
            "BlockStatement > :first-child",
            "BlockStatement > :last-child",
            "Identifier:nth-child(2)",
            ":function:not(FunctionDeclaration)",
            ":statement:has(ThrowStatement)",
            ":is(ForStatement, WhileStatement) UpdateExpression",
            "BinaryExpression[operator!='===']",
            "AssignmentExpression .left.object",
            "ConditionalExpression:has(CallExpression):not(:has(MemberExpression))",
            ":declaration, :expression.test")) {
      Path found = this.folder.resolve(this.lines.size() + ".txt");
      Files.writeString(
          found,
          tree.select(selector).stream()
              .map(node -> "%s %d-%d".formatted(node.type(), node.start(), node.end()))
              .collect(Collectors.joining(",")));
      assertThat(Files.size(found)).as(selector).isGreaterThan(20);
      this.lines.add(String.join("\t", "selector", selector, file.toString(), found.toString()));
    }
    assertThat(judged()).isZero();
  }
}
