package io.github.wasmspring.binary;

/**
 * How much of everything a module may have, so that what is made of a module stays in proportion to
 * its bytes. Real modules stay far below; the orders of magnitude are those of the implementation
 * limits of the <a href="https://webassembly.github.io/spec/js-api/#limits">JavaScript
 * interface</a>, lower where a few bytes make big objects.
 *
 * @param types in the type section
 * @param parameters of a function, and likewise results
 * @param imports of all kinds
 * @param functions that the module defines
 * @param tables that are imported and defined, and likewise tags
 * @param memories that are imported and defined
 * @param globals that the module defines
 * @param exports of all kinds
 * @param segments of data, and likewise of elements
 * @param locals of a function, with its parameters
 * @param nesting of blocks in a function
 * @param branchTargets of one {@code br_table}
 * @param functionSize bytes of the body of a function
 */
public record BinaryLimits(
    int types,
    int parameters,
    int imports,
    int functions,
    int tables,
    int memories,
    int globals,
    int exports,
    int segments,
    int locals,
    int nesting,
    int branchTargets,
    int functionSize) {

  public static final BinaryLimits DEFAULTS =
      new BinaryLimits(
          100_000, 1_000, 100_000, 1_000_000, 10_000, 1_000, 100_000, 100_000, 100_000, 50_000,
          50_000, 65_520, 7_654_321);

  /** All functions together may have a million locals, or one for each byte of the module. */
  long localsOfAll(int moduleSize) {
    return Math.max(1_000_000L, moduleSize);
  }
}
