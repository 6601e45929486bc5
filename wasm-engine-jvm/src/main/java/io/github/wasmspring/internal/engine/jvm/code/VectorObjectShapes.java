package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.code.VectorKind.BYTE;
import static io.github.wasmspring.internal.engine.jvm.code.VectorKind.INT;
import static io.github.wasmspring.internal.engine.jvm.code.VectorKind.LONG;
import static io.github.wasmspring.internal.engine.jvm.code.VectorKind.SHORT;

import io.github.wasmspring.internal.engine.jvm.module.ClassNames;
import io.github.wasmspring.internal.engine.jvm.module.Member;
import org.objectweb.asm.Opcodes;

/**
 * What moves lanes of vectors that are objects, or makes them wider or narrower, which the Vector
 * API can do in one step only slowly: by shuffles that are constants, and shifts.
 */
final class VectorObjectShapes {

  private static final int LANES = 16;

  private final MethodBody method;
  private final InstructionBuffer code;
  private final ClassNames names;

  VectorObjectShapes(MethodBody method, ClassNames names) {
    this.method = method;
    this.code = method.code;
    this.names = names;
  }

  private void call(Member member) {
    this.code.add(Opcodes.INVOKEVIRTUAL, member);
  }

  /** Of what is on top, as another kind from now on. */
  void as(VectorKind from, VectorKind to) {
    if (from != to) {
      call(to.reinterpret(from));
    }
  }

  /** A vector whose lanes are all the same. */
  void constant(VectorKind kind, long lane) {
    this.code.add(Opcodes.GETSTATIC, kind.species());
    if (kind == LONG) {
      this.code.number(InstructionBuffer.LONG, lane);
    } else {
      this.code.constant((int) lane);
    }
    this.code.add(Opcodes.INVOKESTATIC, kind.broadcast());
  }

  /** Shifts all lanes of what is on top. */
  void shift(VectorKind kind, String operator, int by) {
    this.code.add(Opcodes.GETSTATIC, VectorKind.operator(operator, "Binary"));
    if (kind == LONG) {
      this.code.number(InstructionBuffer.LONG, by);
    } else {
      this.code.constant(by);
    }
    call(kind.shift());
  }

  /**
   * Of one vector, of bytes.
   *
   * @param lanes 0 to 15
   */
  void shuffle(int[] lanes) {
    this.code.add(Opcodes.GETSTATIC, shuffleOf(BYTE, lanes));
    call(BYTE.rearrange());
  }

  private Member shuffleOf(VectorKind kind, int[] lanes) {
    StringBuilder name = new StringBuilder(ClassNames.SHUFFLE).append(kind.lane());
    for (int lane : lanes) {
      name.append(Character.forDigit(lane, LANES));
    }
    return new Member(this.names.of(name.toString()), "VALUE", VectorKind.SHUFFLE);
  }

  /**
   * Of two vectors on top, of bytes; gives one of bytes.
   *
   * @param lanes 0 to 31
   */
  void shuffleBoth(int[] lanes) {
    boolean first = false;
    boolean second = false;
    int[] within = new int[LANES];
    long[] mask = new long[2];
    for (int i = 0; i < LANES; i++) {
      first |= lanes[i] < LANES;
      second |= lanes[i] >= LANES;
      within[i] = lanes[i] % LANES;
      mask[i / 8] |= lanes[i] < LANES ? 0xffL << 8 * (i % 8) : 0;
    }
    if (!second) {
      this.code.add(Opcodes.POP, 1);
      rearrange(within);
    } else if (!first) {
      this.code.add(Opcodes.SWAP, 1);
      this.code.add(Opcodes.POP, 1);
      rearrange(within);
    } else {
      rearrange(within);
      masked(~mask[0], ~mask[1]);
      this.code.add(Opcodes.SWAP, 1);
      rearrange(within);
      masked(mask[0], mask[1]);
      call(LONG.binary("or"));
      as(LONG, BYTE);
    }
  }

  /** As lanes of four bytes where they stay together, which takes the processor less. */
  private void rearrange(int[] lanes) {
    int[] wide = new int[LANES / 4];
    for (int i = 0; i < LANES; i++) {
      wide[i / 4] = lanes[i] / 4;
    }
    for (int i = 0; i < LANES; i++) {
      if (lanes[i] != 4 * wide[i / 4] + i % 4) {
        shuffle(lanes);
        return;
      }
    }
    as(BYTE, INT);
    this.code.add(Opcodes.GETSTATIC, shuffleOf(INT, wide));
    call(INT.rearrange());
    as(INT, BYTE);
  }

  /** Makes of bytes what is left under a mask, as two numbers. */
  private void masked(long low, long high) {
    as(BYTE, LONG);
    constant(LONG, low);
    if (low != high) {
      this.code.constant(1);
      this.code.number(InstructionBuffer.LONG, high);
      call(LONG.withLane());
    }
    call(LONG.binary("and"));
  }

