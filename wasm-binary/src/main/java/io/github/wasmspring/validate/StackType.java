package io.github.wasmspring.validate;

import io.github.wasmspring.binary.ValueType;

/**
 * The type of a value as an {@code int}, so that a stack of them is an array. Numbers and vectors
 * are small constants; references have bits for what they are and, below, the type that they refer
 * to: the index of a type of the module, always the first of those that are the same, or the code
 * of an abstract heap type.
 */
public final class StackType {

  /** Of a value that is never there: it stands where code is not reached. */
  public static final int BOTTOM = 0;

  public static final int I32 = 1;
  public static final int I64 = 2;
  public static final int F32 = 3;
  public static final int F64 = 4;
  public static final int V128 = 5;

  static final int I8 = 6;
  static final int I16 = 7;
  static final int REFERENCE = 1 << 30;
  static final int NULLABLE = 1 << 29;
  static final int ABSTRACT = 1 << 28;
  static final int HEAP = NULLABLE - 1;

  static final int NO_EXCEPTION = ABSTRACT | 0x74;
  static final int NO_FUNCTION = ABSTRACT | 0x73;
  static final int NO_EXTERNAL = ABSTRACT | 0x72;
  static final int NONE = ABSTRACT | 0x71;
  static final int FUNCTION = ABSTRACT | 0x70;
  static final int EXTERNAL = ABSTRACT | 0x6f;
  static final int ANY = ABSTRACT | 0x6e;
  static final int EQ = ABSTRACT | 0x6d;
  static final int I31 = ABSTRACT | 0x6c;
  static final int STRUCT = ABSTRACT | 0x6b;
  static final int ARRAY = ABSTRACT | 0x6a;
  static final int EXCEPTION = ABSTRACT | 0x69;

  /** What a reference of code that is not reached refers to. */
  static final int BOTTOM_HEAP = ABSTRACT;

  public static final int FUNCREF = REFERENCE | NULLABLE | FUNCTION;
  public static final int EXTERNREF = REFERENCE | NULLABLE | EXTERNAL;
  public static final int EXNREF = REFERENCE | NULLABLE | EXCEPTION;

  private StackType() {}

  public static boolean isReference(int type) {
    return (type & REFERENCE) != 0;
  }

  public static boolean isNullable(int type) {
    return (type & NULLABLE) != 0;
  }

  /** Whether locals of this type begin with zero or null. */
  static boolean isDefaultable(int type) {
    return !isReference(type) || isNullable(type);
  }

  static int nonNull(int reference) {
    return reference & ~NULLABLE;
  }

  static int heap(int reference) {
    return reference & HEAP;
  }

  static boolean isAbstract(int heap) {
    return (heap & ABSTRACT) != 0;
  }

  /** A type that is written with one byte, 0x68 to 0x7f. */
  static int ofCode(int code) {
    if (code >= 0x7b) {
      return 0x80 - code;
    }
    return switch (code) {
      case 0x78 -> I8;
      case 0x77 -> I16;
      default -> REFERENCE | NULLABLE | ABSTRACT | code;
    };
  }

  /** As the text format writes it. */
  public static String toString(int type) {
    return switch (type) {
      case BOTTOM -> "anything";
      case I32 -> "i32";
      case I64 -> "i64";
      case F32 -> "f32";
      case F64 -> "f64";
      case V128 -> "v128";
      case I8 -> "i8";
      case I16 -> "i16";
      default -> reference(type);
    };
  }

  private static String reference(int type) {
    int heap = heap(type);
    if (heap == BOTTOM_HEAP) {
      return "any reference";
    }
    long written = isAbstract(heap) ? (heap & ~ABSTRACT) - 0x80 : heap;
    return new ValueType(isNullable(type) ? ValueType.CODE_REF_NULL : ValueType.CODE_REF, written)
        .toString();
  }
}
