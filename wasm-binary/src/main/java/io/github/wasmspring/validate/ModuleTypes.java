package io.github.wasmspring.validate;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.ValueType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The types of a module, and which of them can stand for which. What they consist of lies in one
 * array; groups of types that are the same, which may be of one type each, have the indices of the
 * first of them.
 */
public final class ModuleTypes {

  static final int OF_FUNCTIONS = 0;
  static final int OF_STRUCTS = 1;
  static final int OF_ARRAYS = 2;
  static final int OTHER = 3;

  private static final int SINGLES = 8;

  private final Position place;
  private final Map<Integer, Integer> singles = new HashMap<>();
  private int[] pool = new int[128];
  private int used;
  private int count;

  /** Rows of {@link #ROW}: kind, start in the pool, parameters or fields, results, super type … */
  private int[] rows;

  private static final int KIND = 0;
  private static final int START = 1;
  private static final int PARAMETERS = 2;
  private static final int RESULTS = 3;
  private static final int SUPER = 4;
  private static final int OPEN = 5;
  private static final int SAME = 6;
  private static final int DEPTH = 7;
  private static final int ROW = 8;

  ModuleTypes(int expected, Position place) {
    this.rows = new int[expected * ROW];
    this.place = place;
    for (int type = 0; type < SINGLES; type++) {
      append(type);
    }
  }

  /** What types consist of. It changes when types are added. */
  int[] pool() {
    return this.pool;
  }

  int used() {
    return this.used;
  }

  void append(int value) {
    if (this.used == this.pool.length) {
      this.pool = Arrays.copyOf(this.pool, 2 * this.used);
    }
    this.pool[this.used++] = value;
  }

  /**
   * @param supertype its index, -1 for none
   * @param open whether others may be subtypes of it
   * @param start where in the pool its parameters and then its results stand, or its fields as
   *     pairs of type and mutability
   */
  void add(int kind, int supertype, boolean open, int start, int parameters, int results) {
    int row = this.count++ * ROW;
    this.rows[row + KIND] = kind;
    this.rows[row + START] = start;
    this.rows[row + PARAMETERS] = parameters;
    this.rows[row + RESULTS] = results;
    this.rows[row + SUPER] = supertype;
    this.rows[row + OPEN] = open ? 1 : 0;
    this.rows[row + SAME] = this.count - 1;
  }

  public int count() {
    return this.count;
  }

  private int at(int type, int column) {
    return this.rows[type * ROW + column];
  }

  void same(int type, int as) {
    this.rows[type * ROW + SAME] = as;
  }

  /** The first of the types that are the same as this one. */
  public int same(int type) {
    return at(type, SAME);
  }

  public boolean isFunction(int type) {
    return at(type, KIND) == OF_FUNCTIONS;
  }

  int kind(int type) {
    return at(type, KIND);
  }

  int supertype(int type) {
    return at(type, SUPER);
  }

  void supertype(int type, int supertype) {
    this.rows[type * ROW + SUPER] = supertype;
  }

  boolean isOpen(int type) {
    return at(type, OPEN) == 1;
  }

  int depth(int type) {
    return at(type, DEPTH);
  }

  void depth(int type, int newDepth) {
    this.rows[type * ROW + DEPTH] = newDepth;
  }

  /** How many parameters a function of the type has. */
  public int parameters(int type) {
    return at(type, PARAMETERS);
  }

  /** How many results a function of the type has. */
  public int results(int type) {
    return at(type, RESULTS);
  }

  /** The type of a parameter, see {@link StackType}. */
  public int parameter(int type, int index) {
    return this.pool[parametersAt(type) + index];
  }

  /** The type of a result, see {@link StackType}. */
  public int result(int type, int index) {
    return this.pool[resultsAt(type) + index];
  }

  int parametersAt(int type) {
    return at(type, START);
  }

  int resultsAt(int type) {
    return at(type, START) + at(type, PARAMETERS);
  }

  /** Where in the pool the type of a single value stands. */
  int single(int type) {
    if (type < SINGLES) {
      return type;
    }
    Integer known = this.singles.get(type);
    if (known == null) {
      known = this.used;
      append(type);
      this.singles.put(type, known);
    }
    return known;
  }

  /** Reads the type of a value, as {@link StackType} has it. */
  int read(BinaryCursor in) {
    int code = in.octet();
    return switch (code) {
      case ValueType.CODE_REF_NULL -> StackType.REFERENCE | StackType.NULLABLE | readHeap(in);
      case ValueType.CODE_REF -> StackType.REFERENCE | readHeap(in);
      default -> StackType.ofCode(code);
    };
  }

  int readHeap(BinaryCursor in) {
    long heap = in.s33();
    return heap < 0 ? StackType.ABSTRACT | (int) (heap & 0x7f) : same(known(heap));
  }

  /** The index, if there is such a type. */
  int known(long type) {
    if (type >= this.count) {
      throw this.place.unknown("type", type, this.count);
    }
    return (int) type;
  }

  /** The index, if there is such a type and it is one of functions. */
  int knownFunction(long type) {
    int index = known(type);
    if (!isFunction(index)) {
      throw this.place.invalid("type mismatch: type %d is not one of functions".formatted(index));
    }
    return index;
  }

  /** Whether a value of a type can stand where another type is expected. */
  boolean matches(int type, int expected) {
    if (type == expected || type == StackType.BOTTOM || expected == StackType.BOTTOM) {
      return true;
    }
    return StackType.isReference(type)
        && StackType.isReference(expected)
        && (StackType.isNullable(expected) || !StackType.isNullable(type))
        && heapMatches(StackType.heap(type), StackType.heap(expected));
  }

  private boolean heapMatches(int heap, int expected) {
    if (heap == expected || heap == StackType.BOTTOM_HEAP) {
      return true;
    }
    if (!StackType.isAbstract(heap)) {
      return StackType.isAbstract(expected)
          ? abstractMatches(abstractOf(heap), expected)
          : isSubtype(heap, expected);
    }
    if (StackType.isAbstract(expected)) {
      return abstractMatches(heap, expected);
    }
    return switch (kind(expected)) {
      case OF_FUNCTIONS -> heap == StackType.NO_FUNCTION;
      case OF_STRUCTS, OF_ARRAYS -> heap == StackType.NONE;
      default -> false;
    };
  }

  private int abstractOf(int type) {
    return switch (kind(type)) {
      case OF_FUNCTIONS -> StackType.FUNCTION;
      case OF_STRUCTS -> StackType.STRUCT;
      case OF_ARRAYS -> StackType.ARRAY;
      default -> StackType.BOTTOM_HEAP;
    };
  }

  private boolean isSubtype(int type, int expected) {
    int above = type;
    while (above >= 0 && above != expected) {
      above = supertype(above);
    }
    return above == expected;
  }

  private static boolean abstractMatches(int heap, int expected) {
    if (heap == expected) {
      return true;
    }
    return switch (expected) {
      case StackType.ANY -> heap == StackType.EQ || abstractMatches(heap, StackType.EQ);
      case StackType.EQ ->
          heap == StackType.I31
              || heap == StackType.STRUCT
              || heap == StackType.ARRAY
              || heap == StackType.NONE;
      case StackType.I31, StackType.STRUCT, StackType.ARRAY -> heap == StackType.NONE;
      case StackType.FUNCTION -> heap == StackType.NO_FUNCTION;
      case StackType.EXTERNAL -> heap == StackType.NO_EXTERNAL;
      case StackType.EXCEPTION -> heap == StackType.NO_EXCEPTION;
      default -> false;
    };
  }
}
