package io.github.wasmspring.data;

import org.jspecify.annotations.Nullable;

/**
 * What is computed of each group.
 *
 * @param function what it is
 * @param expression of which values, those that are {@code null} left out; {@code null} for all
 *     rows
 * @param share of {@link Function#PERCENTILE}, 0 to 1; else 0
 * @param name of the column of the result
 */
public record DataAggregate(
    Function function, @Nullable String expression, double share, String name) {

  /** What can be computed, in the order in which the module numbers it. */
  public enum Function {
    /** How many rows. */
    COUNT_ROWS,
    /** How many values. */
    COUNT,
    /** An integer or decimal that does not fit is an error. */
    SUM,
    /** A double. */
    AVERAGE,
    /** The least value, of any type. */
    MIN,
    /** The greatest value, of any type. */
    MAX,
    /** Of a sample, so that there are two values at least. */
    VARIANCE,
    /** Of all there are. */
    VARIANCE_OF_ALL,
    /** The root of {@link #VARIANCE}. */
    DEVIATION,
    /** The root of {@link #VARIANCE_OF_ALL}. */
    DEVIATION_OF_ALL,
    /** Between the two values that are nearest, where none is in the very place. */
    PERCENTILE,
    /** How many different values. */
    COUNT_DISTINCT
  }

  public DataAggregate {
    if ((expression == null) != (function == Function.COUNT_ROWS)) {
      throw new IllegalArgumentException("Only COUNT_ROWS needs no expression");
    }
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("The share of a percentile is 0 to 1, not " + share);
    }
  }

  private static DataAggregate of(Function function, String expression, String name) {
    return new DataAggregate(function, expression, 0, name + "_" + identifier(expression));
  }

  /** Letters, digits and underscores are kept, others become underscores. */
  private static String identifier(String expression) {
    String name = expression.replaceAll("[^\\p{L}0-9_]+", "_");
    return name.length() > 100 ? name.substring(0, 100) : name;
  }

  /** The column {@code count}. */
  public static DataAggregate count() {
    return new DataAggregate(Function.COUNT_ROWS, null, 0, "count");
  }

  /** The column {@code count_<expression>}; other functions name theirs alike. */
  public static DataAggregate count(String expression) {
    return of(Function.COUNT, expression, "count");
  }

  public static DataAggregate sum(String expression) {
    return of(Function.SUM, expression, "sum");
  }

  public static DataAggregate avg(String expression) {
    return of(Function.AVERAGE, expression, "avg");
  }

  public static DataAggregate min(String expression) {
    return of(Function.MIN, expression, "min");
  }

  public static DataAggregate max(String expression) {
    return of(Function.MAX, expression, "max");
  }

  public static DataAggregate variance(String expression) {
    return of(Function.VARIANCE, expression, "variance");
  }

  /** The standard deviation of a sample. */
  public static DataAggregate stddev(String expression) {
    return of(Function.DEVIATION, expression, "stddev");
  }

  /**
   * @param share 0.5 for the median
   */
  public static DataAggregate percentile(String expression, double share) {
    return new DataAggregate(
        Function.PERCENTILE, expression, share, "percentile_" + identifier(expression));
  }

  public static DataAggregate countDistinct(String expression) {
    return of(Function.COUNT_DISTINCT, expression, "distinct");
  }

  /** The same with another name for its column. */
  public DataAggregate as(String name) {
    return new DataAggregate(this.function, this.expression, this.share, name);
  }

  DataType type(DataType operand) {
    return switch (this.function) {
      case COUNT_ROWS, COUNT, COUNT_DISTINCT -> DataType.INTEGER;
      case SUM, MIN, MAX -> operand;
      default -> DataType.DOUBLE;
    };
  }
}
