package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.code.VectorKind.BYTE;
import static io.github.wasmspring.internal.engine.jvm.code.VectorKind.DOUBLE;
import static io.github.wasmspring.internal.engine.jvm.code.VectorKind.FLOAT;
import static io.github.wasmspring.internal.engine.jvm.code.VectorKind.INT;
import static io.github.wasmspring.internal.engine.jvm.code.VectorKind.LONG;
import static io.github.wasmspring.internal.engine.jvm.code.VectorKind.SHORT;

import org.jspecify.annotations.Nullable;

/**
 * The instructions on whole vectors that have a form for objects, by their numbers behind the
 * prefix.
 */
final class VectorObjectOperations {

  /** What comparisons without a sign begin with was another word before. */
  static final String UNSIGNED = Runtime.version().feature() >= 25 ? "U" : "UNSIGNED_";

  private static final String[] COMPARISONS = {"EQ", "NE", "LT", "GT", "LE", "GE"};
  private static final String[] FLOATING = {"add", "sub", "mul", "div"};

  private static final @Nullable VectorObjectOperation[] ALL = new VectorObjectOperation[0x114];

  static {
    bits();
    integers(BYTE, 0x23, 0x60, 0x6b, 0x76);
    integers(SHORT, 0x2d, 0x80, 0x8b, 0x96);
    integers(INT, 0x37, 0xa0, 0xab, 0xb6);
    longs();
    ALL[0x95] = VectorObjectOperation.binary(SHORT, "mul");
    ALL[0xb5] = VectorObjectOperation.binary(INT, "mul");
    floats(FLOAT, 0x41, 0xe0);
    floats(DOUBLE, 0x47, 0xec);
    relaxed();
  }

  private VectorObjectOperations() {}

  /** {@code null} if there is none. */
  static @Nullable VectorObjectOperation of(int number) {
    return number < ALL.length ? ALL[number] : null;
  }

  private static void bits() {
    ALL[0x4d] = VectorObjectOperation.withConstant(LONG, "XOR", "Associative", -1);
    ALL[0x4e] = VectorObjectOperation.binary(LONG, "and");
    ALL[0x4f] = VectorObjectOperation.lanewise(LONG, "AND_NOT", "Binary");
    ALL[0x50] = VectorObjectOperation.binary(LONG, "or");
    ALL[0x51] = VectorObjectOperation.lanewise(LONG, "XOR", "Associative");
  }

  private static void integers(
      VectorKind kind, int comparisons, int unary, int shifts, int extremes) {
    ALL[comparisons] = VectorObjectOperation.comparison(kind, "EQ");
    ALL[comparisons + 1] = VectorObjectOperation.comparison(kind, "NE");
    for (int i = 2; i < COMPARISONS.length; i++) {
      int signed = comparisons + 2 * i - 2;
      ALL[signed] = VectorObjectOperation.comparison(kind, COMPARISONS[i]);
      ALL[signed + 1] = VectorObjectOperation.comparison(kind, UNSIGNED + COMPARISONS[i]);
    }
    ALL[unary] = VectorObjectOperation.unary(kind, "abs");
    ALL[unary + 1] = VectorObjectOperation.unary(kind, "neg");
    shifts(kind, shifts);
    ALL[shifts + 3] = VectorObjectOperation.binary(kind, "add");
    ALL[shifts + 6] = VectorObjectOperation.binary(kind, "sub");
    ALL[extremes] = VectorObjectOperation.binary(kind, "min");
    ALL[extremes + 1] = VectorObjectOperation.choice(kind, UNSIGNED + "GT");
    ALL[extremes + 2] = VectorObjectOperation.binary(kind, "max");
    ALL[extremes + 3] = VectorObjectOperation.choice(kind, UNSIGNED + "LT");
  }

  private static void shifts(VectorKind kind, int first) {
    ALL[first] = VectorObjectOperation.shift(kind, "LSHL");
    ALL[first + 1] = VectorObjectOperation.shift(kind, "ASHR");
    ALL[first + 2] = VectorObjectOperation.shift(kind, "LSHR");
  }

  private static void longs() {
    ALL[0xc0] = VectorObjectOperation.unary(LONG, "abs");
    ALL[0xc1] = VectorObjectOperation.unary(LONG, "neg");
    shifts(LONG, 0xcb);
    ALL[0xce] = VectorObjectOperation.binary(LONG, "add");
    ALL[0xd1] = VectorObjectOperation.binary(LONG, "sub");
    ALL[0xd5] = VectorObjectOperation.binary(LONG, "mul");
    for (int i = 0; i < COMPARISONS.length; i++) {
      ALL[0xd6 + i] = VectorObjectOperation.comparison(LONG, COMPARISONS[i]);
    }
  }

  private static void floats(VectorKind kind, int comparisons, int arithmetic) {
    for (int i = 0; i < COMPARISONS.length; i++) {
      ALL[comparisons + i] = VectorObjectOperation.comparison(kind, COMPARISONS[i]);
    }
    VectorKind bits = kind.ofIntegers();
    long sign = 1L << bits.bits() - 1;
    ALL[arithmetic] = VectorObjectOperation.withConstant(bits, "AND", "Associative", ~sign);
    ALL[arithmetic + 1] = VectorObjectOperation.withConstant(bits, "XOR", "Associative", sign);
    ALL[arithmetic + 3] = VectorObjectOperation.unary(kind, "sqrt");
    for (int i = 0; i < FLOATING.length; i++) {
      ALL[arithmetic + 4 + i] = VectorObjectOperation.binary(kind, FLOATING[i]);
    }
    ALL[arithmetic + 8] = VectorObjectOperation.extreme(kind, "min");
    ALL[arithmetic + 9] = VectorObjectOperation.extreme(kind, "max");
    ALL[arithmetic + 10] = VectorObjectOperation.choice(kind, "GT");
    ALL[arithmetic + 11] = VectorObjectOperation.choice(kind, "LT");
  }

  private static void relaxed() {
    ALL[0x10d] = ALL[0xe8];
    ALL[0x10e] = ALL[0xe9];
    ALL[0x10f] = ALL[0xf4];
    ALL[0x110] = ALL[0xf5];
  }
}
