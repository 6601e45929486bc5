package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I64;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.UPPER_HALF;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import org.objectweb.asm.Opcodes;

/** Instructions on single lanes of vectors. */
final class VectorLanes {

  private static final int FIRST_SPLAT = 0x0f;
  private static final int FIRST_LANE = 0x15;
  private static final int LAST = 0x22;

  /** The numbers of bits of lanes, by shape: integers, then numbers of floating point. */
  private static final int[] BITS = {8, 16, 32, 64, 32, 64};

  static final int SHAPE_64 = 3;
  private static final int FLOAT = 4;
  private static final int DOUBLE = 5;

  private final BinaryCursor in;
  private final MethodBody method;
  private final InstructionBuffer code;

  VectorLanes(BinaryCursor in, MethodBody method) {
    this.in = in;
    this.method = method;
    this.code = method.code;
  }

  static boolean is(int number) {
    return number >= FIRST_SPLAT && number <= LAST;
  }

  void add(int number) {
    if (number < FIRST_LANE) {
      splat(number - FIRST_SPLAT);
      return;
    }
    switch (number) {
      case 0x15 -> extract(0, false);
      case 0x16 -> extract(0, true);
      case 0x17 -> replace(0);
      case 0x18 -> extract(1, false);
      case 0x19 -> extract(1, true);
      case 0x1a -> replace(1);
      default -> {
        int shape = 2 + (number - 0x1b) / 2;
        if ((number - 0x1b) % 2 == 0) {
          extract(shape, false);
        } else {
          replace(shape);
        }
      }
    }
  }

  private void call(String owner, String name, String descriptor) {
    this.code.add(Opcodes.INVOKESTATIC, new Member(owner, name, descriptor));
  }

  /** All lanes are what is on top. */
  void splat(int shape) {
    int start = this.method.popAll(1);
    switch (shape) {
      case 0, 1, 2 -> call(Names.LANE_SHAPES, "splat" + BITS[shape], "(I)J");
      case FLOAT -> call(Names.FLOAT_LANES, "splat", "(F)J");
      case DOUBLE -> call("java/lang/Double", "doubleToRawLongBits", "(D)J");
      default -> {}
    }
    this.code.add(Opcodes.DUP2);
    this.method.pushVector(this.code.isMuted() ? TypedStack.NONE : start);
  }

  private void extract(int shape, boolean unsigned) {
    extract(shape, unsigned, this.in.octet());
  }

  void extract(int shape, boolean unsigned, int lane) {
    this.method.vectors.toHalves(2);
    int start = this.method.popAll(2);
    int shift = lane * BITS[shape];
    if (shift >= Long.SIZE) {
      this.code.add(Opcodes.DUP2_X2);
      this.code.add(Opcodes.POP2);
    }
    this.code.add(Opcodes.POP2);
    if (shift % Long.SIZE > 0) {
      this.code.constant(shift % Long.SIZE);
      this.code.add(Opcodes.LUSHR);
    }
    fromBits(shape, unsigned);
    this.method.stack.push(
        VectorCompiler.laneType(shape), this.code.isMuted() ? TypedStack.NONE : start);
  }

  private void fromBits(int shape, boolean unsigned) {
    switch (shape) {
      case SHAPE_64 -> {}
      case DOUBLE -> call("java/lang/Double", "longBitsToDouble", "(J)D");
      default -> {
        this.code.add(Opcodes.L2I);
        narrow(shape, unsigned);
      }
    }
  }

  private void narrow(int shape, boolean unsigned) {
    switch (shape) {
      case 0 -> {
        if (unsigned) {
          this.code.constant(0xff);
          this.code.add(Opcodes.IAND);
        } else {
          this.code.add(Opcodes.I2B);
        }
      }
      case 1 -> this.code.add(unsigned ? Opcodes.I2C : Opcodes.I2S);
      case FLOAT -> call("java/lang/Float", "intBitsToFloat", "(I)F");
      default -> {}
    }
  }

  private void replace(int shape) {
    replace(shape, this.in.octet());
  }

  /** The value is on top, above both halves. */
  void replace(int shape, int lane) {
    this.method.vectors.toHalves(3);
    int start = this.method.popAll(3);
    int first = this.method.taken();
    int shift = lane * BITS[shape];
    toBits(shape);
    boolean upper = shift >= Long.SIZE;
    if (!upper) {
      this.method.save(I64, first + 2);
      this.method.save(UPPER_HALF, first + 1);
      this.method.load(I64, first + 2);
    }
    if (BITS[shape] == Long.SIZE) {
      this.code.add(Opcodes.DUP2_X2);
      this.code.add(Opcodes.POP2);
      this.code.add(Opcodes.POP2);
    } else {
      this.code.constant(shift % Long.SIZE);
      this.code.number(InstructionBuffer.LONG, (1L << BITS[shape]) - 1);
      call(Names.LANE_SHAPES, "replace", "(JJIJ)J");
    }
    if (!upper) {
      this.method.load(UPPER_HALF, first + 1);
    }
    this.method.pushVector(this.code.isMuted() ? TypedStack.NONE : start);
  }

  private void toBits(int shape) {
    switch (shape) {
      case SHAPE_64 -> {}
      case DOUBLE -> call("java/lang/Double", "doubleToRawLongBits", "(D)J");
      case FLOAT -> {
        call("java/lang/Float", "floatToRawIntBits", "(F)I");
        this.code.add(Opcodes.I2L);
      }
      default -> this.code.add(Opcodes.I2L);
    }
  }
}
