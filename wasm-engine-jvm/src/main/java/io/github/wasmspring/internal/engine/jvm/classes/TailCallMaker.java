package io.github.wasmspring.internal.engine.jvm.classes;

import io.github.wasmspring.internal.engine.jvm.code.ValueInstructions;
import io.github.wasmspring.internal.engine.jvm.module.ClassNames;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import io.github.wasmspring.internal.engine.jvm.run.TailCall;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Makes what tail calls take that are no loops: for each type of functions that have such calls a
 * {@link TailCall}, and for each of those functions the method that others call.
 */
final class TailCallMaker {

  private static final String PARENT = Type.getInternalName(TailCall.class);
  private static final String PARENT_TYPE = Type.getDescriptor(TailCall.class);
  private static final String BASE = "L" + Names.CONTEXT_BASE + ";";

  private final GuestModule module;
  private final int[] inTables;

  /**
   * @param inTables the functions that a table may have
   */
  TailCallMaker(GuestModule module, int[] inTables) {
    this.module = module;
    this.inTables = inTables;
  }

  /** Calls the function, and then what it has left to be called, until there is a result. */
  void loop(MethodVisitor method, int function) {
    FunctionSignature signature = this.module.signatureOf(function);
    int[] results = signature.results();
    int context = signature.slots();
    Label done = new Label();
    ValueInstructions.loadParameters(method, signature);
    method.visitVarInsn(Opcodes.ALOAD, context);
    this.module.body(function).writeCall(method);
    method.visitVarInsn(Opcodes.ALOAD, context);
    method.visitFieldInsn(Opcodes.GETFIELD, Names.CONTEXT_BASE, "pending", PARENT_TYPE);
    method.visitJumpInsn(Opcodes.IFNULL, done);
    if (results.length > 0) {
      method.visitInsn(FunctionSignature.slots(results[0]) == 2 ? Opcodes.POP2 : Opcodes.POP);
    }
    method.visitVarInsn(Opcodes.ALOAD, context);
    method.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL, Names.CONTEXT_BASE, "resumeTailCalls", "()V", false);
    if (results.length > 0) {
      method.visitVarInsn(Opcodes.ALOAD, context);
      this.module.names.writeValues(method);
      this.module.names.result(0, results[0]).writeGet(method);
    }
    method.visitLabel(done);
    ValueInstructions.giveBack(method, results);
  }

  /** Leaves a call and makes it. */
  byte[] make(FunctionSignature signature) {
    String name = this.module.names.of(ClassNames.TAIL, signature.id());
    ClassFileWriter writer = new ClassFileWriter(name, PARENT);
    writer.constructor(PARENT);
    writer
        .visitField(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, "INSTANCE", PARENT_TYPE, null, null)
        .visitEnd();
    instance(writer, name);
    leave(writer.staticMethod("leave", signature.descriptorByIndex()), name, signature);
    resume(writer, name, signature);
    new FunctionSwitch(this.module, writer, name, signature, this.module::body)
        .add("call", candidates(signature));
    return writer.toBytes();
  }

  private List<Integer> candidates(FunctionSignature signature) {
    return IntStream.concat(
            Arrays.stream(this.inTables),
            IntStream.range(0, this.module.facts.functionCount())
                .filter(this.module.facts::makesTailCalls))
        .filter(function -> this.module.signatureOf(function) == signature)
        .sorted()
        .distinct()
        .boxed()
        .toList();
  }

  private static void instance(ClassFileWriter writer, String name) {
    MethodVisitor method = writer.method(Opcodes.ACC_STATIC, "<clinit>", "()V");
    method.visitTypeInsn(Opcodes.NEW, name);
    method.visitInsn(Opcodes.DUP);
    method.visitMethodInsn(Opcodes.INVOKESPECIAL, name, "<init>", "()V", false);
    method.visitFieldInsn(Opcodes.PUTSTATIC, name, "INSTANCE", PARENT_TYPE);
    method.visitInsn(Opcodes.RETURN);
    ClassFileWriter.end(method);
  }

  /** Its result is of no use. */
  private void leave(MethodVisitor method, String name, FunctionSignature signature) {
    int context = signature.slots() + 1;
    int slot = 0;
    for (int i = 0; i < signature.parameters().length; i++) {
      int type = signature.parameters()[i];
      method.visitVarInsn(Opcodes.ALOAD, context);
      this.module.names.writeValues(method);
      ValueInstructions.load(method, type, slot);
      this.module.names.argument(i, type).writePut(method);
      slot += FunctionSignature.slots(type);
    }
    method.visitVarInsn(Opcodes.ALOAD, context);
    method.visitVarInsn(Opcodes.ILOAD, slot);
    method.visitFieldInsn(Opcodes.PUTFIELD, Names.CONTEXT_BASE, "callee", "I");
    method.visitVarInsn(Opcodes.ALOAD, context);
    method.visitFieldInsn(Opcodes.GETSTATIC, name, "INSTANCE", PARENT_TYPE);
    method.visitFieldInsn(Opcodes.PUTFIELD, Names.CONTEXT_BASE, "pending", PARENT_TYPE);
    if (signature.results().length > 0) {
      ValueInstructions.zero(method, signature.results()[0]);
    }
    ValueInstructions.giveBack(method, signature.results());
    ClassFileWriter.end(method);
  }

  private void resume(ClassFileWriter writer, String name, FunctionSignature signature) {
    MethodVisitor method = writer.method(Opcodes.ACC_PROTECTED, "resume", "(" + BASE + ")V");
    int[] results = signature.results();
    values(method);
    for (int i = 0; i < signature.parameters().length; i++) {
      int type = signature.parameters()[i];
      values(method);
      this.module.names.argument(i, type).writeGet(method);
    }
    context(method);
    method.visitFieldInsn(Opcodes.GETFIELD, Names.CONTEXT_BASE, "callee", "I");
    context(method);
    method.visitMethodInsn(
        Opcodes.INVOKESTATIC, name, "call", signature.descriptorByIndex(), false);
    if (results.length > 0) {
      this.module.names.result(0, results[0]).writePut(method);
    } else {
      method.visitInsn(Opcodes.POP);
    }
    method.visitInsn(Opcodes.RETURN);
    ClassFileWriter.end(method);
  }

  private void context(MethodVisitor method) {
    method.visitVarInsn(Opcodes.ALOAD, 1);
    method.visitTypeInsn(Opcodes.CHECKCAST, this.module.names.context());
  }

  private void values(MethodVisitor method) {
    method.visitVarInsn(Opcodes.ALOAD, 1);
    this.module.names.writeValues(method);
  }
}
