package io.github.wasmspring.engine.jvm;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Writes a class. Frames are computed without loading others: what meets is of one type, or of no
 * use.
 */
final class ClassFileWriter extends ClassWriter {

  ClassFileWriter(String name, String parent) {
    super(ClassWriter.COMPUTE_FRAMES);
    visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, name, null, parent, null);
  }

  @Override
  protected String getCommonSuperClass(String one, String other) {
    return "java/lang/Object";
  }

  byte[] toBytes() {
    visitEnd();
    return toByteArray();
  }

  MethodVisitor method(int access, String name, String descriptor) {
    MethodVisitor method = visitMethod(access, name, descriptor, null, null);
    method.visitCode();
    return method;
  }

  MethodVisitor staticMethod(String name, String descriptor) {
    return method(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, descriptor);
  }

  void constructor(String parent) {
    MethodVisitor method = method(Opcodes.ACC_PUBLIC, "<init>", "()V");
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, "<init>", "()V", false);
    method.visitInsn(Opcodes.RETURN);
    end(method);
  }

  /** How many bytes the method has. */
  static int endAndMeasure(MethodVisitor method) {
    Label end = new Label();
    method.visitLabel(end);
    end(method);
    return end.getOffset();
  }

  static void end(MethodVisitor method) {
    method.visitMaxs(0, 0);
    method.visitEnd();
  }
}
