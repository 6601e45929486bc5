package io.github.wasmspring.code;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * What an analysis expects of a file.
 *
 * @param goal what the file is
 * @param globals names that are there though the file does not bind them
 * @param off codes of problems that are not reported
 * @param mostCyclomatic the highest cyclomatic complexity of a function that is no problem
 * @param mostCognitive the highest cognitive complexity of a function that is no problem
 * @param mostDepth how deep statements may be nested before that is a problem
 */
public record CodeAnalysisOptions(
    CodeParseOptions.Goal goal,
    Set<String> globals,
    Set<String> off,
    int mostCyclomatic,
    int mostCognitive,
    int mostDepth) {

  /**
   * A module that may run anywhere: the names of ECMAScript are known, complexity is a problem
   * above 20 (cyclomatic), 15 (cognitive) and 4 (depth).
   */
  public static final CodeAnalysisOptions DEFAULTS =
      new CodeAnalysisOptions(
          CodeParseOptions.Goal.MODULE, CodeGlobals.ECMASCRIPT.names(), Set.of(), 20, 15, 4);

  public CodeAnalysisOptions {
    Objects.requireNonNull(goal, "A file has a goal");
    globals = Set.copyOf(globals);
    off = Set.copyOf(off);
    if (mostCyclomatic < 1 || mostCognitive < 0 || mostDepth < 0) {
      throw new IllegalArgumentException(
          "A function has a cyclomatic complexity of at least 1; no limit can be below zero");
    }
  }

  public CodeAnalysisOptions withGoal(CodeParseOptions.Goal other) {
    return new CodeAnalysisOptions(
        other, this.globals, this.off, this.mostCyclomatic, this.mostCognitive, this.mostDepth);
  }

  /** With these names besides those that are known. */
  public CodeAnalysisOptions withGlobals(Set<String> more) {
    Set<String> all = new LinkedHashSet<>(this.globals);
    all.addAll(more);
    return new CodeAnalysisOptions(
        this.goal, all, this.off, this.mostCyclomatic, this.mostCognitive, this.mostDepth);
  }

  /** With the names of an environment besides those that are known. */
  public CodeAnalysisOptions withGlobals(CodeGlobals environment) {
    return withGlobals(environment.names());
  }

  /** Without some problems, by their codes. */
  public CodeAnalysisOptions without(String... codes) {
    Set<String> all = new LinkedHashSet<>(this.off);
    all.addAll(Arrays.asList(codes));
    return new CodeAnalysisOptions(
        this.goal, this.globals, all, this.mostCyclomatic, this.mostCognitive, this.mostDepth);
  }

  /** With other limits. */
  public CodeAnalysisOptions withLimits(int cyclomatic, int cognitive, int depth) {
    return new CodeAnalysisOptions(this.goal, this.globals, this.off, cyclomatic, cognitive, depth);
  }
}
