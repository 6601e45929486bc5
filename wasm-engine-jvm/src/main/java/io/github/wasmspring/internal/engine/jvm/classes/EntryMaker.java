package io.github.wasmspring.internal.engine.jvm.classes;

import io.github.wasmspring.engine.WasmDirectFunction;
import io.github.wasmspring.internal.engine.jvm.code.ValueInstructions;
import io.github.wasmspring.internal.engine.jvm.instance.GuestFunction;
import io.github.wasmspring.internal.engine.jvm.module.ClassNames;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import java.util.function.Consumer;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Makes the classes that the host calls functions through, one for each function that has a name,
 * and one for each type of functions that are in tables.
 */
final class EntryMaker {

  private static final String PARENT = Type.getInternalName(GuestFunction.class);
  private static final String BASE = "L" + Names.CONTEXT_BASE + ";";
  private static final String INSTANCE = "Lio/github/wasmspring/engine/WasmInstance;";

  private static final int ARGUMENTS = 1;
  private static final int CONTEXT = 2;
  private static final int FIRST_RESULT = 3;

  private final GuestModule module;

  EntryMaker(GuestModule module) {
    this.module = module;
  }

  byte[] make(int function) {
    ClassFileWriter writer =
        new ClassFileWriter(this.module.names.of(ClassNames.ENTRY, function), PARENT);
    writer.constructor(PARENT);
    FunctionSignature signature = this.module.signatureOf(function);
    withArrays(writer, signature, method -> call(method, function));
    if (signature.isDirect()) {
      direct(writer, function, signature);
    }
    return writer.toBytes();
  }

  byte[] makeElement(FunctionSignature signature) {
    ClassFileWriter writer =
        new ClassFileWriter(this.module.names.of(ClassNames.ELEMENT, signature.id()), PARENT);
    writer.constructor(PARENT);
    withArrays(writer, signature, method -> callByIndex(method, signature));
    return writer.toBytes();
  }

  private void call(MethodVisitor method, int function) {
    loadContext(method);
    this.module.method(function).writeCall(method);
  }

  private void callByIndex(MethodVisitor method, FunctionSignature signature) {
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, PARENT, "function", "()I", false);
    loadContext(method);
    new Member(
            this.module.names.of(ClassNames.INDIRECT, signature.id()),
            "call",
            signature.descriptorByIndex())
        .writeCall(method);
  }

  /**
   * @param call of the function, whose arguments are operands
   */
  private void withArrays(
      ClassFileWriter writer, FunctionSignature signature, Consumer<MethodVisitor> call) {
    MethodVisitor method = writer.method(Opcodes.ACC_PROTECTED, "invoke", "([J" + BASE + ")[J");
    for (int i = 0; i < signature.parameters().length; i++) {
      method.visitVarInsn(Opcodes.ALOAD, ARGUMENTS);
      ValueInstructions.writeInt(method, i);
      method.visitInsn(Opcodes.LALOAD);
      ValueInstructions.fromBits(method, signature.parameters()[i]);
    }
    call.accept(method);
    int[] results = signature.results();
    if (results.length > 0) {
      ValueInstructions.toBits(method, results[0]);
      method.visitVarInsn(Opcodes.LSTORE, FIRST_RESULT);
    }
    ValueInstructions.array(method, results.length);
    for (int i = 0; i < results.length; i++) {
      method.visitInsn(Opcodes.DUP);
      ValueInstructions.writeInt(method, i);
      if (i == 0) {
        method.visitVarInsn(Opcodes.LLOAD, FIRST_RESULT);
      } else {
        method.visitVarInsn(Opcodes.ALOAD, CONTEXT);
        this.module.names.writeValues(method);
        this.module.names.result(i, results[i]).writeGet(method);
        ValueInstructions.toBits(method, results[i]);
      }
      method.visitInsn(Opcodes.LASTORE);
    }
    method.visitInsn(Opcodes.ARETURN);
    ClassFileWriter.end(method);
  }

  private void loadContext(MethodVisitor method) {
    method.visitVarInsn(Opcodes.ALOAD, CONTEXT);
    method.visitTypeInsn(Opcodes.CHECKCAST, this.module.names.context());
  }

  /** Overrides the method of {@link WasmDirectFunction} for as many parameters. */
  private void direct(ClassFileWriter writer, int function, FunctionSignature signature) {
    int[] parameters = signature.parameters();
    MethodVisitor method =
        writer.method(
            Opcodes.ACC_PUBLIC, "call", "(" + INSTANCE + "J".repeat(parameters.length) + ")J");
    Label start = new Label();
    Label end = new Label();
    method.visitLabel(start);
    elsewhere(method, parameters.length);
    for (int i = 0; i < parameters.length; i++) {
      method.visitVarInsn(Opcodes.LLOAD, 2 + 2 * i);
      ValueInstructions.fromBits(method, parameters[i]);
    }
    method.visitVarInsn(Opcodes.ALOAD, 1);
    callParent(method, "context", "(" + INSTANCE + ")" + BASE);
    method.visitTypeInsn(Opcodes.CHECKCAST, this.module.names.context());
    this.module.method(function).writeCall(method);
    if (signature.results().length == 0) {
      method.visitInsn(Opcodes.LCONST_0);
    } else {
      ValueInstructions.toBits(method, signature.results()[0]);
    }
    method.visitInsn(Opcodes.LRETURN);
    method.visitLabel(end);
    callParent(method, "failed", "(Ljava/lang/Throwable;)Ljava/lang/RuntimeException;");
    method.visitInsn(Opcodes.ATHROW);
    method.visitTryCatchBlock(start, end, end, null);
    ClassFileWriter.end(method);
  }

  /** Where the instance runs another form of the code, the function of that form is called. */
  private static void elsewhere(MethodVisitor method, int parameters) {
    Label home = new Label();
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitVarInsn(Opcodes.ALOAD, 1);
    method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, PARENT, "isHome", "(" + INSTANCE + ")Z", false);
    method.visitJumpInsn(Opcodes.IFNE, home);
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitVarInsn(Opcodes.ALOAD, 1);
    ValueInstructions.array(method, parameters);
    for (int i = 0; i < parameters; i++) {
      method.visitInsn(Opcodes.DUP);
      ValueInstructions.writeInt(method, i);
      method.visitVarInsn(Opcodes.LLOAD, 2 + 2 * i);
      method.visitInsn(Opcodes.LASTORE);
    }
    method.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL, PARENT, "callElsewhere", "(" + INSTANCE + "[J)J", false);
    method.visitInsn(Opcodes.LRETURN);
    method.visitLabel(home);
  }

  private static void callParent(MethodVisitor method, String name, String descriptor) {
    method.visitMethodInsn(Opcodes.INVOKESTATIC, PARENT, name, descriptor, false);
  }
}
