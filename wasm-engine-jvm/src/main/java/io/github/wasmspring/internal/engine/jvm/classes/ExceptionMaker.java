package io.github.wasmspring.internal.engine.jvm.classes;

import io.github.wasmspring.internal.engine.jvm.code.ValueInstructions;
import io.github.wasmspring.internal.engine.jvm.module.ClassNames;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Makes the classes that make exceptions of operands, one for each type of tags. */
final class ExceptionMaker {

  private ExceptionMaker() {}

  static byte[] make(FunctionSignature signature, ClassNames names) {
    ClassFileWriter writer =
        new ClassFileWriter(names.of(ClassNames.THROW, signature.id()), "java/lang/Object");
    MethodVisitor method = writer.staticMethod("make", signature.descriptorOfException());
    method.visitTypeInsn(Opcodes.NEW, Names.EXCEPTION);
    method.visitInsn(Opcodes.DUP);
    method.visitVarInsn(Opcodes.ALOAD, signature.slots() + 1);
    method.visitVarInsn(Opcodes.ILOAD, signature.slots());
    ValueInstructions.parametersAsBits(method, signature);
    method.visitMethodInsn(
        Opcodes.INVOKESPECIAL,
        Names.EXCEPTION,
        "<init>",
        "(L" + Names.CONTEXT_BASE + ";I[J)V",
        false);
    method.visitInsn(Opcodes.ARETURN);
    ClassFileWriter.end(method);
    return writer.toBytes();
  }
}
