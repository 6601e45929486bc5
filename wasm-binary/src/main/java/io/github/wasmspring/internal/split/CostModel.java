package io.github.wasmspring.internal.split;

/** How many bytes of JVM bytecode an engine makes of a function. */
public interface CostModel {

  /**
   * For each instruction, the bytes of all before it, with the beginning of the function: as many
   * numbers as there are instructions, and the sum.
   *
   * @throws Unsplittable if it can't be told
   */
  int[] sums(FunctionShape function);

  /** What becomes of a byte of a function at the very most. */
  int mostPerByte();

  /** What becomes of a byte of a usual function; for those that nobody understands. */
  double usualPerByte();

  /** What a call of a piece takes, with all that follows any call. */
  int callOfPiece();

  /** What it takes to put a result of a piece into a local. */
  int resultOfPiece();

  /** What becomes of the whole function. */
  default int total(FunctionShape function) {
    return sums(function)[function.size()];
  }
}
