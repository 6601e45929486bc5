package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I64;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.UPPER_HALF;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.V128;

import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.run.VectorClasses;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes vectors among the operands of a method what an instruction wants them to be. Whatever
 * leaves the method, or goes from one block to another, is halves; so nothing has to be done in
 * methods that have no other vectors.
 */
final class VectorValues {

  private static final Member CAST =
      new Member("java/lang/Class", "cast", "(Ljava/lang/Object;)Ljava/lang/Object;");

  private final MethodBody method;
  private final InstructionBuffer code;
  private final TypedStack stack;

  VectorValues(MethodBody method) {
    this.method = method;
    this.code = method.code;
    this.stack = method.stack;
  }

  /** Makes halves of the vectors among the uppermost operands. */
  void toHalves(int operands) {
    to(VectorKind.HALVES, operands);
  }

  /** Makes something of the vectors among the uppermost operands, as far as there are as many. */
  void to(VectorKind wanted, int operands) {
    if (this.code.isMuted()) {
      return;
    }
    int top = this.stack.height();
    int bottom = Math.max(this.method.blocks.innermost().height, top - operands);
    int lowest = top;
    for (int i = top - 1; i >= bottom; i--) {
      if (this.stack.type(i) == V128) {
        this.method.locals.prefer(this.stack.local(i), wanted, this.method.blocks.loops());
        if (this.stack.kind(i) != wanted) {
          lowest = i;
        }
      }
    }
    if (lowest == top - 2) {
      convert(this.stack.kind(lowest), wanted, lowest);
      this.stack.setKind(lowest, wanted);
    } else if (lowest < top && !insert(wanted, lowest, top)) {
      rearrange(wanted, lowest, top);
    }
  }

  /** Puts what makes one object of another before what stands above it. */
  private boolean insert(VectorKind wanted, int lowest, int top) {
    int above = lowest + 2;
    boolean objects = wanted.isObject() && this.stack.kind(lowest).isObject();
    if (!objects || this.stack.start(above) == TypedStack.NONE) {
      return false;
    }
    for (int i = above; i < top; i++) {
      if (this.stack.type(i) == V128 && this.stack.kind(i) != wanted) {
        return false;
      }
    }
    this.code.insert(
        this.stack.start(above),
        Opcodes.INVOKEVIRTUAL,
        wanted.reinterpret(this.stack.kind(lowest)));
    this.stack.setKind(lowest, wanted);
    return true;
  }

  private void rearrange(VectorKind wanted, int lowest, int top) {
    for (int i = top - 1; i >= lowest; i--) {
      this.method.saveOperand(i);
    }
    for (int i = lowest; i < top; i++) {
      this.method.loadOperand(i);
      int vector = i - 1;
      if (this.stack.type(i) == UPPER_HALF && this.stack.kind(vector) != wanted) {
        convert(this.stack.kind(vector), wanted, vector);
        this.stack.setKind(vector, wanted);
      }
    }
  }

  /**
   * Of the vector that is on top of the JVM's stack.
   *
   * @param home of its lower half, for a moment
   */
  void convert(VectorKind from, VectorKind to, int home) {
    if (from == to) {
      return;
    }
    if (from == VectorKind.HALVES) {
      pack(to, home);
    } else if (to == VectorKind.HALVES) {
      unpack(from);
    } else {
      this.code.add(Opcodes.INVOKEVIRTUAL, to.reinterpret(from));
    }
  }

  /**
   * Tells HotSpot the class of an object that is on top of the JVM's stack, see {@link
   * VectorClasses}.
   */
  void sharpen(VectorKind kind) {
    this.code.add(Opcodes.GETSTATIC, kind.classField());
    this.code.add(Opcodes.SWAP, 1);
    this.code.add(Opcodes.INVOKEVIRTUAL, CAST);
    this.code.add(Opcodes.CHECKCAST, kind.zero());
  }

  private void pack(VectorKind to, int home) {
    this.method.save(UPPER_HALF, home + 1);
    this.method.save(V128, home);
    this.code.add(Opcodes.GETSTATIC, VectorKind.LONG.species());
    this.method.load(V128, home);
    this.code.add(Opcodes.INVOKESTATIC, VectorKind.LONG.broadcast());
    this.code.constant(1);
    this.method.load(UPPER_HALF, home + 1);
    this.code.add(Opcodes.INVOKEVIRTUAL, VectorKind.LONG.withLane());
    convert(VectorKind.LONG, to, home);
  }

  private void unpack(VectorKind from) {
    convert(from, VectorKind.LONG, 0);
    Member lane = VectorKind.LONG.extract();
    this.code.add(Opcodes.DUP);
    this.code.constant(0);
    this.code.add(Opcodes.INVOKEVIRTUAL, lane);
    this.code.add(Opcodes.DUP2_X1);
    this.code.add(Opcodes.POP2);
    this.code.constant(1);
    this.code.add(Opcodes.INVOKEVIRTUAL, lane);
  }

  /** A vector whose halves are in local variables. */
  static void writePack(MethodVisitor method, VectorKind to, int lower, int upper) {
    VectorKind.LONG.species().write(method, Opcodes.GETSTATIC);
    method.visitVarInsn(Opcodes.LLOAD, lower);
    VectorKind.LONG.broadcast().writeCall(method);
    method.visitInsn(Opcodes.ICONST_1);
    method.visitVarInsn(Opcodes.LLOAD, upper);
    VectorKind.LONG.withLane().writeVirtualCall(method);
    if (to != VectorKind.LONG) {
      to.reinterpret(VectorKind.LONG).writeVirtualCall(method);
    }
  }

  static void writeZero(MethodVisitor method, VectorKind kind) {
    kind.species().write(method, Opcodes.GETSTATIC);
    kind.zero().writeCall(method);
  }

  /** One word of a vector, as what is no vector. */
  static int word(int type) {
    return type == V128 || type == UPPER_HALF ? I64 : type;
  }
}
