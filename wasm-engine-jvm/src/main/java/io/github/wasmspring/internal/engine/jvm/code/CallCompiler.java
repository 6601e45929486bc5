package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.variant;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.internal.engine.jvm.module.ClassNames;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import io.github.wasmspring.internal.engine.jvm.run.TailCall;
import org.objectweb.asm.Opcodes;

/**
 * How functions are called and give back. The JVM has one result: those beyond the first are in
 * fields of an object of the instance on their way.
 */
final class CallCompiler {

  private static final Member REFERRED = new Member(Names.REFERENCES, "function", "(I)I");

  private final BinaryCursor in;
  private final GuestModule module;
  private final MethodBody method;
  private final TableCompiler tables;

  CallCompiler(BinaryCursor in, GuestModule module, MethodBody method, TableCompiler tables) {
    this.in = in;
    this.module = module;
    this.method = method;
    this.tables = tables;
  }

  void direct() {
    int function = this.in.index();
    FunctionSignature signature = this.module.signatureOf(function);
    this.method.vectors.toHalves(signature.parameters().length);
    this.method.pop(signature.parameters().length);
    call(signature, this.module.method(function));
  }

  void indirect() {
    FunctionSignature signature = takeElement();
    call(signature, byIndex(signature, ClassNames.INDIRECT, "call"));
  }

  void reference() {
    FunctionSignature signature = takeReference();
    call(signature, byIndex(signature, ClassNames.INDIRECT, "call"));
  }

  /** Takes the index of an element, of which the index of the function comes, and the arguments. */
  private FunctionSignature takeElement() {
    FunctionSignature signature = this.module.signature(this.in.index());
    int table = this.in.index();
    MethodLimits.checkIndirect(signature);
    this.method.vectors.toHalves(signature.parameters().length + 1);
    this.tables.function(table);
    this.method.pop(signature.parameters().length);
    return signature;
  }

  /** Takes a reference, which is the index of the function, and the arguments. */
  private FunctionSignature takeReference() {
    FunctionSignature signature = this.module.signature(this.in.index());
    MethodLimits.checkIndirect(signature);
    this.method.vectors.toHalves(signature.parameters().length + 1);
    this.method.pop();
    this.method.code.add(Opcodes.INVOKESTATIC, REFERRED);
    this.method.pop(signature.parameters().length);
    return signature;
  }

  private Member byIndex(FunctionSignature signature, String owner, String name) {
    return new Member(
        this.module.names.of(owner, signature.id()), name, signature.descriptorByIndex());
  }

  void tailDirect() {
    int function = this.in.index();
    FunctionSignature signature = this.module.signatureOf(function);
    this.method.vectors.toHalves(signature.parameters().length);
    this.method.pop(signature.parameters().length);
    if (function == this.method.function()) {
      beginAgain(signature);
    } else if (this.module.makesTailCalls(function)) {
      MethodLimits.checkIndirect(signature);
      this.method.code.constant(function);
      leave(signature);
    } else {
      callLast(signature, this.module.method(function));
    }
  }

  void tailIndirect() {
    tail(takeElement());
  }

  void tailReference() {
    tail(takeReference());
  }

  /** The index of the function is on the JVM's stack. */
  private void tail(FunctionSignature signature) {
    if (this.module.mayMakeTailCalls(signature)) {
      leave(signature);
    } else {
      callLast(signature, byIndex(signature, ClassNames.INDIRECT, "call"));
    }
  }

  /** The arguments are on the JVM's stack, and below them what the function leaves there. */
  private void beginAgain(FunctionSignature signature) {
    if (this.method.code.isMuted()) {
      return;
    }
    int[] parameters = signature.parameters();
    int slot = signature.slots();
    for (int i = parameters.length - 1; i >= 0; i--) {
      slot -= FunctionSignature.slots(parameters[i]);
      this.method.code.add(variant(Opcodes.ISTORE, parameters[i]), slot);
    }
    int base = this.method.blocks.innermost().base;
    for (int i = this.method.stack.height() - 1; i >= base; i--) {
      this.method.dropOperand(i);
    }
    this.method.code.add(Opcodes.GOTO, this.method.beginning());
  }

  /** Whoever has called this function makes the call, see {@link TailCall}. */
  private void leave(FunctionSignature signature) {
    this.method.loadContext();
    this.method.code.add(Opcodes.INVOKESTATIC, byIndex(signature, ClassNames.TAIL, "leave"));
    end(signature.results());
  }

  /** What is called leaves no call itself, so that the frame of this function is one too many. */
  private void callLast(FunctionSignature signature, Member callee) {
    this.method.ranges.leaving(
        null,
        () -> {
          invoke(callee);
          end(signature.results());
        });
  }

  private void invoke(Member callee) {
    this.method.markCalling();
    this.method.loadContext();
    this.method.code.add(Opcodes.INVOKESTATIC, callee);
  }

  private void call(FunctionSignature signature, Member callee) {
    invoke(callee);
    this.method.code.add(InstructionBuffer.RELOAD_MEMORY);
    this.method.stack.seal();
    int[] results = signature.results();
    for (int i = 0; i < results.length; i++) {
      if (i > 0) {
        this.method.loadValues();
        this.method.code.add(Opcodes.GETFIELD, this.module.names.result(i, results[i]));
      }
      this.method.push(results[i]);
    }
  }

  /**
   * Ends the function.
   *
   * @param first the index of the first of the results among the operands
   */
  void giveBack(int[] results, int first) {
    for (int i = results.length - 1; i > 0; i--) {
      this.method.save(results[i], first + i);
      this.method.loadValues();
      this.method.load(results[i], first + i);
      this.method.code.add(Opcodes.PUTFIELD, this.module.names.result(i, results[i]));
    }
    boolean isAlone = first == this.method.blocks.innermost().base;
    this.method.code.add(opcode(results), isAlone ? InstructionBuffer.ALONE : 0);
  }

  private void end(int[] results) {
    this.method.code.add(opcode(results));
  }

  private static int opcode(int[] results) {
    return results.length == 0 ? Opcodes.RETURN : variant(Opcodes.IRETURN, results[0]);
  }
}
