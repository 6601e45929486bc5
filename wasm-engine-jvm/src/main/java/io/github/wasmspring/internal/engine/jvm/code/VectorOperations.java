package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.Names.DOUBLE_LANES;
import static io.github.wasmspring.internal.engine.jvm.module.Names.FLOAT_LANES;
import static io.github.wasmspring.internal.engine.jvm.module.Names.INTEGER_LANES;
import static io.github.wasmspring.internal.engine.jvm.module.Names.LANE_PRODUCTS;
import static io.github.wasmspring.internal.engine.jvm.module.Names.LANE_SHAPES;

import io.github.wasmspring.internal.engine.jvm.code.VectorOperation.Form;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/**
 * The instructions that take vectors and give one, by their numbers behind the prefix. Relaxed ones
 * do what the others do: what the specification's deterministic profile chooses.
 */
final class VectorOperations {

  static final long SIGNS_8 = 0x8080808080808080L;
  static final long SIGNS_16 = 0x8000800080008000L;
  static final long SIGNS_32 = 0x8000000080000000L;
  static final long SIGNS_64 = 0x8000000000000000L;

  private static final String[] COMPARISONS = {
    "eq", "ne", "ltS", "ltU", "gtS", "gtU", "leS", "leU", "geS", "geU"
  };
  private static final String[] FLOAT_COMPARISONS = {"eq", "ne", "lt", "gt", "le", "ge"};
  private static final String[] SHIFTS = {"shl", "shrS", "shrU"};
  private static final String[] SUMS = {"add", "addSatS", "addSatU", "sub", "subSatS", "subSatU"};
  private static final String[] EXTREMES = {"minS", "minU", "maxS", "maxU"};
  private static final String[] FLOAT_ARITHMETIC = {
    "add", "sub", "mul", "div", "min", "max", "pmin", "pmax"
  };

  private static final @Nullable VectorOperation[] ALL = new VectorOperation[0x114];

  static {
    bits();
    integers(0x23, 0x60, 0x6b, 0x76, SIGNS_8);
    integers(0x2d, 0x80, 0x8b, 0x96, SIGNS_16);
    integers(0x37, 0xa0, 0xab, 0xb6, SIGNS_32);
    longs();
    single(0x62, Form.ONE, INTEGER_LANES, "popcnt");
    ALL[0x7b] = VectorOperation.call(Form.TWO, INTEGER_LANES, "avgrU", SIGNS_8);
    ALL[0x9b] = VectorOperation.call(Form.TWO, INTEGER_LANES, "avgrU", SIGNS_16);
    shapes();
    products();
    floats();
    conversions();
    relaxed();
  }

  private VectorOperations() {}

  /** {@code null} if the instruction is none of them. */
  static @Nullable VectorOperation of(int number) {
    return number < ALL.length ? ALL[number] : null;
  }

  private static void single(int number, Form form, String owner, String name) {
    ALL[number] = VectorOperation.call(form, owner, name);
  }

  private static void series(int first, Form form, String owner, String... names) {
    for (int i = 0; i < names.length; i++) {
      single(first + i, form, owner, names[i]);
    }
  }

  private static void series(int first, Form form, long signs, String... names) {
    for (int i = 0; i < names.length; i++) {
      ALL[first + i] = VectorOperation.call(form, INTEGER_LANES, names[i], signs);
    }
  }

  private static void bits() {
    ALL[0x4d] = VectorOperation.plain(Form.ONE, Opcodes.LXOR, -1);
    ALL[0x4e] = VectorOperation.plain(Form.TWO, Opcodes.LAND);
    single(0x4f, Form.TWO, LANE_SHAPES, "andnot");
    ALL[0x50] = VectorOperation.plain(Form.TWO, Opcodes.LOR);
    ALL[0x51] = VectorOperation.plain(Form.TWO, Opcodes.LXOR);
    single(0x52, Form.THREE, LANE_SHAPES, "bitselect");
  }

  /**
   * @param comparisons the number of the first of them, and so on
   * @param signs see {@link VectorOperation}
   */
  private static void integers(int comparisons, int unary, int shifts, int extremes, long signs) {
    series(comparisons, Form.TWO, signs, COMPARISONS);
    series(unary, Form.ONE, signs, "abs", "neg");
    series(shifts, Form.SHIFT, signs, SHIFTS);
    for (int i = 0; i < SUMS.length; i++) {
      if (signs != SIGNS_32 || i % 3 == 0) {
        series(shifts + SHIFTS.length + i, Form.TWO, signs, SUMS[i]);
      }
    }
    series(extremes, Form.TWO, signs, EXTREMES);
  }

  private static void longs() {
    series(0xc0, Form.ONE, SIGNS_64, "abs");
    ALL[0xc1] = VectorOperation.plain(Form.ONE, Opcodes.LNEG);
    ALL[0xcb] = VectorOperation.plain(Form.SHIFT, Opcodes.LSHL);
    ALL[0xcc] = VectorOperation.plain(Form.SHIFT, Opcodes.LSHR);
    ALL[0xcd] = VectorOperation.plain(Form.SHIFT, Opcodes.LUSHR);
    ALL[0xce] = VectorOperation.plain(Form.TWO, Opcodes.LADD);
    ALL[0xd1] = VectorOperation.plain(Form.TWO, Opcodes.LSUB);
    ALL[0xd5] = VectorOperation.plain(Form.TWO, Opcodes.LMUL);
    series(0xd6, Form.TWO, SIGNS_64, "eq", "ne", "ltS", "gtS", "leS", "geS");
  }

