package io.github.wasmspring.internal.engine.jvm.code;

import io.github.wasmspring.internal.engine.jvm.module.ClassNames;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What the methods have that hand values on to functions. */
public final class ValueInstructions {

  private ValueInstructions() {}

  public static void writeInt(MethodVisitor method, int value) {
    if (value >= -1 && value <= 5) {
      method.visitInsn(Opcodes.ICONST_0 + value);
    } else if (value == (byte) value) {
      method.visitIntInsn(Opcodes.BIPUSH, value);
    } else if (value == (short) value) {
      method.visitIntInsn(Opcodes.SIPUSH, value);
    } else {
      method.visitLdcInsn(value);
    }
  }

  public static void load(MethodVisitor method, int type, int slot) {
    method.visitVarInsn(FunctionSignature.variant(Opcodes.ILOAD, type), slot);
  }

  public static void loadParameters(MethodVisitor method, FunctionSignature signature) {
    int slot = 0;
    for (int type : signature.parameters()) {
      load(method, type, slot);
      slot += FunctionSignature.slots(type);
    }
  }

  /** An array of them. */
  public static void parametersAsBits(MethodVisitor method, FunctionSignature signature) {
    int[] parameters = signature.parameters();
    writeInt(method, parameters.length);
    method.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_LONG);
    int slot = 0;
    for (int i = 0; i < parameters.length; i++) {
      method.visitInsn(Opcodes.DUP);
      writeInt(method, i);
      load(method, parameters[i], slot);
      toBits(method, parameters[i]);
      method.visitInsn(Opcodes.LASTORE);
      slot += FunctionSignature.slots(parameters[i]);
    }
  }

  /** What variables begin with. */
  public static void zero(MethodVisitor method, int type) {
    method.visitInsn(
        switch (type) {
          case FunctionSignature.I64, FunctionSignature.V128, FunctionSignature.UPPER_HALF ->
              Opcodes.LCONST_0;
          case FunctionSignature.F32 -> Opcodes.FCONST_0;
          case FunctionSignature.F64 -> Opcodes.DCONST_0;
          case FunctionSignature.I32 -> Opcodes.ICONST_0;
          case FunctionSignature.EXNREF -> Opcodes.ACONST_NULL;
          default -> Opcodes.ICONST_M1;
        });
  }

  public static void giveBack(MethodVisitor method, int[] results) {
    method.visitInsn(
        results.length == 0
            ? Opcodes.RETURN
            : FunctionSignature.variant(Opcodes.IRETURN, results[0]));
  }

  /**
   * Takes the results from the array on top and gives them back: the first one itself, the others
   * in fields of the instance.
   *
   * @param context the variable that has the instance
   * @param array one that is free
   */
  public static void giveBackArray(
      MethodVisitor method, int[] results, ClassNames names, int context, int array) {
    method.visitVarInsn(Opcodes.ASTORE, array);
    for (int i = results.length - 1; i >= 0; i--) {
      if (i > 0) {
        method.visitVarInsn(Opcodes.ALOAD, context);
        names.writeValues(method);
      }
      method.visitVarInsn(Opcodes.ALOAD, array);
      writeInt(method, i);
      method.visitInsn(Opcodes.LALOAD);
      fromBits(method, results[i]);
      if (i > 0) {
        names.result(i, results[i]).writePut(method);
      }
    }
    giveBack(method, results);
  }

  /** One for raw bits; those without elements are all the same. */
  public static void array(MethodVisitor method, int length) {
    if (length == 0) {
      method.visitFieldInsn(Opcodes.GETSTATIC, Names.CONTEXT_BASE, "NO_VALUES", "[J");
      return;
    }
    writeInt(method, length);
    method.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_LONG);
  }

  public static void fromBits(MethodVisitor method, int type) {
    if (type == FunctionSignature.EXNREF) {
      method.visitInsn(Opcodes.POP2);
      method.visitInsn(Opcodes.ACONST_NULL);
      return;
    }
    if (FunctionSignature.slots(type) == 1) {
      method.visitInsn(Opcodes.L2I);
    }
    if (type == FunctionSignature.F32) {
      convert(method, "java/lang/Float", "intBitsToFloat", "(I)F");
    } else if (type == FunctionSignature.F64) {
      convert(method, "java/lang/Double", "longBitsToDouble", "(J)D");
    }
  }

  public static void toBits(MethodVisitor method, int type) {
    if (type == FunctionSignature.EXNREF) {
      convert(method, Names.EXCEPTION, "toBits", "(L" + Names.EXCEPTION + ";)J");
      return;
    }
    if (type == FunctionSignature.F32) {
      convert(method, "java/lang/Float", "floatToRawIntBits", "(F)I");
    } else if (type == FunctionSignature.F64) {
      convert(method, "java/lang/Double", "doubleToRawLongBits", "(D)J");
    }
    if (FunctionSignature.slots(type) == 1) {
      method.visitInsn(Opcodes.I2L);
    }
  }

  private static void convert(MethodVisitor method, String type, String name, String descriptor) {
    method.visitMethodInsn(Opcodes.INVOKESTATIC, type, name, descriptor, false);
  }
}
