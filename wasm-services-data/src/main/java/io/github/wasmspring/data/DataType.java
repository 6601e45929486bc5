package io.github.wasmspring.data;

/**
 * What the values of a column are.
 *
 * @param kind which kind of values
 * @param scale of {@link Kind#DECIMAL} the digits behind the point, 0 to 38; else 0
 */
public record DataType(Kind kind, int scale) {

  public static final DataType BOOLEAN = new DataType(Kind.BOOLEAN, 0);
  public static final DataType INTEGER = new DataType(Kind.INTEGER, 0);
  public static final DataType DOUBLE = new DataType(Kind.DOUBLE, 0);
  public static final DataType TEXT = new DataType(Kind.TEXT, 0);
  public static final DataType DATE = new DataType(Kind.DATE, 0);
  public static final DataType TIMESTAMP = new DataType(Kind.TIMESTAMP, 0);

  static final int MOST_DIGITS = 38;

  /** Kinds of values, in the order in which the module numbers them. */
  public enum Kind {
    /** {@code true} and {@code false}. */
    BOOLEAN,
    /** Integers of 64 bits. */
    INTEGER,
    /** Floating-point numbers of 64 bits, but neither a negative zero nor what is no number. */
    DOUBLE,
    /** Numbers of up to 38 digits, of which a fixed count stands behind the point. */
    DECIMAL,
    /** Unicode text, ordered by code points. */
    TEXT,
    /** Days of the years 0000 to 9999. */
    DATE,
    /** Instants of the years 0000 to 9999, to the microsecond. */
    TIMESTAMP
  }

  public DataType {
    if (scale < 0 || scale > MOST_DIGITS || (scale > 0 && kind != Kind.DECIMAL)) {
      throw new IllegalArgumentException(
          "%s can't have %d digits behind the point: a DECIMAL has 0 to 38".formatted(kind, scale));
    }
  }

  /** Decimals with so many digits behind the point. */
  public static DataType decimal(int scale) {
    return new DataType(Kind.DECIMAL, scale);
  }

  boolean isNumber() {
    return this.kind == Kind.INTEGER || this.kind == Kind.DOUBLE || this.kind == Kind.DECIMAL;
  }

  boolean isWide() {
    return this.kind == Kind.DECIMAL;
  }

  @Override
  public String toString() {
    return this.kind == Kind.DECIMAL ? "DECIMAL(" + this.scale + ")" : this.kind.name();
  }
}
