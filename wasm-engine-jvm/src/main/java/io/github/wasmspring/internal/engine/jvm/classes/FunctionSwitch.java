package io.github.wasmspring.internal.engine.jvm.classes;

import io.github.wasmspring.internal.engine.jvm.code.ValueInstructions;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import java.util.List;
import java.util.function.IntFunction;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes static methods that call one of many functions of a type by its index, which stands behind
 * the arguments; another index is a trap, or the number of a function of another instance. However
 * many functions there are, HotSpot compiles the methods.
 */
final class FunctionSwitch {

  private static final int MOST_CASES = 64;
  private static final String FOREIGN = "foreign";

  private final GuestModule module;
  private final ClassFileWriter writer;
  private final String owner;
  private final FunctionSignature signature;
  private final IntFunction<Member> callees;

  /**
   * @param owner the class that is written
   * @param callees the method to call for a function
   */
  FunctionSwitch(
      GuestModule module,
      ClassFileWriter writer,
      String owner,
      FunctionSignature signature,
      IntFunction<Member> callees) {
    this.module = module;
    this.writer = writer;
    this.owner = owner;
    this.signature = signature;
    this.callees = callees;
  }

  /**
   * @param candidates in the order of their indices
   */
  void add(String name, List<Integer> candidates) {
    if (this.module.exchangesFunctions) {
      addForeign();
    }
    addChoice(name, candidates);
  }

  private void addChoice(String name, List<Integer> candidates) {
    MethodVisitor method = this.writer.staticMethod(name, this.signature.descriptorByIndex());
    if (candidates.size() <= MOST_CASES) {
      choose(method, candidates);
      ClassFileWriter.end(method);
      return;
    }
    int middle = candidates.size() / 2;
    Label upper = new Label();
    method.visitVarInsn(Opcodes.ILOAD, this.signature.slots());
    ValueInstructions.writeInt(method, candidates.get(middle));
    method.visitJumpInsn(Opcodes.IF_ICMPGE, upper);
    forward(method, name + "0");
    method.visitLabel(upper);
    forward(method, name + "1");
    ClassFileWriter.end(method);
    addChoice(name + "0", candidates.subList(0, middle));
    addChoice(name + "1", candidates.subList(middle, candidates.size()));
  }

  private void choose(MethodVisitor method, List<Integer> candidates) {
    Label[] cases = candidates.stream().map(each -> new Label()).toArray(Label[]::new);
    Label other = new Label();
    method.visitVarInsn(Opcodes.ILOAD, this.signature.slots());
    method.visitLookupSwitchInsn(
        other, candidates.stream().mapToInt(Integer::intValue).toArray(), cases);
    for (int i = 0; i < cases.length; i++) {
      method.visitLabel(cases[i]);
      ValueInstructions.loadParameters(method, this.signature);
      method.visitVarInsn(Opcodes.ALOAD, this.signature.slots() + 1);
      this.callees.apply(candidates.get(i)).writeCall(method);
      ValueInstructions.giveBack(method, this.signature.results());
    }
    method.visitLabel(other);
    if (this.module.exchangesFunctions) {
      forward(method, FOREIGN);
      return;
    }
    method.visitMethodInsn(
        Opcodes.INVOKESTATIC, Names.TABLES, "otherType", "()Ljava/lang/RuntimeException;", false);
    method.visitInsn(Opcodes.ATHROW);
  }

  private void forward(MethodVisitor method, String name) {
    ValueInstructions.loadParameters(method, this.signature);
    method.visitVarInsn(Opcodes.ILOAD, this.signature.slots());
    method.visitVarInsn(Opcodes.ALOAD, this.signature.slots() + 1);
    new Member(this.owner, name, this.signature.descriptorByIndex()).writeCall(method);
    ValueInstructions.giveBack(method, this.signature.results());
  }

  private void addForeign() {
    MethodVisitor method = this.writer.staticMethod(FOREIGN, this.signature.descriptorByIndex());
    int context = this.signature.slots() + 1;
    method.visitVarInsn(Opcodes.ALOAD, context);
    method.visitVarInsn(Opcodes.ILOAD, this.signature.slots());
    ValueInstructions.writeInt(method, this.signature.id());
    ValueInstructions.parametersAsBits(method, this.signature);
    method.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL, Names.CONTEXT_BASE, "callForeign", "(II[J)[J", false);
    ValueInstructions.giveBackArray(
        method, this.signature.results(), this.module.names, context, context + 1);
    ClassFileWriter.end(method);
  }
}