  /** Lanes by the bytes of the second vector; what is too big gives 0. */
  void swizzle(int first) {
    int lanes = this.method.locals.home(first + 2);
    int vector = this.method.locals.home(first);
    this.code.add(Opcodes.ASTORE, lanes);
    this.code.add(Opcodes.ASTORE, vector);
    constant(BYTE, 0);
    this.code.add(Opcodes.ALOAD, lanes);
    constant(BYTE, LANES - 1);
    call(BYTE.binary("and"));
    this.code.add(Opcodes.ALOAD, vector);
    call(BYTE.selectFrom());
    this.code.add(Opcodes.ALOAD, lanes);
    this.code.add(
        Opcodes.GETSTATIC,
        VectorKind.operator(VectorObjectOperations.UNSIGNED + "LT", "Comparison"));
    constant(BYTE, LANES);
    call(BYTE.compare());
    call(BYTE.blend());
  }

  /** Makes the lanes of one half, of a kind, twice as wide. */
  void extend(VectorKind from, VectorKind to, boolean upper, boolean signed) {
    int bytes = from.bits() / 8;
    int[] lanes = new int[LANES];
    for (int i = 0; i < LANES; i++) {
      lanes[i] = (upper ? 8 : 0) + i / (2 * bytes) * bytes + i % bytes;
    }
    as(from, BYTE);
    rearrange(lanes);
    as(BYTE, to);
    shift(to, signed ? "ASHR" : "LSHR", from.bits());
  }

  /** The same for both vectors on top. */
  void extendBoth(VectorKind from, VectorKind to, boolean upper, boolean signed) {
    extend(from, to, upper, signed);
    this.code.add(Opcodes.SWAP, 1);
    extend(from, to, upper, signed);
  }

  /** Sums of two neighbours, as wider lanes. */
  void addPairs(VectorKind to, boolean signed) {
    int half = to.bits() / 2;
    this.code.add(Opcodes.DUP);
    split(to, half, signed);
  }

  private void split(VectorKind to, int half, boolean signed) {
    even(to, half, signed);
    this.code.add(Opcodes.SWAP, 1);
    shift(to, signed ? "ASHR" : "LSHR", half);
    call(to.binary("add"));
  }

  private void even(VectorKind to, int half, boolean signed) {
    shift(to, "LSHL", half);
    shift(to, signed ? "ASHR" : "LSHR", half);
  }

  /** Sums of products of two neighbours of 16 bits. */
  void dot(int first) {
    int a = this.method.locals.home(first);
    int b = this.method.locals.home(first + 2);
    this.code.add(Opcodes.ASTORE, b);
    this.code.add(Opcodes.ASTORE, a);
    for (int variable : new int[] {a, b}) {
      this.code.add(Opcodes.ALOAD, variable);
      even(INT, SHORT.bits(), true);
    }
    call(INT.binary("mul"));
    for (int variable : new int[] {a, b}) {
      this.code.add(Opcodes.ALOAD, variable);
      shift(INT, "ASHR", SHORT.bits());
    }
    call(INT.binary("mul"));
    call(INT.binary("add"));
  }

  /** The lanes of two vectors, half as wide, as far as they fit. */
  void narrow(VectorKind from, int least, int most) {
    clamp(from, least, most);
    this.code.add(Opcodes.SWAP, 1);
    clamp(from, least, most);
    this.code.add(Opcodes.SWAP, 1);
    int bytes = from.bits() / 16;
    int[] lanes = new int[LANES];
    for (int i = 0; i < LANES; i++) {
      lanes[i] = i / bytes * 2 * bytes + i % bytes;
    }
    shuffleBoth(lanes);
  }

  private void clamp(VectorKind kind, int least, int most) {
    constant(kind, least);
    call(kind.binary("max"));
    constant(kind, most);
    call(kind.binary("min"));
    as(kind, BYTE);
  }

  /** Of integers to numbers of floating point, or back; what does not fit saturates. */
  void convert(String conversion, VectorKind from, VectorKind to) {
    this.code.add(Opcodes.GETSTATIC, VectorKind.operator(conversion, "Conversion"));
    this.code.constant(0);
    call(from.convert());
    this.code.add(Opcodes.CHECKCAST, to.zero());
  }

  /** Products and sums, rounded twice. */
  void multiplyAndAdd(VectorKind kind, int first, boolean negated) {
    int sum = this.method.locals.home(first + 4);
    this.code.add(Opcodes.ASTORE, sum);
    call(kind.binary("mul"));
    this.code.add(Opcodes.ALOAD, sum);
    if (negated) {
      this.code.add(Opcodes.SWAP, 1);
      call(kind.binary("sub"));
    } else {
      call(kind.binary("add"));
    }
  }

  /** Sums that stay at the greatest number, without a sign. */
  void addSaturated(VectorKind kind) {
    // The lesser of the second, and of what is left above the first.
    this.code.add(Opcodes.SWAP, 1);
    this.code.add(Opcodes.DUP_X1);
    this.code.add(Opcodes.GETSTATIC, VectorKind.operator("XOR", "Associative"));
    constant(kind, -1);
    call(kind.lanewise());
    chosen(kind, "GT");
    call(kind.binary("add"));
  }

  /** Differences that stay at 0, without a sign. */
  void subtractSaturated(VectorKind kind) {
    this.code.add(Opcodes.DUP_X1);
    chosen(kind, "LT");
    this.code.add(Opcodes.SWAP, 1);
    call(kind.binary("sub"));
  }

  private void chosen(VectorKind kind, String comparison) {
    VectorObjectOperation.choice(kind, VectorObjectOperations.UNSIGNED + comparison)
        .write(this.code);
  }
}
