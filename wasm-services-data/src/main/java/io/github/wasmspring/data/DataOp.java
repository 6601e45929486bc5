package io.github.wasmspring.data;

/** What instructions do, as the module numbers them. */
final class DataOp {

  static final int LOAD = 0;
  static final int NUMBER = 1;
  static final int WIDE_NUMBER = 2;
  static final int STRING = 3;
  static final int NOTHING = 4;
  static final int STORE = 5;
  static final int FILTER = 6;
  static final int OUT = 7;
  static final int KEY = 8;
  static final int AGGREGATE = 9;
  static final int COUNT_ROWS = 10;
  static final int END = 11;

  static final int ADD = 16;
  static final int SUBTRACT = 17;
  static final int MULTIPLY = 18;
  static final int DIVIDE = 19;
  static final int REMAINDER = 20;
  static final int NEGATE = 21;
  static final int ABSOLUTE = 22;

  /** From here on the same for doubles, but for the remainder. */
  static final int DOUBLE_ADD = 32;

  static final int DOUBLE_SUBTRACT = 33;
  static final int DOUBLE_MULTIPLY = 34;
  static final int DOUBLE_DIVIDE = 35;
  static final int DOUBLE_NEGATE = 36;
  static final int DOUBLE_ABSOLUTE = 37;
  static final int FLOOR = 38;
  static final int CEILING = 39;
  static final int ROUND = 40;
  static final int ROOT = 41;

  static final int DECIMAL_ADD = 48;
  static final int DECIMAL_SUBTRACT = 49;
  static final int DECIMAL_MULTIPLY = 50;
  static final int DECIMAL_NEGATE = 51;
  static final int DECIMAL_ABSOLUTE = 52;
  static final int RESCALE = 53;

  static final int COMPARE_INTEGERS = 64;
  static final int COMPARE_DOUBLES = 65;
  static final int COMPARE_DECIMALS = 66;
  static final int COMPARE_TEXTS = 67;

  static final int AND = 80;
  static final int OR = 81;
  static final int NOT = 82;
  static final int IS_NULL = 83;
  static final int IF = 84;
  static final int COALESCE = 85;
  static final int TRY = 86;
  static final int IN_SET = 87;

  static final int INTEGER_TO_DOUBLE = 96;
  static final int INTEGER_TO_DECIMAL = 97;
  static final int DECIMAL_TO_DOUBLE = 98;
  static final int DOUBLE_TO_INTEGER = 99;
  static final int DOUBLE_TO_DECIMAL = 100;
  static final int DECIMAL_TO_INTEGER = 101;
  static final int TEXT_TO_INTEGER = 102;
  static final int TEXT_TO_DOUBLE = 103;
  static final int TEXT_TO_DECIMAL = 104;
  static final int TEXT_TO_BOOLEAN = 105;
  static final int TEXT_TO_TIME = 106;
  static final int INTEGER_TO_TEXT = 107;
  static final int DECIMAL_TO_TEXT = 108;
  static final int BOOLEAN_TO_TEXT = 109;
  static final int DATE_TO_TEXT = 110;
  static final int TIME_TO_TEXT = 111;
  static final int DATE_TO_TIME = 112;
  static final int TIME_TO_DATE = 113;

  static final int UPPER = 128;
  static final int LOWER = 129;
  static final int TRIM = 130;
  static final int LENGTH = 131;
  static final int SUBSTRING = 132;
  static final int CONCATENATE = 133;
  static final int REPLACE = 134;
  static final int FIND = 135;
  static final int LIKE = 136;

  static final int OF_DATE = 144;
  static final int OF_TIME = 145;
  static final int CHECK_DATE = 146;
  static final int TO_ZONE = 147;
  static final int FROM_ZONE = 148;

  /** What {@link #END} does with the rows. */
  static final int TRANSFORM = 0;

  static final int GROUP = 1;
  static final int SORT = 2;
  static final int BUILD = 3;
  static final int PROBE = 4;

  /** Flags of {@link #KEY}. */
  static final int DESCENDING = 1;

  static final int NULLS_LAST = 2;

  private DataOp() {}

  /** How many values more there are on the stack after an instruction than before. */
  static int balance(int op) {
    return switch (op) {
      case LOAD, NUMBER, WIDE_NUMBER, STRING, NOTHING -> 1;
      case STORE, FILTER, OUT, KEY, AGGREGATE -> -1;
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER -> -1;
      case DOUBLE_ADD, DOUBLE_SUBTRACT, DOUBLE_MULTIPLY, DOUBLE_DIVIDE -> -1;
      case DECIMAL_ADD, DECIMAL_SUBTRACT, DECIMAL_MULTIPLY -> -1;
      case COMPARE_INTEGERS, COMPARE_DOUBLES, COMPARE_DECIMALS, COMPARE_TEXTS -> -1;
      case AND, OR, COALESCE, CONCATENATE, FIND, LIKE -> -1;
      case IF, SUBSTRING, REPLACE -> -2;
      default -> 0;
    };
  }
}
