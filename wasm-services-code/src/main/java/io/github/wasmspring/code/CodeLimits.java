package io.github.wasmspring.code;

import java.util.List;

/** Functions that are harder to follow than the options allow. */
final class CodeLimits {

  private CodeLimits() {}

  static void check(
      CodeReport.Function function, CodeAnalysisOptions options, List<CodeProblem> problems) {
    check(
        function,
        "complexity",
        "cyclomatic complexity",
        function.cyclomatic(),
        options.mostCyclomatic(),
        options,
        problems);
    check(
        function,
        "cognitive-complexity",
        "cognitive complexity",
        function.cognitive(),
        options.mostCognitive(),
        options,
        problems);
    check(
        function,
        "max-depth",
        "depth of nested statements",
        function.depth(),
        options.mostDepth(),
        options,
        problems);
  }

  private static void check(
      CodeReport.Function function,
      String code,
      String what,
      int is,
      int most,
      CodeAnalysisOptions options,
      List<CodeProblem> problems) {
    if (is <= most || options.off().contains(code)) {
      return;
    }
    String name =
        function.name().isEmpty() ? "This " + function.kind() : "'" + function.name() + "'";
    problems.add(
        new CodeProblem(
            CodeProblem.Severity.WARNING,
            code,
            "%s has a %s of %d; %d is the most".formatted(name, what, is, most),
            function.range(),
            function.line(),
            function.column(),
            List.of()));
  }
}
