package io.github.wasmspring.engine.jvm;

import static io.github.wasmspring.engine.jvm.FunctionSignature.EXNREF;
import static io.github.wasmspring.engine.jvm.FunctionSignature.EXTERNREF;
import static io.github.wasmspring.engine.jvm.FunctionSignature.FUNCREF;
import static io.github.wasmspring.engine.jvm.FunctionSignature.I32;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.ValueType;
import io.github.wasmspring.engine.jvm.InstructionBuffer.Member;
import org.objectweb.asm.Opcodes;

/** Instructions on references, which are numbers unless they are to exceptions. */
final class ReferenceCompiler {

  private final BinaryCursor in;
  private final MethodBody method;
  private final InstructionBuffer code;
  private final TypedStack stack;
  private final PendingComparison comparison;

  ReferenceCompiler(BinaryCursor in, MethodBody method, PendingComparison comparison) {
    this.in = in;
    this.method = method;
    this.code = method.code;
    this.stack = method.stack;
    this.comparison = comparison;
  }

  void function() {
    this.stack.push(FUNCREF, this.code.constant(this.in.index()));
  }

  void none() {
    long heap = this.in.s33();
    if (heap == ValueType.EXNREF.heap()) {
      this.stack.push(EXNREF, this.code.add(Opcodes.ACONST_NULL));
    } else {
      int type = heap == ValueType.FUNCREF.heap() ? FUNCREF : EXTERNREF;
      this.stack.push(type, this.code.constant(TableInstructions.NULL));
    }
  }

  void isNull() {
    int type = this.method.pop();
    int start = this.method.takenStart();
    if (type == EXNREF) {
      this.code.add(
          Opcodes.INVOKESTATIC,
          new Member(Names.EXCEPTION, "isNull", "(L" + Names.EXCEPTION + ";)I"));
      this.stack.push(I32, start);
    } else {
      this.comparison.isNull(start);
    }
  }
}
