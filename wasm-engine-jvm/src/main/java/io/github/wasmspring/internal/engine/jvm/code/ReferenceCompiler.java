package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.EXNREF;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.FUNCREF;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I32;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.internal.engine.jvm.code.OpenBlocks.Block;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import io.github.wasmspring.internal.engine.jvm.run.TableInstructions;
import org.objectweb.asm.Opcodes;

/**
 * Instructions on references, which are numbers unless they are to exceptions, and branches by
 * them.
 */
final class ReferenceCompiler {

  private static final Member IS_NULL =
      new Member(Names.EXCEPTION, "isNull", "(L" + Names.EXCEPTION + ";)I");

  private final BinaryCursor in;
  private final MethodBody method;
  private final InstructionBuffer code;
  private final TypedStack stack;
  private final PendingComparison comparison;
  private final BranchCompiler branches;

  ReferenceCompiler(
      BinaryCursor in, MethodBody method, PendingComparison comparison, BranchCompiler branches) {
    this.in = in;
    this.method = method;
    this.code = method.code;
    this.stack = method.stack;
    this.comparison = comparison;
    this.branches = branches;
  }

  void function() {
    this.stack.push(FUNCREF, this.code.constant(this.in.index()));
  }

  void none() {
    int type = GuestModule.reference(this.in.s33());
    boolean exception = type == EXNREF;
    this.stack.push(
        type,
        exception
            ? this.code.add(Opcodes.ACONST_NULL)
            : this.code.constant(TableInstructions.NULL));
  }

  void isNull() {
    int type = this.method.pop();
    int start = this.method.takenStart();
    if (type == EXNREF) {
      this.code.add(Opcodes.INVOKESTATIC, IS_NULL);
      this.stack.push(I32, start);
    } else {
      this.comparison.isNull(start);
    }
  }

  void asNonNull() {
    int type = this.method.pop();
    int start = this.method.takenStart();
    String descriptor = FunctionSignature.descriptor(type);
    this.code.add(
        Opcodes.INVOKESTATIC,
        new Member(Names.REFERENCES, "required", "(%s)%s".formatted(descriptor, descriptor)));
    this.stack.push(type, start);
  }

  /** Takes the reference only where it is null. */
  void branchOnNull() {
    Block target = this.method.blocks.at(this.in.index());
    this.method.vectors.toHalves(target.branchTypes().length + 1);
    int type = this.method.pop();
    int goOn = this.code.newLabel();
    this.method.retype(target.branchTypes());
    this.stack.seal();
    jump(type, false, goOn);
    this.method.drop(type);
    this.branches.branch(target);
    this.code.add(InstructionBuffer.LABEL, goOn);
    this.method.push(type);
  }

  /** Takes the reference along, and drops it where it is null. */
  void branchOnNonNull() {
    Block target = this.method.blocks.at(this.in.index());
    this.method.vectors.toHalves(target.branchTypes().length);
    int type = this.method.pop();
    int goOn = this.code.newLabel();
    jump(type, true, goOn);
    this.method.push(type);
    this.method.retype(target.branchTypes());
    this.stack.seal();
    this.branches.branch(target);
    this.method.pop();
    this.code.add(InstructionBuffer.LABEL, goOn);
    this.method.drop(type);
  }

  /** The reference stays on the JVM's stack. */
  private void jump(int type, boolean ifNull, int label) {
    this.code.add(Opcodes.DUP);
    if (type == EXNREF) {
      this.code.add(Opcodes.INVOKESTATIC, IS_NULL);
      this.code.add(ifNull ? Opcodes.IFNE : Opcodes.IFEQ, label);
    } else {
      this.code.constant(TableInstructions.NULL);
      this.code.add(ifNull ? Opcodes.IF_ICMPEQ : Opcodes.IF_ICMPNE, label);
    }
  }
}
