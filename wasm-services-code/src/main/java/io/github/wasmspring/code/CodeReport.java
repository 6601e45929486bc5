package io.github.wasmspring.code;

import java.util.List;

/**
 * How much code a file has, how hard it is to follow, what it takes from other files, and what
 * somebody should look at.
 *
 * @param functions in the order in which they are found; code outside of functions is {@link #file}
 * @param file the code outside of functions
 * @param problems errors of syntax and what is suspicious, by place
 */
public record CodeReport(
    Lines lines,
    List<Function> functions,
    Function file,
    List<Import> imports,
    List<CodeProblem> problems) {

  public CodeReport {
    functions = List.copyOf(functions);
    imports = List.copyOf(imports);
    problems = List.copyOf(problems);
  }

  /**
   * How many lines there are.
   *
   * @param comment with comments alone
   * @param blank with nothing, in comments and templates too
   */
  public record Lines(int total, int code, int comment, int blank) {}

  /**
   * A function, or what runs as one: a field's initializer, a static block.
   *
   * @param name what it is called or kept as; empty if nobody says
   * @param kind {@code function}, {@code arrow}, {@code method}, {@code constructor}, {@code
   *     getter}, {@code setter}, {@code field}, {@code static-block} or {@code file}
   * @param line the first, from 1
   * @param column in chars of it, from 1
   * @param endLine the last
   * @param cyclomatic paths through it, without those of functions in it; at least 1
   * @param cognitive how hard it is to follow, after G. Ann Campbell; functions in it count for
   *     themselves
   * @param depth how deep statements that branch or loop stand in each other
   * @param statements without those of functions in it
   */
  public record Function(
      String name,
      String kind,
      CodeRange range,
      int line,
      int column,
      int endLine,
      int parameters,
      int cyclomatic,
      int cognitive,
      int depth,
      int statements) {}

  /**
   * What is taken from another file.
   *
   * @param kind how
   * @param source as the file names it
   * @param range of the name of the source, with its quotes
   */
  public record Import(ImportKind kind, String source, CodeRange range, int line) {}

  /** How a file takes something from another. */
  public enum ImportKind {
    IMPORT,
    /** {@code export ... from}. */
    EXPORT,
    /** {@code import()}. */
    DYNAMIC,
    /** {@code require()}. */
    REQUIRE,
    /** Types alone: nothing is left of it when the program runs. */
    TYPE
  }

  /** The sum of the cyclomatic complexities of all functions; 0 without any. */
  public int cyclomatic() {
    return this.functions.stream().mapToInt(Function::cyclomatic).sum();
  }

  /** The sum of the cognitive complexities, that of the code outside of functions too. */
  public int cognitive() {
    return this.file.cognitive + this.functions.stream().mapToInt(Function::cognitive).sum();
  }
}
