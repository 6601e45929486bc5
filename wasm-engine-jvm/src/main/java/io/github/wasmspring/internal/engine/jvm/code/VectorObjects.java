package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.code.VectorKind.BYTE;
import static io.github.wasmspring.internal.engine.jvm.code.VectorKind.FLOAT;
import static io.github.wasmspring.internal.engine.jvm.code.VectorKind.INT;
import static io.github.wasmspring.internal.engine.jvm.code.VectorKind.SHORT;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I32;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.internal.engine.jvm.module.ClassNames;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.Member;
import org.objectweb.asm.Opcodes;

/**
 * Instructions on vectors that are objects of the JDK's Vector API, as far as HotSpot makes few
 * instructions of the processor of what they become. What is missing here is done in halves.
 */
final class VectorObjects {

  private static final int LOAD = 0x00;
  private static final int FIRST_LOADED_SPLAT = 0x07;
  private static final int STORE = 0x0b;
  private static final int CONSTANT = 0x0c;
  private static final int SHUFFLE = 0x0d;
  private static final VectorKind LANES_64 = VectorKind.LONG;
  private static final int FIRST_SPLAT = 0x0f;
  private static final int BITSELECT = 0x52;

  /** By the shapes that splats stand for. */
  private static final VectorKind[] SHAPES = {
    VectorKind.BYTE,
    VectorKind.SHORT,
    VectorKind.INT,
    VectorKind.LONG,
    VectorKind.FLOAT,
    VectorKind.DOUBLE
  };

  private final BinaryCursor in;
  private final MethodBody method;
  private final InstructionBuffer code;
  private final AccessCompiler accesses;
  private final VectorObjectShapes shapes;

  VectorObjects(BinaryCursor in, MethodBody method, AccessCompiler accesses, ClassNames names) {
    this.shapes = new VectorObjectShapes(method, names);
    this.in = in;
    this.method = method;
    this.code = method.code;
    this.accesses = accesses;
  }

  /**
   * @return {@code false} if it is to be done in halves, and nothing was done
   */
  boolean add(int number) {
    VectorObjectOperation operation = VectorObjectOperations.of(number);
    if (operation != null) {
      whole(operation);
      return true;
    }
    if (number >= FIRST_SPLAT && number < FIRST_SPLAT + SHAPES.length) {
      splat(SHAPES[number - FIRST_SPLAT]);
      return true;
    }
    if (number >= FIRST_LOADED_SPLAT && number < FIRST_LOADED_SPLAT + 4) {
      this.accesses.readPlace();
      this.accesses.access(VectorAccesses.ofLane(number - FIRST_LOADED_SPLAT));
      splat(SHAPES[number - FIRST_LOADED_SPLAT]);
      return true;
    }
    switch (number) {
      case LOAD -> access(MemoryAccess.VECTOR_LOAD);
      case STORE -> access(MemoryAccess.VECTOR_STORE);
      case CONSTANT -> constant();
      case BITSELECT, 0x109, 0x10a, 0x10b, 0x10c -> bitselect();
      case 0x15 -> extract(VectorKind.BYTE, false);
      case 0x16 -> extract(VectorKind.BYTE, true);
      case 0x17 -> replace(VectorKind.BYTE);
      case 0x18 -> extract(VectorKind.SHORT, false);
      case 0x19 -> extract(VectorKind.SHORT, true);
      case 0x1a -> replace(VectorKind.SHORT);
      case 0x1b -> extract(VectorKind.INT, false);
      case 0x1c -> replace(VectorKind.INT);
      case 0x1d -> extract(VectorKind.LONG, false);
      case 0x1e -> replace(VectorKind.LONG);
      case 0x1f -> extract(VectorKind.FLOAT, false);
      case 0x20 -> replace(VectorKind.FLOAT);
      case 0x21 -> extract(VectorKind.DOUBLE, false);
      case 0x22 -> replace(VectorKind.DOUBLE);
      case SHUFFLE -> shuffle();
      default -> {
        return shaped(number);
      }
    }
    return true;
  }

