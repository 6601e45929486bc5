package io.github.wasmspring.data;

import java.util.List;

/**
 * What is joined.
 *
 * @param left the columns of the left side
 * @param right those of the right
 * @param kind which rows come out
 * @param columns which have to be equal
 * @param added which columns of the right side are added to those of the left, by their places
 */
record DataJoinPlan(
    DataSchema left, DataSchema right, DataJoin kind, List<String> columns, List<Integer> added) {

  private List<DataSort> keys() {
    return this.columns.stream().map(DataSort::asc).toList();
  }

  /** Looks rows of the left side up. */
  DataProgram probe() {
    return new DataPlan(this.left).keys(keys(), DataOp.PROBE, this.kind.probed().ordinal());
  }

  /** Remembers those of the right. */
  DataProgram build() {
    return new DataPlan(this.right).keys(keys(), DataOp.BUILD, 0);
  }

  /** Writes the keys of one side, which are the same bytes where rows are partners. */
  DataProgram keysOf(DataSchema side) {
    return new DataPlan(side).keys(keys(), DataOp.SORT, 0);
  }
}
