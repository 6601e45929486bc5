package io.github.wasmspring.data;

/**
 * By which column rows are put in order.
 *
 * @param column its name
 * @param descending whether the greatest comes first
 * @param nullsLast whether rows without a value come last
 */
public record DataSort(String column, boolean descending, boolean nullsLast) {

  /** The least first, and before it those without a value. */
  public static DataSort asc(String column) {
    return new DataSort(column, false, false);
  }

  /** The greatest first, and at the end those without a value. */
  public static DataSort desc(String column) {
    return new DataSort(column, true, true);
  }

  public DataSort withNullsFirst() {
    return new DataSort(this.column, this.descending, false);
  }

  public DataSort withNullsLast() {
    return new DataSort(this.column, this.descending, true);
  }

  int flags() {
    return (this.descending ? DataOp.DESCENDING : 0) | (this.nullsLast ? DataOp.NULLS_LAST : 0);
  }
}
