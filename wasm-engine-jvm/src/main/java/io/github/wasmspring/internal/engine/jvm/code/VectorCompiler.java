package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.F32;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.F64;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I32;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I64;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.UPPER_HALF;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.internal.engine.jvm.module.ClassNames;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import io.github.wasmspring.internal.engine.jvm.module.VectorUse;
import org.objectweb.asm.Opcodes;

/**
 * Instructions on vectors, which are two {@code long}s, the lower half first: each half of a result
 * is made for itself, so that there are no objects.
 */
final class VectorCompiler {

  private static final int LAST_ACCESS = 0x0b;
  private static final int CONSTANT = 0x0c;
  private static final int SHUFFLE = 0x0d;
  private static final int ANY_TRUE = 0x53;
  private static final int FEW = 16;

  private final BinaryCursor in;
  private final MethodBody method;
  private final InstructionBuffer code;
  private final VectorLanes lanes;
  private final VectorAccesses accesses;
  private final VectorObjects objects;
  private boolean usesObjects;
  private int count;
  private boolean inLoops;

  VectorCompiler(BinaryCursor in, MethodBody method, AccessCompiler accesses, ClassNames names) {
    this.in = in;
    this.method = method;
    this.code = method.code;
    this.lanes = new VectorLanes(in, method);
    this.accesses = new VectorAccesses(in, method, accesses, this.lanes, this);
    this.objects = new VectorObjects(in, method, accesses, names);
  }

  /** Begins with a method. */
  void begin() {
    this.count = 0;
    this.inLoops = false;
  }

  /** Whether vectors are objects from now on where an instruction can work on those. */
  void useObjects(boolean use) {
    this.usesObjects = use;
  }

  /** Whether the method that was made has so much to do with vectors that they may be objects. */
  boolean areWorthObjects(VectorUse use) {
    return switch (use) {
      case OBJECTS -> this.inLoops || this.count >= FEW;
      case OBJECTS_EVERYWHERE -> true;
      default -> false;
    };
  }

  /**
   * @param number behind the prefix 0xfd
   */
  void add(int number) {
    this.count++;
    this.inLoops |= this.method.blocks.loops() > 0;
    if (this.usesObjects && this.objects.add(number)) {
      return;
    }
    VectorOperation operation = VectorOperations.of(number);
    if (operation != null) {
      whole(operation);
    } else if (number <= LAST_ACCESS || VectorAccesses.is(number)) {
      this.accesses.add(number);
    } else if (number == CONSTANT) {
      int start = this.code.number(InstructionBuffer.LONG, GuestModule.bits(this.in, Long.BYTES));
      this.code.number(InstructionBuffer.LONG, GuestModule.bits(this.in, Long.BYTES));
      this.method.pushVector(start);
    } else if (number == SHUFFLE) {
      new VectorShuffle(this.in, this.method).add();
    } else if (VectorLanes.is(number)) {
      this.lanes.add(number);
    } else {
      test(number);
    }
  }

  /** Takes vectors, and gives one. */
  void whole(VectorOperation operation) {
    VectorOperation.Form form = operation.form();
    boolean shift = form == VectorOperation.Form.SHIFT;
    this.method.vectors.toHalves(2 * form.vectors() + (shift ? 1 : 0));
    int start = this.method.popAll(2 * form.vectors() + (shift ? 1 : 0));
    int first = this.method.taken();
    if (shift) {
      this.method.save(I32, first + 2);
    }
    for (int i = form.vectors() - 1; i >= 0; i--) {
      this.method.saveVector(first + 2 * i);
    }
    half(operation, first, 0);
    operation.write(this.code);
    if (form == VectorOperation.Form.NARROW_AND_ZERO) {
      this.code.number(InstructionBuffer.LONG, 0);
    } else {
      half(operation, first, 1);
      operation.write(this.code);
    }
    this.method.pushVector(this.code.isMuted() ? TypedStack.NONE : start);
  }

