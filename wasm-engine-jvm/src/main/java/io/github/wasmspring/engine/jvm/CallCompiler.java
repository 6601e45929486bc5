package io.github.wasmspring.engine.jvm;

import static io.github.wasmspring.engine.jvm.FunctionSignature.variant;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.engine.jvm.InstructionBuffer.Member;
import org.objectweb.asm.Opcodes;

/**
 * How functions are called and give back. The JVM has one result: those beyond the first are in
 * fields of an object of the instance on their way.
 */
final class CallCompiler {

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
    this.method.pop(signature.parameters().length);
    call(signature, this.module.method(function));
  }

  void indirect() {
    FunctionSignature signature = this.module.signature(this.in.index());
    int table = this.in.index();
    MethodLimits.checkIndirect(signature);
    this.tables.function(table);
    this.method.pop(signature.parameters().length);
    call(
        signature,
        new Member(
            Names.internal(Names.INDIRECT, signature.id()),
            "call",
            signature.descriptor().replace("L" + Names.CONTEXT, "IL" + Names.CONTEXT)));
  }

  private void call(FunctionSignature signature, Member callee) {
    this.method.markCalling();
    this.method.loadContext();
    this.method.code.add(Opcodes.INVOKESTATIC, callee);
    this.method.code.add(InstructionBuffer.RELOAD_MEMORY);
    this.method.stack.seal();
    int[] results = signature.results();
    for (int i = 0; i < results.length; i++) {
      if (i > 0) {
        loadResults();
        this.method.code.add(Opcodes.GETFIELD, Names.result(i, results[i]));
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
      loadResults();
      this.method.load(results[i], first + i);
      this.method.code.add(Opcodes.PUTFIELD, Names.result(i, results[i]));
    }
    this.method.code.add(
        results.length == 0 ? Opcodes.RETURN : variant(Opcodes.IRETURN, results[0]));
  }

  private void loadResults() {
    this.method.loadContext();
    this.method.code.add(InstructionBuffer.RESULTS);
  }
}
