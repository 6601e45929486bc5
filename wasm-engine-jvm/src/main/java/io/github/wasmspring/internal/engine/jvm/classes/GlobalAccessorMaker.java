package io.github.wasmspring.internal.engine.jvm.classes;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.descriptor;

import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.internal.engine.jvm.code.ValueInstructions;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import io.github.wasmspring.internal.engine.jvm.run.GuestContext;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes the fields for globals, and the methods of {@link GuestContext} that read and write them by
 * their indices.
 */
final class GlobalAccessorMaker {

  private final String owner;
  private final List<ExternalType.Global> globals;

  GlobalAccessorMaker(GuestModule module) {
    this.owner = module.names.context();
    this.globals = module.facts.globals();
  }

  private int type(int global) {
    return GuestModule.type(this.globals.get(global).value());
  }

  private boolean isVector(int global) {
    return type(global) == FunctionSignature.V128;
  }

  void addTo(ClassFileWriter writer) {
    boolean anyVector = false;
    for (int i = 0; i < this.globals.size(); i++) {
      field(writer, Names.global(i), type(i));
      if (isVector(i)) {
        field(writer, Names.upperHalf(i), FunctionSignature.I64);
        anyVector = true;
      }
    }
    get(writer, "global", false);
    set(writer, "setGlobal", false);
    if (anyVector) {
      get(writer, "upperHalf", true);
      set(writer, "setUpperHalf", true);
    }
  }

  private static void field(ClassFileWriter writer, String name, int type) {
    writer.visitField(Opcodes.ACC_PUBLIC, name, descriptor(type), null, null).visitEnd();
  }

  private void get(ClassFileWriter writer, String name, boolean upper) {
    MethodVisitor method = writer.method(Opcodes.ACC_PUBLIC, name, "(I)J");
    Label none = new Label();
    Label[] cases = choose(method, none, upper);
    for (int i = 0; i < this.globals.size(); i++) {
      if (cases[i] != none) {
        method.visitLabel(cases[i]);
        method.visitVarInsn(Opcodes.ALOAD, 0);
        access(method, Opcodes.GETFIELD, i, upper);
        ValueInstructions.toBits(method, type(i));
        method.visitInsn(Opcodes.LRETURN);
      }
    }
    method.visitLabel(none);
    method.visitInsn(Opcodes.LCONST_0);
    method.visitInsn(Opcodes.LRETURN);
    ClassFileWriter.end(method);
  }

  private void set(ClassFileWriter writer, String name, boolean upper) {
    MethodVisitor method = writer.method(Opcodes.ACC_PUBLIC, name, "(IJ)V");
    Label none = new Label();
    Label[] cases = choose(method, none, upper);
    for (int i = 0; i < this.globals.size(); i++) {
      if (cases[i] != none) {
        method.visitLabel(cases[i]);
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitVarInsn(Opcodes.LLOAD, 2);
        ValueInstructions.fromBits(method, type(i));
        access(method, Opcodes.PUTFIELD, i, upper);
        method.visitInsn(Opcodes.RETURN);
      }
    }
    method.visitLabel(none);
    method.visitInsn(Opcodes.RETURN);
    ClassFileWriter.end(method);
  }

  private void access(MethodVisitor method, int opcode, int global, boolean upper) {
    String name = upper ? Names.upperHalf(global) : Names.global(global);
    method.visitFieldInsn(opcode, this.owner, name, descriptor(type(global)));
  }

  /** Where each index goes. The JVM has no switch without a case. */
  private Label[] choose(MethodVisitor method, Label none, boolean upper) {
    Label[] cases = new Label[Math.max(1, this.globals.size())];
    Arrays.fill(cases, none);
    for (int i = 0; i < this.globals.size(); i++) {
      if (!upper || isVector(i)) {
        cases[i] = new Label();
      }
    }
    method.visitVarInsn(Opcodes.ILOAD, 1);
    method.visitTableSwitchInsn(0, cases.length - 1, none, cases);
    return cases;
  }
}