  /**
   * Puts on the stack what a half depends on.
   *
   * @param first where the operands are
   * @param half 0 for the lower one
   */
  private void half(VectorOperation operation, int first, int half) {
    switch (operation.form()) {
      case ONE -> load(first + half);
      case TWO -> load(first + half, first + 2 + half);
      case THREE -> load(first + half, first + 2 + half, first + 4 + half);
      case SHIFT -> {
        load(first + half);
        this.method.load(I32, first + 2);
      }
      case LOWER -> loadQuarter(first, half);
      case UPPER -> loadQuarter(first + 1, half);
      case LOWER_OF_TWO -> {
        loadQuarter(first, half);
        loadQuarter(first + 2, half);
      }
      case UPPER_OF_TWO -> {
        loadQuarter(first + 1, half);
        loadQuarter(first + 3, half);
      }
      case NARROW -> load(first + 2 * half, first + 2 * half + 1);
      case NARROW_AND_ZERO -> load(first, first + 1);
      case CHOICE -> load(first, first + 1, first + 2 + half);
      default -> throw new IllegalArgumentException(operation.toString());
    }
  }

  private void load(int... homes) {
    for (int home : homes) {
      this.method.load(I64, home);
    }
  }

  private void loadQuarter(int home, int quarter) {
    load(home);
    if (quarter == 1) {
      this.code.constant(Integer.SIZE);
      this.code.add(Opcodes.LUSHR);
    }
  }

  private void test(int number) {
    this.method.vectors.toHalves(2);
    int start = this.method.popAll(2);
    int home = this.method.taken();
    switch (number) {
      case ANY_TRUE ->
          this.code.add(Opcodes.INVOKESTATIC, new Member(Names.INTEGER_LANES, "anyTrue", "(JJ)I"));
      case 0x63 -> allTrue(home, VectorOperations.SIGNS_8);
      case 0x83 -> allTrue(home, VectorOperations.SIGNS_16);
      case 0xa3 -> allTrue(home, VectorOperations.SIGNS_32);
      case 0xc3 -> allTrue(home, VectorOperations.SIGNS_64);
      case 0x64 -> bitmask(home, "bitmask8", 8);
      case 0x84 -> bitmask(home, "bitmask16", 4);
      case 0xa4 -> bitmask(home, "bitmask32", 2);
      case 0xc4 -> bitmask(home, "bitmask64", 1);
      default ->
          throw GuestModule.invalid(
              "instruction 0xfd %d, which the engine does not have".formatted(number));
    }
    this.method.stack.push(I32, this.code.isMuted() ? TypedStack.NONE : start);
  }

  private void allTrue(int home, long signs) {
    Member each = new Member(Names.INTEGER_LANES, "allTrue", "(JJ)I");
    this.method.save(UPPER_HALF, home + 1);
    this.code.number(InstructionBuffer.LONG, signs);
    this.code.add(Opcodes.INVOKESTATIC, each);
    this.method.load(UPPER_HALF, home + 1);
    this.code.number(InstructionBuffer.LONG, signs);
    this.code.add(Opcodes.INVOKESTATIC, each);
    this.code.add(Opcodes.IAND);
  }

  private void bitmask(int home, String name, int lanes) {
    Member each = new Member(Names.INTEGER_LANES, name, "(J)I");
    this.method.save(UPPER_HALF, home + 1);
    this.code.add(Opcodes.INVOKESTATIC, each);
    this.method.load(UPPER_HALF, home + 1);
    this.code.add(Opcodes.INVOKESTATIC, each);
    this.code.constant(lanes);
    this.code.add(Opcodes.ISHL);
    this.code.add(Opcodes.IOR);
  }

  /** The types of the values that are a lane each, by how instructions on one lane are ordered. */
  static int laneType(int shape) {
    return switch (shape) {
      case 0, 1, 2 -> I32;
      case 3 -> I64;
      case 4 -> F32;
      default -> F64;
    };
  }
}
