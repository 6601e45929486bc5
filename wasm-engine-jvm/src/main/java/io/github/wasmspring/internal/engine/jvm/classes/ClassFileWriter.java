package io.github.wasmspring.internal.engine.jvm.classes;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Writes a class. Frames are computed without loading others: what meets is of one type, or of no
 * use.
 */
final class ClassFileWriter extends ClassWriter {

  /** Registers times bytes of a method that the JVM is to find the types in, which takes both. */
  private static final long MOST_TO_FIND = 4_000_000;

  private final boolean frames;
  private boolean needsFrames;

  ClassFileWriter(String name, String parent) {
    this(name, parent, true);
  }

  /**
   * @param frames whether types at labels are written down; if not, the JVM finds them as it did
   *     before there were frames, which takes less time than to compute and to read them once
   */
  ClassFileWriter(String name, String parent, boolean frames) {
    super(frames ? ClassWriter.COMPUTE_FRAMES : ClassWriter.COMPUTE_MAXS);
    this.frames = frames;
    visit(
        frames ? Opcodes.V17 : Opcodes.V1_5,
        Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER,
        name,
        null,
        parent,
        null);
  }

  /** Is told what a method is like. */
  void expect(long variables, int bytes) {
    this.needsFrames |= !this.frames && variables * bytes > MOST_TO_FIND;
  }

  /** Whether a class without frames is better made anew, with them. */
  boolean needsFrames() {
    return this.needsFrames;
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
