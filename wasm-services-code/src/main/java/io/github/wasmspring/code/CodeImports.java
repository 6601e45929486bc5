package io.github.wasmspring.code;

import java.util.List;

/**
 * How files depend on each other.
 *
 * @param edges which file takes something from which other of them, by path
 * @param outside what is taken from elsewhere: packages, or files that were not given
 * @param cycles files that need each other when they are loaded, each cycle a list that begins with
 *     its first path by alphabet; what is loaded later or has types alone makes none
 */
public record CodeImports(List<Edge> edges, List<Outside> outside, List<List<String>> cycles) {

  public CodeImports {
    edges = List.copyOf(edges);
    outside = List.copyOf(outside);
    cycles = List.copyOf(cycles);
  }

  /**
   * A file takes something from another.
   *
   * @param from the path of the file with the import
   * @param to the path of the other
   */
  public record Edge(String from, String to, CodeReport.Import by) {}

  /** A file takes something that is not among the files. */
  public record Outside(String from, CodeReport.Import by) {

    /** Whether it names a file beside it, not a package: then it is not there. */
    public boolean isMissing() {
      return this.by.source().startsWith(".") || this.by.source().startsWith("/");
    }
  }
}