  private static void shapes() {
    single(0x0e, Form.CHOICE, LANE_SHAPES, "swizzle");
    series(0x65, Form.NARROW, LANE_SHAPES, "narrow16S", "narrow16U");
    series(0x85, Form.NARROW, LANE_SHAPES, "narrow32S", "narrow32U");
    int first = 0x87;
    for (String lanes : new String[] {"8", "16", "32"}) {
      single(first, Form.LOWER, LANE_SHAPES, "extend" + lanes + "S");
      single(first + 1, Form.UPPER, LANE_SHAPES, "extend" + lanes + "S");
      single(first + 2, Form.LOWER, LANE_SHAPES, "extend" + lanes + "U");
      single(first + 3, Form.UPPER, LANE_SHAPES, "extend" + lanes + "U");
      first += 0x20;
    }
  }

  private static void products() {
    series(0x7c, Form.ONE, LANE_PRODUCTS, "extadd8S", "extadd8U", "extadd16S", "extadd16U");
    single(0x82, Form.TWO, LANE_PRODUCTS, "q15mulrSatS");
    single(0x95, Form.TWO, LANE_PRODUCTS, "mul16");
    single(0xb5, Form.TWO, LANE_PRODUCTS, "mul32");
    single(0xba, Form.TWO, LANE_PRODUCTS, "dot16");
    int first = 0x9c;
    for (String lanes : new String[] {"8", "16", "32"}) {
      single(first, Form.LOWER_OF_TWO, LANE_PRODUCTS, "extmul" + lanes + "S");
      single(first + 1, Form.UPPER_OF_TWO, LANE_PRODUCTS, "extmul" + lanes + "S");
      single(first + 2, Form.LOWER_OF_TWO, LANE_PRODUCTS, "extmul" + lanes + "U");
      single(first + 3, Form.UPPER_OF_TWO, LANE_PRODUCTS, "extmul" + lanes + "U");
      first += 0x20;
    }
  }

  private static void floats() {
    series(0x41, Form.TWO, FLOAT_LANES, FLOAT_COMPARISONS);
    series(0x47, Form.TWO, DOUBLE_LANES, FLOAT_COMPARISONS);
    series(0x67, Form.ONE, FLOAT_LANES, "ceil", "floor", "truncate", "nearest");
    series(0x74, Form.ONE, DOUBLE_LANES, "ceil", "floor");
    single(0x7a, Form.ONE, DOUBLE_LANES, "truncate");
    single(0x94, Form.ONE, DOUBLE_LANES, "nearest");
    ALL[0xe0] = VectorOperation.plain(Form.ONE, Opcodes.LAND, ~SIGNS_32);
    ALL[0xe1] = VectorOperation.plain(Form.ONE, Opcodes.LXOR, SIGNS_32);
    single(0xe3, Form.ONE, FLOAT_LANES, "sqrt");
    series(0xe4, Form.TWO, FLOAT_LANES, FLOAT_ARITHMETIC);
    ALL[0xec] = VectorOperation.plain(Form.ONE, Opcodes.LAND, ~SIGNS_64);
    ALL[0xed] = VectorOperation.plain(Form.ONE, Opcodes.LXOR, SIGNS_64);
    single(0xef, Form.ONE, DOUBLE_LANES, "sqrt");
    series(0xf0, Form.TWO, DOUBLE_LANES, FLOAT_ARITHMETIC);
  }

  private static void conversions() {
    single(0x5e, Form.NARROW_AND_ZERO, FLOAT_LANES, "demote");
    single(0x5f, Form.LOWER, DOUBLE_LANES, "promote");
    series(0xf8, Form.ONE, FLOAT_LANES, "toInts", "toUnsignedInts", "ofInts", "ofUnsignedInts");
    series(0xfc, Form.NARROW_AND_ZERO, DOUBLE_LANES, "toInts", "toUnsignedInts");
    series(0xfe, Form.LOWER, DOUBLE_LANES, "ofInt", "ofUnsignedInt");
  }

  private static void relaxed() {
    ALL[0x100] = ALL[0x0e];
    ALL[0x101] = ALL[0xf8];
    ALL[0x102] = ALL[0xf9];
    ALL[0x103] = ALL[0xfc];
    ALL[0x104] = ALL[0xfd];
    series(0x105, Form.THREE, FLOAT_LANES, "madd", "nmadd");
    series(0x107, Form.THREE, DOUBLE_LANES, "madd", "nmadd");
    for (int i = 0x109; i <= 0x10c; i++) {
      ALL[i] = ALL[0x52];
    }
    ALL[0x10d] = ALL[0xe8];
    ALL[0x10e] = ALL[0xe9];
    ALL[0x10f] = ALL[0xf4];
    ALL[0x110] = ALL[0xf5];
    ALL[0x111] = ALL[0x82];
    single(0x112, Form.TWO, LANE_PRODUCTS, "relaxedDot8");
    single(0x113, Form.THREE, LANE_PRODUCTS, "relaxedDotAdd8");
  }
}
