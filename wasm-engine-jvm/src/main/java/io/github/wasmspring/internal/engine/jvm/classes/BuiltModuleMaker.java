package io.github.wasmspring.internal.engine.jvm.classes;

import io.github.wasmspring.internal.engine.jvm.code.ValueInstructions;
import io.github.wasmspring.internal.engine.jvm.instance.GuestFunction;
import io.github.wasmspring.internal.engine.jvm.module.ClassNames;
import io.github.wasmspring.internal.engine.jvm.run.GuestContext;
import io.github.wasmspring.split.BigFunction;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Makes the {@link BuiltModule} of a module. */
final class BuiltModuleMaker {

  private static final String PARENT = Type.getInternalName(BuiltModule.class);
  private static final String FUNCTION = Type.getDescriptor(GuestFunction.class);
  private static final String CONTEXT = Type.getDescriptor(GuestContext.class);
  private static final String STRING = Type.getDescriptor(String.class);

  /** So that the method has some 16,000 bytes. */
  private static final int MOST_CASES = 1000;

  private final String name;
  private final ClassNames names;
  private final ClassFileWriter writer;

  /**
   * @param name as the JVM writes it
   */
  BuiltModuleMaker(String name, ClassNames names) {
    this.name = name;
    this.names = names;
    this.writer = new ClassFileWriter(name, PARENT);
  }

  /**
   * @param resource where the module will be, from the root of the class path
   * @param signatures of the functions that the host calls by their index
   */
  byte[] make(
      String digest, String resource, List<BigFunction> split, int[] entries, int[] signatures) {
    this.writer.constructor(PARENT);
    MethodVisitor form = method("form", "()I");
    ValueInstructions.writeInt(form, BuiltModule.FORM);
    end(form, Opcodes.IRETURN);
    constant("digest", digest);
    constant("resource", resource);
    split(split);
    made("newContext", CONTEXT, this.names.context());
    made("newValues", "Ljava/lang/Object;", this.names.values());
    choice("newEntry", ClassNames.ENTRY, entries);
    choice("newElement", ClassNames.ELEMENT, signatures);
    return this.writer.toBytes();
  }

  private MethodVisitor method(String called, String descriptor) {
    return this.writer.method(Opcodes.ACC_PUBLIC, called, descriptor);
  }

  private static void end(MethodVisitor method, int returning) {
    method.visitInsn(returning);
    ClassFileWriter.end(method);
  }

  private void constant(String called, String value) {
    MethodVisitor method = method(called, "()" + STRING);
    method.visitLdcInsn(value);
    end(method, Opcodes.ARETURN);
  }

  private void split(List<BigFunction> functions) {
    MethodVisitor method = method("split", "()[" + STRING);
    ValueInstructions.writeInt(method, functions.size());
    method.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/String");
    for (int i = 0; i < functions.size(); i++) {
      method.visitInsn(Opcodes.DUP);
      ValueInstructions.writeInt(method, i);
      method.visitLdcInsn(BuiltModule.write(functions.get(i)));
      method.visitInsn(Opcodes.AASTORE);
    }
    end(method, Opcodes.ARETURN);
  }

  private void made(String called, String type, String made) {
    MethodVisitor method = method(called, "()" + type);
    make(method, made);
    end(method, Opcodes.ARETURN);
  }

  private static void make(MethodVisitor method, String made) {
    method.visitTypeInsn(Opcodes.NEW, made);
    method.visitInsn(Opcodes.DUP);
    method.visitMethodInsn(Opcodes.INVOKESPECIAL, made, "<init>", "()V", false);
  }

  /** Of an object, by a number. */
  private void choice(String called, String kind, int[] numbers) {
    MethodVisitor method = method(called, "(I)" + FUNCTION);
    for (int first = 0; first < numbers.length; first += MOST_CASES) {
      int end = Math.min(numbers.length, first + MOST_CASES);
      Label next = new Label();
      method.visitVarInsn(Opcodes.ILOAD, 1);
      ValueInstructions.writeInt(method, numbers[end - 1]);
      method.visitJumpInsn(Opcodes.IF_ICMPGT, next);
      method.visitVarInsn(Opcodes.ILOAD, 1);
      String some = called + first;
      method.visitMethodInsn(Opcodes.INVOKESTATIC, this.name, some, "(I)" + FUNCTION, false);
      method.visitInsn(Opcodes.ARETURN);
      method.visitLabel(next);
      choice(some, kind, numbers, first, end);
    }
    method.visitVarInsn(Opcodes.ILOAD, 1);
    notMade(method);
  }

  private void choice(String called, String kind, int[] numbers, int first, int end) {
    MethodVisitor method =
        this.writer.method(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC, called, "(I)" + FUNCTION);
    int[] keys = Arrays.copyOfRange(numbers, first, end);
    Label[] cases = new Label[keys.length];
    Arrays.setAll(cases, each -> new Label());
    Label none = new Label();
    method.visitVarInsn(Opcodes.ILOAD, 0);
    method.visitLookupSwitchInsn(none, keys, cases);
    for (int i = 0; i < cases.length; i++) {
      method.visitLabel(cases[i]);
      make(method, this.names.of(kind, keys[i]));
      method.visitInsn(Opcodes.ARETURN);
    }
    method.visitLabel(none);
    method.visitVarInsn(Opcodes.ILOAD, 0);
    notMade(method);
  }

  private static void notMade(MethodVisitor method) {
    method.visitMethodInsn(
        Opcodes.INVOKESTATIC, PARENT, "notMade", "(I)Ljava/lang/RuntimeException;", false);
    end(method, Opcodes.ATHROW);
  }
}
