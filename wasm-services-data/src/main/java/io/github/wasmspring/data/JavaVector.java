package io.github.wasmspring.data;

import java.math.BigInteger;

/** The values of one expression for all rows, where Java computes them. */
final class JavaVector {

  static final byte NULL = 0;
  static final byte VALUE = 1;
  static final byte OVERFLOW = 2;
  static final byte NO_NUMBER = 3;
  static final byte NO_TIME = 4;
  static final byte NO_BOOLEAN = 5;
  static final byte NO_SUCH_TIME = 6;

  static final long MOST_CHARACTERS = 1L << 29;

  private static final long[] NO_BITS = new long[0];
  private static final BigInteger[] NO_WIDES = new BigInteger[0];
  private static final String[] NO_TEXTS = new String[0];

  /** What each row has: nothing, a value, or a value that can't be. */
  final byte[] states;

  /** One of these has an element for each row. */
  final long[] bits;

  final BigInteger[] wides;
  final String[] texts;

  /** How many characters have been made. */
  private long characters;

  private JavaVector(byte[] states, long[] bits, BigInteger[] wides, String[] texts) {
    this.states = states;
    this.bits = bits;
    this.wides = wides;
    this.texts = texts;
  }

  static JavaVector ofBits(int rows) {
    return new JavaVector(new byte[rows], new long[rows], NO_WIDES, NO_TEXTS);
  }

  static JavaVector ofWides(int rows) {
    return new JavaVector(new byte[rows], NO_BITS, new BigInteger[rows], NO_TEXTS);
  }

  static JavaVector ofTexts(int rows) {
    return new JavaVector(new byte[rows], NO_BITS, NO_WIDES, new String[rows]);
  }

  /** An empty one for the same kind of values. */
  JavaVector like(int rows) {
    if (this.texts != NO_TEXTS) {
      return ofTexts(rows);
    }
    return this.wides != NO_WIDES ? ofWides(rows) : ofBits(rows);
  }

  static JavaVector of(DataColumn column, int[] rows, int count) {
    JavaVector vector =
        switch (column.type.kind()) {
          case TEXT -> ofTexts(count);
          case DECIMAL -> ofWides(count);
          default -> ofBits(count);
        };
    for (int place = 0; place < count; place++) {
      int row = rows[place];
      if (!column.isNull(row)) {
        vector.states[place] = VALUE;
        switch (column.type.kind()) {
          case TEXT -> vector.texts[place] = column.text(row);
          case DECIMAL -> vector.wides[place] = column.wide(row);
          default -> vector.bits[place] = column.values[row];
        }
      }
    }
    return vector;
  }

  double number(int row) {
    return Double.longBitsToDouble(this.bits[row]);
  }

  void set(int row, long value) {
    this.states[row] = VALUE;
    this.bits[row] = value;
  }

  void set(int row, boolean value) {
    set(row, value ? 1 : 0);
  }

  /** What is no number is nothing, and there is no negative zero. */
  void set(int row, double value) {
    if (Double.isNaN(value)) {
      this.states[row] = NULL;
    } else {
      set(row, Double.doubleToRawLongBits(value + 0.0));
    }
  }

  void set(int row, BigInteger value) {
    this.states[row] = VALUE;
    this.wides[row] = DataNumbers.fitting(value);
  }

  void set(int row, String value) {
    this.characters += value.length();
    if (this.characters > MOST_CHARACTERS) {
      throw DataMemory.chunk();
    }
    this.states[row] = VALUE;
    this.texts[row] = value;
  }

  /** The value and state of another one's row. */
  void copy(int row, JavaVector from, int fromRow) {
    this.states[row] = from.states[fromRow];
    if (this.texts != NO_TEXTS) {
      this.texts[row] = from.texts[fromRow];
    } else if (this.wides != NO_WIDES) {
      this.wides[row] = from.wides[fromRow];
    } else {
      this.bits[row] = from.bits[fromRow];
    }
  }

  /** What comes of two operands: what is wrong with the first, or the second, or nothing. */
  static byte both(byte left, byte right) {
    if (left == VALUE && right == VALUE) {
      return VALUE;
    }
    if (left > VALUE) {
      return left;
    }
    return right > VALUE ? right : NULL;
  }

  void addTo(DataColumnBuilder column, int row) {
    if (this.states[row] != VALUE) {
      column.addNull();
    } else if (this.texts != NO_TEXTS) {
      column.addText(this.texts[row].getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } else if (this.wides != NO_WIDES) {
      column.addWide(this.wides[row]);
    } else {
      column.add(this.bits[row]);
    }
  }
}
