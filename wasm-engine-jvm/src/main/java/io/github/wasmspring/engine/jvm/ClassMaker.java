package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.engine.jvm.InstructionBuffer.Member;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Writes the classes of a module. */
final class ClassMaker {

  private static final int STATIC = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
  private static final String ENTRY = Type.getInternalName(GuestFunction.class);
  private static final String BASE = "L" + Names.CONTEXT_BASE + ";";

  private final GuestModule module;
  private final int[] inTables;

  /**
   * @param inTables the functions that a table may have
   */
  ClassMaker(GuestModule module, int[] inTables) {
    this.module = module;
    this.inTables = inTables;
  }

  /** Computes frames without loading classes: what meets is of one type, or of no use. */
  private static final class Writer extends ClassWriter {

    Writer(String name, String parent) {
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

    void constructor(String parent) {
      MethodVisitor method = method(Opcodes.ACC_PUBLIC, "<init>", "()V");
      method.visitVarInsn(Opcodes.ALOAD, 0);
      method.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, "<init>", "()V", false);
      method.visitInsn(Opcodes.RETURN);
      end(method);
    }
  }

  private static void end(MethodVisitor method) {
    method.visitMaxs(0, 0);
    method.visitEnd();
  }

  /** The globals as fields, and the results beyond the first of a function. */
  byte[] context() {
    Writer writer = new Writer(Names.CONTEXT, Names.CONTEXT_BASE);
    writer.constructor(Names.CONTEXT_BASE);
    List<ExternalType.Global> globals = this.module.facts.globals();
    for (int i = 0; i < globals.size(); i++) {
      String type =
          String.valueOf(FunctionSignature.javaType(GuestModule.type(globals.get(i).value())));
      writer.visitField(Opcodes.ACC_PUBLIC, Names.global(i), type, null, null).visitEnd();
    }
    Set<String> results = new LinkedHashSet<>();
    for (int type = 0; type < this.module.facts.typeCount(); type++) {
      for (int i = 1; isUsed(type) && i < this.module.signature(type).results().length; i++) {
        results.add(
            Names.result(i, FunctionSignature.javaType(this.module.signature(type).results()[i])));
      }
    }
    for (String name : results) {
      String type = name.substring(name.length() - 1);
      writer.visitField(Opcodes.ACC_PUBLIC, name, type, null, null).visitEnd();
    }
    accessor(writer, globals, false);
    accessor(writer, globals, true);
    return writer.toBytes();
  }

  /** A type may be declared that no function here can have. */
  private boolean isUsed(int type) {
    try {
      this.module.signature(type);
      return true;
    } catch (io.github.wasmspring.WasmLoadException unused) {
      return false;
    }
  }

  private void accessor(Writer writer, List<ExternalType.Global> globals, boolean set) {
    MethodVisitor method =
        set
            ? writer.method(Opcodes.ACC_PUBLIC, "setGlobal", "(IJ)V")
            : writer.method(Opcodes.ACC_PUBLIC, "global", "(I)J");
    Label[] cases = new Label[globals.size()];
    for (int i = 0; i < cases.length; i++) {
      cases[i] = new Label();
    }
    Label none = new Label();
    method.visitVarInsn(Opcodes.ILOAD, 1);
    method.visitTableSwitchInsn(0, Math.max(0, cases.length - 1), none, orDefault(cases, none));
    for (int i = 0; i < cases.length; i++) {
      int type = GuestModule.type(globals.get(i).value());
      String descriptor = String.valueOf(FunctionSignature.javaType(type));
      method.visitLabel(cases[i]);
      method.visitVarInsn(Opcodes.ALOAD, 0);
      if (set) {
        method.visitVarInsn(Opcodes.LLOAD, 2);
        fromBits(method, type);
        method.visitFieldInsn(Opcodes.PUTFIELD, Names.CONTEXT, Names.global(i), descriptor);
        method.visitInsn(Opcodes.RETURN);
      } else {
        method.visitFieldInsn(Opcodes.GETFIELD, Names.CONTEXT, Names.global(i), descriptor);
        toBits(method, type);
        method.visitInsn(Opcodes.LRETURN);
      }
    }
    method.visitLabel(none);
    if (set) {
      method.visitInsn(Opcodes.RETURN);
    } else {
      method.visitInsn(Opcodes.LCONST_0);
      method.visitInsn(Opcodes.LRETURN);
    }
    end(method);
  }