  private boolean shaped(int number) {
    switch (number) {
      case 0x0e, 0x100 -> two(BYTE, BYTE, () -> this.shapes.swizzle(this.method.taken()));
      case 0x65 -> two(SHORT, BYTE, () -> this.shapes.narrow(SHORT, -0x80, 0x7f));
      case 0x66 -> two(SHORT, BYTE, () -> this.shapes.narrow(SHORT, 0, 0xff));
      case 0x85 -> two(INT, BYTE, () -> this.shapes.narrow(INT, -0x8000, 0x7fff));
      case 0x86 -> two(INT, BYTE, () -> this.shapes.narrow(INT, 0, 0xffff));
      case 0x70 -> two(BYTE, BYTE, () -> this.shapes.addSaturated(BYTE));
      case 0x90 -> two(SHORT, SHORT, () -> this.shapes.addSaturated(SHORT));
      case 0x73 -> two(BYTE, BYTE, () -> this.shapes.subtractSaturated(BYTE));
      case 0x93 -> two(SHORT, SHORT, () -> this.shapes.subtractSaturated(SHORT));
      case 0x7c, 0x7d -> one(SHORT, SHORT, () -> this.shapes.addPairs(SHORT, number == 0x7c));
      case 0x7e, 0x7f -> one(INT, INT, () -> this.shapes.addPairs(INT, number == 0x7e));
      case 0x87, 0x88, 0x89, 0x8a -> extend(BYTE, SHORT, number - 0x87);
      case 0xa7, 0xa8, 0xa9, 0xaa -> extend(SHORT, INT, number - 0xa7);
      case 0xc7, 0xc8, 0xc9, 0xca -> extend(INT, LANES_64, number - 0xc7);
      case 0x9c, 0x9d, 0x9e, 0x9f -> multiply(BYTE, SHORT, number - 0x9c);
      case 0xbc, 0xbd, 0xbe, 0xbf -> multiply(SHORT, INT, number - 0xbc);
      case 0xba -> two(INT, INT, () -> this.shapes.dot(this.method.taken()));
      case 0xf8, 0x101 -> one(FLOAT, INT, () -> this.shapes.convert("F2I", FLOAT, INT));
      case 0xfa -> one(INT, FLOAT, () -> this.shapes.convert("I2F", INT, FLOAT));
      case 0x105, 0x106 -> multiplyAndAdd(FLOAT, number == 0x106);
      case 0x107, 0x108 -> multiplyAndAdd(VectorKind.DOUBLE, number == 0x108);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void shaped(int operands, VectorKind takes, VectorKind gives, Runnable work) {
    this.method.vectors.to(takes, operands);
    int start = this.method.popAll(operands);
    work.run();
    this.method.pushVector(gives, reached(start));
  }

  private void one(VectorKind takes, VectorKind gives, Runnable work) {
    shaped(2, takes, gives, work);
  }

  private void two(VectorKind takes, VectorKind gives, Runnable work) {
    shaped(4, takes, gives, work);
  }

  /**
   * @param form lower or upper half with a sign, then without
   */
  private void extend(VectorKind from, VectorKind to, int form) {
    one(from, to, () -> this.shapes.extend(from, to, form % 2 == 1, form < 2));
  }

  private void multiply(VectorKind from, VectorKind to, int form) {
    two(
        from,
        to,
        () -> {
          this.shapes.extendBoth(from, to, form % 2 == 1, form < 2);
          this.code.add(Opcodes.INVOKEVIRTUAL, to.binary("mul"));
        });
  }

  private void multiplyAndAdd(VectorKind kind, boolean negated) {
    shaped(6, kind, kind, () -> this.shapes.multiplyAndAdd(kind, this.method.taken(), negated));
  }

  private void shuffle() {
    int[] lanes = new int[2 * Long.BYTES];
    boolean same = areSame();
    for (int i = 0; i < lanes.length; i++) {
      int lane = this.in.octet();
      lanes[i] = same ? lane % lanes.length : lane;
    }
    two(BYTE, BYTE, () -> this.shapes.shuffleBoth(lanes));
  }

  /** Whether both vectors on top come from the same local variable. */
  private boolean areSame() {
    int second = this.method.stack.height() - 2;
    int first = second - 2;
    if (this.code.isMuted() || first < 0) {
      return false;
    }
    int local = this.method.stack.local(first);
    return local != TypedStack.NONE
        && local == this.method.stack.local(second)
        && this.method.stack.version(first) == this.method.stack.version(second);
  }

  private void access(MemoryAccess access) {
    this.accesses.readPlace();
    this.accesses.accessObject(access);
  }

  private int reached(int start) {
    return this.code.isMuted() ? TypedStack.NONE : start;
  }

  private void whole(VectorObjectOperation operation) {
    int operands = operation.vectors() * 2 + (operation.isShift() ? 1 : 0);
    this.method.vectors.to(operation.takes(), operands);
    int start = this.method.popAll(operands);
    operation.write(this.code);
    this.method.pushVector(operation.gives(), reached(start));
  }

  private void constant() {
    long low = GuestModule.bits(this.in, Long.BYTES);
    long high = GuestModule.bits(this.in, Long.BYTES);
    int start = this.code.add(Opcodes.GETSTATIC, VectorKind.LONG.species());
    if (low == 0 && high == 0) {
      this.code.add(Opcodes.INVOKESTATIC, VectorKind.LONG.zero());
    } else {
      this.code.number(InstructionBuffer.LONG, low);
      this.code.add(Opcodes.INVOKESTATIC, VectorKind.LONG.broadcast());
    }
    if (low != high) {
      this.code.constant(1);
      this.code.number(InstructionBuffer.LONG, high);
      this.code.add(Opcodes.INVOKEVIRTUAL, VectorKind.LONG.withLane());
    }
    this.method.pushVector(VectorKind.LONG, start);
  }

  /** The lane is on top, as the type that it has for the JVM. */
  private void splat(VectorKind lanes) {
    VectorKind kind = lanes.ofIntegers();
    int start = this.method.popAll(1);
    toBits(lanes);
    this.code.add(Opcodes.GETSTATIC, kind.species());
    below(kind);
    this.code.add(Opcodes.INVOKESTATIC, kind.broadcast());
    this.method.pushVector(kind, reached(start));
  }

  /** What a lane of integers takes: the API has but one NaN where it takes a number. */
  private void toBits(VectorKind kind) {
    switch (kind) {
      case BYTE -> this.code.add(Opcodes.I2B);
      case SHORT -> this.code.add(Opcodes.I2S);
      case FLOAT -> convert("java/lang/Float", "floatToRawIntBits", "(F)I");
      case DOUBLE -> convert("java/lang/Double", "doubleToRawLongBits", "(D)J");
      default -> {}
    }
  }

  private void fromBits(VectorKind kind, boolean unsigned) {
    switch (kind) {
      case BYTE -> {
        if (unsigned) {
          this.code.constant(0xff);
          this.code.add(Opcodes.IAND);
        }
      }
      case SHORT -> {
        if (unsigned) {
          this.code.add(Opcodes.I2C);
        }
      }
      case FLOAT -> convert("java/lang/Float", "intBitsToFloat", "(I)F");
      case DOUBLE -> convert("java/lang/Double", "longBitsToDouble", "(J)D");
      default -> {}
    }
  }

  private void convert(String owner, String name, String descriptor) {
    this.code.add(Opcodes.INVOKESTATIC, new Member(owner, name, descriptor));
  }

  /** Puts what has one word below a lane. */
  private void below(VectorKind kind) {
    if (kind.bits() == Long.SIZE) {
      this.code.add(Opcodes.DUP_X2);
      this.code.add(Opcodes.POP, 1 + FunctionSignature.EXNREF);
    } else {
      this.code.add(Opcodes.SWAP, 1);
    }
  }

  private void extract(VectorKind lanes, boolean unsigned) {
    VectorKind kind = lanes.ofIntegers();
    int lane = this.in.octet();
    this.method.vectors.to(kind, 2);
    int start = this.method.popAll(2);
    this.code.constant(lane);
    this.code.add(Opcodes.INVOKEVIRTUAL, kind.extract());
    fromBits(lanes, unsigned);
    this.method.stack.push(type(lanes), reached(start));
  }

  private static int type(VectorKind kind) {
    return switch (kind) {
      case LONG -> FunctionSignature.I64;
      case FLOAT -> FunctionSignature.F32;
      case DOUBLE -> FunctionSignature.F64;
      default -> I32;
    };
  }

  private void replace(VectorKind lanes) {
    VectorKind kind = lanes.ofIntegers();
    int lane = this.in.octet();
    this.method.vectors.to(kind, 3);
    int start = this.method.popAll(3);
    toBits(lanes);
    this.code.constant(lane);
    below(kind);
    this.code.add(Opcodes.INVOKEVIRTUAL, kind.withLane());
    this.method.pushVector(kind, reached(start));
  }

  /** Of each bit the second unless the third has a one: it is left by an exclusive or. */
  private void bitselect() {
    this.method.vectors.to(VectorKind.LONG, 6);
    int start = this.method.popAll(6);
    int first = this.method.taken();
    Member and = VectorKind.LONG.binary("and");
    int mask = this.method.locals.home(first + 4);
    int second = this.method.locals.home(first + 2);
    this.code.add(Opcodes.ASTORE, mask);
    this.code.add(Opcodes.ASTORE, second);
    xor(second);
    this.code.add(Opcodes.ALOAD, mask);
    this.code.add(Opcodes.INVOKEVIRTUAL, and);
    xor(second);
    this.method.pushVector(VectorKind.LONG, reached(start));
  }

  private void xor(int variable) {
    this.code.add(Opcodes.GETSTATIC, VectorKind.operator("XOR", "Associative"));
    this.code.add(Opcodes.ALOAD, variable);
    this.code.add(Opcodes.INVOKEVIRTUAL, VectorKind.LONG.lanewise());
  }
}
