package io.github.wasmspring.internal.engine.jvm.module;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A field or a method of a class, as the JVM names them. */
public record Member(String owner, String name, String descriptor) {

  /** If it is a field of an instance. */
  public void writeGet(MethodVisitor visitor) {
    visitor.visitFieldInsn(Opcodes.GETFIELD, this.owner, this.name, this.descriptor);
  }

  /** If it is a field of an instance. */
  public void writePut(MethodVisitor visitor) {
    visitor.visitFieldInsn(Opcodes.PUTFIELD, this.owner, this.name, this.descriptor);
  }

  /** If it is a static field. */
  public void write(MethodVisitor visitor, int opcode) {
    visitor.visitFieldInsn(opcode, this.owner, this.name, this.descriptor);
  }

  /** If it is a method of an instance. */
  public void writeVirtualCall(MethodVisitor visitor) {
    visitor.visitMethodInsn(Opcodes.INVOKEVIRTUAL, this.owner, this.name, this.descriptor, false);
  }

  /** If it is a static method. */
  public void writeCall(MethodVisitor visitor) {
    visitor.visitMethodInsn(Opcodes.INVOKESTATIC, this.owner, this.name, this.descriptor, false);
  }
}