  /** The JVM has no switch without a case. */
  private static Label[] orDefault(Label[] cases, Label none) {
    return cases.length > 0 ? cases : new Label[] {none};
  }

  /** The functions of a group, each a static method. */
  byte[] functions(int group, FunctionCompiler compiler) {
    Writer writer = new Writer(Names.internal(Names.FUNCTIONS, group), "java/lang/Object");
    for (int i = 0; i < this.module.facts.functionCount(); i++) {
      if (this.module.group(i) != group) {
        continue;
      }
      Member name = this.module.method(i);
      MethodVisitor method = writer.method(STATIC, name.name(), name.descriptor());
      if (i < this.module.facts.importedFunctionCount()) {
        hostCall(method, i);
      } else {
        compiler.compile(i);
        compiler.writeTo(method);
      }
      end(method);
    }
    return writer.toBytes();
  }

  private void hostCall(MethodVisitor method, int function) {
    FunctionSignature signature = this.module.signatureOf(function);
    int[] parameters = signature.parameters();
    method.visitVarInsn(Opcodes.ALOAD, signature.slots());
    InstructionBuffer.writeInt(method, function);
    InstructionBuffer.writeInt(method, parameters.length);
    method.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_LONG);
    int slot = 0;
    for (int i = 0; i < parameters.length; i++) {
      method.visitInsn(Opcodes.DUP);
      InstructionBuffer.writeInt(method, i);
      variable(method, parameters[i], slot);
      toBits(method, parameters[i]);
      method.visitInsn(Opcodes.LASTORE);
      slot += FunctionSignature.slots(parameters[i]);
    }
    method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Names.CONTEXT_BASE, "callHost", "(I[J)[J", false);
    int[] results = signature.results();
    int array = signature.slots() + 1;
    method.visitVarInsn(Opcodes.ASTORE, array);
    for (int i = results.length - 1; i >= 0; i--) {
      if (i > 0) {
        method.visitVarInsn(Opcodes.ALOAD, signature.slots());
      }
      method.visitVarInsn(Opcodes.ALOAD, array);
      InstructionBuffer.writeInt(method, i);
      method.visitInsn(Opcodes.LALOAD);
      fromBits(method, results[i]);
      if (i > 0) {
        char type = FunctionSignature.javaType(results[i]);
        method.visitFieldInsn(
            Opcodes.PUTFIELD, Names.CONTEXT, Names.result(i, type), String.valueOf(type));
      }
    }
    giveBack(method, results);
  }

  private static void giveBack(MethodVisitor method, int[] results) {
    method.visitInsn(
        results.length == 0
            ? Opcodes.RETURN
            : Type.getType(String.valueOf(FunctionSignature.javaType(results[0])))
                .getOpcode(Opcodes.IRETURN));
  }

  private static void variable(MethodVisitor method, int type, int slot) {
    method.visitVarInsn(
        Type.getType(String.valueOf(FunctionSignature.javaType(type))).getOpcode(Opcodes.ILOAD),
        slot);
  }

  /** Calls a function that a table has, by its index, if it is of the type. */
  byte[] indirect(FunctionSignature signature) {
    Writer writer = new Writer(Names.internal(Names.INDIRECT, signature.id()), "java/lang/Object");
    String descriptor = signature.descriptor().replace("L" + Names.CONTEXT, "IL" + Names.CONTEXT);
    List<Integer> candidates = new ArrayList<>();
    for (int function : this.inTables) {
      if (this.module.signatureOf(function) == signature) {
        candidates.add(function);
      }
    }
    MethodVisitor method = writer.method(STATIC, "call", descriptor);
    choose(writer, method, signature, descriptor, candidates, "call");
    return writer.toBytes();
  }

  /** In methods that HotSpot compiles, however many functions there are. */
  private void choose(
      Writer writer,
      MethodVisitor method,
      FunctionSignature signature,
      String descriptor,
      List<Integer> candidates,
      String name) {
    int most = 64;
    int middle = candidates.size() / 2;
    if (candidates.size() > most) {
      Label upper = new Label();
      method.visitVarInsn(Opcodes.ILOAD, signature.slots());
      InstructionBuffer.writeInt(method, candidates.get(middle));
      method.visitJumpInsn(Opcodes.IF_ICMPGE, upper);
      forward(method, signature, name + "0", descriptor);
      method.visitLabel(upper);
      forward(method, signature, name + "1", descriptor);
      end(method);
      MethodVisitor low = writer.method(STATIC, name + "0", descriptor);
      choose(writer, low, signature, descriptor, candidates.subList(0, middle), name + "0");
      MethodVisitor high = writer.method(STATIC, name + "1", descriptor);
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
      invoke(method, this.module.method(candidates.get(i)));
      giveBack(method, signature.results());
    }
    method.visitLabel(other);
    method.visitMethodInsn(
        Opcodes.INVOKESTATIC, Names.TABLES, "otherType", "()Ljava/lang/RuntimeException;", false);
    method.visitInsn(Opcodes.ATHROW);
    end(method);
  }

  private static void forward(
      MethodVisitor method, FunctionSignature signature, String name, String descriptor) {
    parameters(method, signature);
    method.visitVarInsn(Opcodes.ILOAD, signature.slots());
    method.visitVarInsn(Opcodes.ALOAD, signature.slots() + 1);
    method.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        Names.internal(Names.INDIRECT, signature.id()),
        name,
        descriptor,
        false);
    giveBack(method, signature.results());
  }

  private static void parameters(MethodVisitor method, FunctionSignature signature) {
    int slot = 0;
    for (int type : signature.parameters()) {
      variable(method, type, slot);
      slot += FunctionSignature.slots(type);
    }
  }

  private static void invoke(MethodVisitor method, Member function) {
    method.visitMethodInsn(
        Opcodes.INVOKESTATIC, function.owner(), function.name(), function.descriptor(), false);
  }

  /** What the host calls a function through. */
  byte[] entry(int function) {
    Writer writer = new Writer(Names.internal(Names.ENTRY, function), ENTRY);
    writer.constructor(ENTRY);
    FunctionSignature signature = this.module.signatureOf(function);
    MethodVisitor method = writer.method(Opcodes.ACC_PROTECTED, "invoke", "([J" + BASE + ")[J");
    for (int i = 0; i < signature.parameters().length; i++) {
      method.visitVarInsn(Opcodes.ALOAD, 1);
      InstructionBuffer.writeInt(method, i);
      method.visitInsn(Opcodes.LALOAD);
      fromBits(method, signature.parameters()[i]);
    }
    method.visitVarInsn(Opcodes.ALOAD, 2);
    method.visitTypeInsn(Opcodes.CHECKCAST, Names.CONTEXT);
    invoke(method, this.module.method(function));
    int[] results = signature.results();
    if (results.length > 0) {
      toBits(method, results[0]);
      method.visitVarInsn(Opcodes.LSTORE, 3);
    }
    InstructionBuffer.writeInt(method, results.length);
    method.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_LONG);
    for (int i = 0; i < results.length; i++) {
      method.visitInsn(Opcodes.DUP);
      InstructionBuffer.writeInt(method, i);
      if (i == 0) {
        method.visitVarInsn(Opcodes.LLOAD, 3);
      } else {
        char type = FunctionSignature.javaType(results[i]);
        method.visitVarInsn(Opcodes.ALOAD, 2);
        method.visitTypeInsn(Opcodes.CHECKCAST, Names.CONTEXT);
        method.visitFieldInsn(
            Opcodes.GETFIELD, Names.CONTEXT, Names.result(i, type), String.valueOf(type));
        toBits(method, results[i]);
      }
      method.visitInsn(Opcodes.LASTORE);
    }
    method.visitInsn(Opcodes.ARETURN);
    end(method);
    return writer.toBytes();
  }

  private static void fromBits(MethodVisitor method, int type) {
    if (type != FunctionSignature.I64 && type != FunctionSignature.F64) {
      method.visitInsn(Opcodes.L2I);
    }
    if (type == FunctionSignature.F32) {
      convert(method, "java/lang/Float", "intBitsToFloat", "(I)F");
    } else if (type == FunctionSignature.F64) {
      convert(method, "java/lang/Double", "longBitsToDouble", "(J)D");
    }
  }

  private static void toBits(MethodVisitor method, int type) {
    if (type == FunctionSignature.F32) {
      convert(method, "java/lang/Float", "floatToRawIntBits", "(F)I");
    } else if (type == FunctionSignature.F64) {
      convert(method, "java/lang/Double", "doubleToRawLongBits", "(D)J");
    }
    if (type != FunctionSignature.I64 && type != FunctionSignature.F64) {
      method.visitInsn(Opcodes.I2L);
    }
  }

  private static void convert(MethodVisitor method, String type, String name, String descriptor) {
    method.visitMethodInsn(Opcodes.INVOKESTATIC, type, name, descriptor, false);
  }
}
