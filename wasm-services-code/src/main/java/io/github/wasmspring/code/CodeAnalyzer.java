package io.github.wasmspring.code;

import io.github.wasmspring.client.WasmModuleManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Says of JavaScript and TypeScript how large and how hard it is, what is suspicious in it, what
 * its names refer to, and how its files depend on each other. For many threads.
 *
 * <p>Where there is no instance of the module to be had, or a text ends one of its limits, a {@link
 * io.github.wasmspring.WasmException} says so.
 */
public final class CodeAnalyzer {

  private final CodeAnalysisOperations module;

  private CodeAnalyzer(CodeAnalysisOperations module) {
    this.module = module;
  }

  /**
   * @param manager to whose modules the one of {@link CodeModule} belongs
   */
  public static CodeAnalyzer of(WasmModuleManager manager) {
    Objects.requireNonNull(manager, "There is no manager");
    return new CodeAnalyzer(manager.bind(CodeAnalysisOperations.class));
  }

  /** The scopes of a module. */
  public CodeScopes scopes(String text, CodeLanguage language) {
    return scopes(text, language, CodeParseOptions.Goal.MODULE);
  }

  /**
   * Scopes, bindings and references. A text with errors of syntax has those of what could be read.
   *
   * @throws CodeException if the language has no tree, or the text is too long
   */
  public CodeScopes scopes(String text, CodeLanguage language, CodeParseOptions.Goal goal) {
    return CodeAnswers.scopes(
        this.module.scopes(CodeParser.bytes(text), bits(language, goal)), text);
  }

  /** A report of a module that may run anywhere. */
  public CodeReport analyze(String text, CodeLanguage language) {
    return analyze(text, language, CodeAnalysisOptions.DEFAULTS);
  }

  /**
   * Measures a text and looks for what is suspicious. Errors of syntax are among the problems.
   *
   * @throws CodeException if the language has no tree, or the text is too long
   */
  public CodeReport analyze(String text, CodeLanguage language, CodeAnalysisOptions options) {
    JsonNode answer =
        CodeAnswers.read(
            this.module.analyse(CodeParser.bytes(text), bits(language, options.goal())));
    List<CodeReport.Function> functions = new ArrayList<>();
    answer.get("functions").forEach(each -> functions.add(function(each)));
    CodeReport.Function file = functions.remove(0);
    functions.sort(Comparator.comparingInt(each -> each.range().start()));
    List<CodeProblem> problems = CodeAnswers.problems(answer.get("problems"));
    for (JsonNode each : answer.get("findings")) {
      if (isReported(each, options)) {
        problems.add(CodeAnswers.finding(each));
      }
    }
    functions.forEach(each -> CodeLimits.check(each, options, problems));
    problems.sort(Comparator.comparingInt(problem -> problem.range().start()));
    return new CodeReport(
        lines(answer.get("lines")), functions, file, imports(answer.get("imports")), problems);
  }

  /**
   * Which files take what from which.
   *
   * @param files texts by their paths, with {@code /}; the ending says the language
   * @throws CodeException if a text is too long
   * @throws IllegalArgumentException if the language of a file is not known by its ending
   */
  public CodeImports imports(Map<String, String> files) {
    CodeImportGraph graph = new CodeImportGraph(files.keySet());
    files.forEach(
        (path, text) ->
            graph.add(path, analyze(text, CodeLanguage.of(path), goal(path)).imports()));
    return graph.build();
  }

  private static CodeAnalysisOptions goal(String path) {
    return path.endsWith(".cjs") || path.endsWith(".cts")
        ? CodeAnalysisOptions.DEFAULTS.withGoal(CodeParseOptions.Goal.COMMON_JS)
        : CodeAnalysisOptions.DEFAULTS;
  }

  private static int bits(CodeLanguage language, CodeParseOptions.Goal goal) {
    return CodeParseOptions.DEFAULTS.withGoal(goal).bits(language);
  }

  private static boolean isReported(JsonNode finding, CodeAnalysisOptions options) {
    String code = finding.get("code").asString();
    return !options.off().contains(code)
        && !("no-undef".equals(code) && options.globals().contains(finding.get("name").asString()));
  }

  private static CodeReport.Lines lines(JsonNode node) {
    return new CodeReport.Lines(
        node.get("total").asInt(),
        node.get("code").asInt(),
        node.get("comment").asInt(),
        node.get("blank").asInt());
  }

  private static CodeReport.Function function(JsonNode node) {
    return new CodeReport.Function(
        node.get("name").asString(),
        node.get("kind").asString(),
        CodeAnswers.range(node),
        node.get("line").asInt(),
        node.get("column").asInt() + 1,
        node.get("endLine").asInt(),
        node.get("parameters").asInt(),
        node.get("cyclomatic").asInt(),
        node.get("cognitive").asInt(),
        node.get("depth").asInt(),
        node.get("statements").asInt());
  }

  private static List<CodeReport.Import> imports(JsonNode list) {
    List<CodeReport.Import> imports = new ArrayList<>();
    for (JsonNode each : list) {
      imports.add(
          new CodeReport.Import(
              CodeReport.ImportKind.valueOf(each.get("kind").asString().toUpperCase(Locale.ROOT)),
              each.get("source").asString(),
              CodeAnswers.range(each),
              each.get("line").asInt()));
    }
    return imports;
  }
}
