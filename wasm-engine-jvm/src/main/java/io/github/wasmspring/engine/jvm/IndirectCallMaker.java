package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.engine.jvm.InstructionBuffer.Member;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Makes the classes by which functions of tables are called, one for each signature. */
final class IndirectCallMaker {

  private static final int MOST_CASES = 64;

  private final GuestModule module;
  private final int[] inTables;

  /**
   * @param inTables the functions that a table may have
   */
  IndirectCallMaker(GuestModule module, int[] inTables) {
    this.module = module;
    this.inTables = inTables;
  }

  /** Calls a function that a table has, by its index, if it is of the type. */
  byte[] make(FunctionSignature signature) {
    ClassFileWriter writer =
        new ClassFileWriter(Names.internal(Names.INDIRECT, signature.id()), "java/lang/Object");
    String descriptor = signature.descriptor().replace("L" + Names.CONTEXT, "IL" + Names.CONTEXT);
    List<Integer> candidates = new ArrayList<>();
    for (int function : this.inTables) {
      if (this.module.signatureOf(function) == signature) {
        candidates.add(function);
      }
    }
    MethodVisitor method = writer.staticMethod("call", descriptor);
    choose(writer, method, signature, descriptor, candidates, "call");
    return writer.toBytes();
  }

  /** In methods that HotSpot compiles, however many functions there are. */
  private void choose(
      ClassFileWriter writer,
      MethodVisitor method,
      FunctionSignature signature,
      String descriptor,
      List<Integer> candidates,
      String name) {
    if (candidates.size() > MOST_CASES) {
      int middle = candidates.size() / 2;
      Label upper = new Label();
      method.visitVarInsn(Opcodes.ILOAD, signature.slots());
      InstructionBuffer.writeInt(method, candidates.get(middle));
      method.visitJumpInsn(Opcodes.IF_ICMPGE, upper);
      forward(method, signature, name + "0", descriptor);
      method.visitLabel(upper);
      forward(method, signature, name + "1", descriptor);
      ClassFileWriter.end(method);
      MethodVisitor low = writer.staticMethod(name + "0", descriptor);
      choose(writer, low, signature, descriptor, candidates.subList(0, middle), name + "0");
      MethodVisitor high = writer.staticMethod(name + "1", descriptor);
      choose(
          writer,
          high,
          signature,
          descriptor,
          candidates.subList(middle, candidates.size()),
          name + "1");
      return;
    }
    Label[] cases = candidates.stream().map(each -> new Label()).toArray(Label[]::new);
    Label other = new Label();
    method.visitVarInsn(Opcodes.ILOAD, signature.slots());
    method.visitLookupSwitchInsn(
        other, candidates.stream().mapToInt(Integer::intValue).toArray(), cases);
    for (int i = 0; i < cases.length; i++) {
      method.visitLabel(cases[i]);
      parameters(method, signature);
      method.visitVarInsn(Opcodes.ALOAD, signature.slots() + 1);
      this.module.method(candidates.get(i)).writeCall(method);
      ValueInstructions.giveBack(method, signature.results());
    }
    method.visitLabel(other);
    method.visitMethodInsn(
        Opcodes.INVOKESTATIC, Names.TABLES, "otherType", "()Ljava/lang/RuntimeException;", false);
    method.visitInsn(Opcodes.ATHROW);
    ClassFileWriter.end(method);
  }

  private static void forward(
      MethodVisitor method, FunctionSignature signature, String name, String descriptor) {
    parameters(method, signature);
    method.visitVarInsn(Opcodes.ILOAD, signature.slots());
    method.visitVarInsn(Opcodes.ALOAD, signature.slots() + 1);
    new Member(Names.internal(Names.INDIRECT, signature.id()), name, descriptor).writeCall(method);
    ValueInstructions.giveBack(method, signature.results());
  }

  private static void parameters(MethodVisitor method, FunctionSignature signature) {
    int slot = 0;
    for (int type : signature.parameters()) {
      ValueInstructions.load(method, type, slot);
      slot += FunctionSignature.slots(type);
    }
  }
}
