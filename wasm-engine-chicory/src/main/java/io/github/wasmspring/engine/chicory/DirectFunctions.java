package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.engine.WasmDirectFunction;
import io.github.wasmspring.internal.engine.RuntimeClasses;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the method that Chicory's compiler made of a function, and makes a class that calls it.
 * Otherwise each call goes through one method that dispatches to all functions of the module, with
 * an array of arguments and one of results; in a module with thousands of functions HotSpot does
 * not even compile that method.
 */
final class DirectFunctions {

  private static final Logger logger = LoggerFactory.getLogger(DirectFunctions.class);

  private static final Type SUPER = Type.getType(DirectFunction.class);
  private static final Type MEMORY = Type.getType(Memory.class);
  private static final Type INSTANCE = Type.getType(Instance.class);
  private static final String GROUP = "FuncGroup_";
  private static final String SUFFIX = "Direct_";

  private DirectFunctions() {}

  /**
   * @param machine what Chicory's compiler made of the module
   * @param index of the function, imported ones included
   * @return {@code null} if the function has too many parameters or results, was not compiled, or
   *     no class can be made
   */
  static @Nullable WasmDirectFunction of(Class<?> machine, int index, WasmFunctionType type) {
    if (!RuntimeClasses.arePossible()
        || type.params().size() > WasmDirectFunction.MOST_PARAMETERS
        || type.results().size() > 1) {
      return null;
    }
    try {
      Class<?> group = groupOf(machine, index, type);
      return group == null ? null : define(group, index, type);
    } catch (ReflectiveOperationException | LinkageError closed) {
      logger.debug("Function {} of {} is called the long way", index, machine.getName(), closed);
      return null;
    }
  }

  /** Chicory numbers the classes that have the functions, so many of them in each. */
  private static @Nullable Class<?> groupOf(Class<?> machine, int index, WasmFunctionType type)
      throws ReflectiveOperationException {
    for (int group = 0; ; group++) {
      Class<?> candidate;
      try {
        candidate =
            Class.forName(machine.getName() + GROUP + group, false, machine.getClassLoader());
      } catch (ClassNotFoundException noMore) {
        return null;
      }
      try {
        lookup(candidate)
            .findStatic(
                candidate,
                name(index),
                MethodType.fromMethodDescriptorString(
                    descriptor(type).getDescriptor(), machine.getClassLoader()));
        return candidate;
      } catch (NoSuchMethodException elsewhere) {
        continue;
      }
    }
  }

  private static MethodHandles.Lookup lookup(Class<?> type) throws IllegalAccessException {
    return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
  }

  private static String name(int index) {
    return "func_" + index;
  }

  private static Type descriptor(WasmFunctionType type) throws NoSuchMethodException {
    List<Type> parameters = new ArrayList<>();
    for (WasmValueType parameter : type.params()) {
      parameters.add(javaType(parameter));
    }
    parameters.add(MEMORY);
    parameters.add(INSTANCE);
    return Type.getMethodType(
        type.results().isEmpty() ? Type.VOID_TYPE : javaType(type.results().get(0)),
        parameters.toArray(Type[]::new));
  }

  private static Type javaType(WasmValueType type) throws NoSuchMethodException {
    return switch (type) {
      case I32 -> Type.INT_TYPE;
      case I64 -> Type.LONG_TYPE;
      case F32 -> Type.FLOAT_TYPE;
      case F64 -> Type.DOUBLE_TYPE;
      default -> throw new NoSuchMethodException("No method takes or returns " + type);
    };
  }

  /** One class per function, however many beans call it. */
  private static WasmDirectFunction define(Class<?> group, int index, WasmFunctionType type)
      throws ReflectiveOperationException {
    String name = group.getName() + SUFFIX + index;
    Class<?> direct;
    synchronized (DirectFunctions.class) {
      try {
        direct = Class.forName(name, true, group.getClassLoader());
      } catch (ClassNotFoundException notYet) {
        direct = lookup(group).defineClass(write(group, index, type));
      }
    }
    return (WasmDirectFunction) direct.getConstructor().newInstance();
  }

  private static byte[] write(Class<?> group, int index, WasmFunctionType type)
      throws NoSuchMethodException {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(
        Opcodes.V17,
        Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC,
        Type.getInternalName(group) + SUFFIX + index,
        null,
        SUPER.getInternalName(),
        null);
    writeConstructor(writer);
    writeInvoke(writer, Type.getInternalName(group), index, type);
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static void writeConstructor(ClassWriter writer) {
    MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
    code.visitCode();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, SUPER.getInternalName(), "<init>", "()V", false);
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  private static void writeInvoke(
      ClassWriter writer, String group, int index, WasmFunctionType type)
      throws NoSuchMethodException {
    int count = type.params().size();
    Type[] parameters = new Type[count + 2];
    Arrays.fill(parameters, Type.LONG_TYPE);
    parameters[count] = MEMORY;
    parameters[count + 1] = INSTANCE;
    MethodVisitor code =
        writer.visitMethod(
            Opcodes.ACC_PROTECTED | Opcodes.ACC_FINAL,
            "invoke",
            Type.getMethodDescriptor(Type.LONG_TYPE, parameters),
            null,
            null);
    code.visitCode();
    for (int i = 0; i < count; i++) {
      code.visitVarInsn(Opcodes.LLOAD, 1 + 2 * i);
      fromBits(code, type.params().get(i));
    }
    code.visitVarInsn(Opcodes.ALOAD, 1 + 2 * count);
    code.visitVarInsn(Opcodes.ALOAD, 2 + 2 * count);
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC, group, name(index), descriptor(type).getDescriptor(), false);
    if (type.results().isEmpty()) {
      code.visitInsn(Opcodes.LCONST_0);
    } else {
      toBits(code, type.results().get(0));
    }
    code.visitInsn(Opcodes.LRETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  private static void fromBits(MethodVisitor code, WasmValueType type) {
    if (type == WasmValueType.I32 || type == WasmValueType.F32) {
      code.visitInsn(Opcodes.L2I);
    }
    if (type == WasmValueType.F32) {
      convert(code, Float.class, "intBitsToFloat", "(I)F");
    } else if (type == WasmValueType.F64) {
      convert(code, Double.class, "longBitsToDouble", "(J)D");
    }
  }

  private static void toBits(MethodVisitor code, WasmValueType type) {
    if (type == WasmValueType.F32) {
      convert(code, Float.class, "floatToRawIntBits", "(F)I");
    } else if (type == WasmValueType.F64) {
      convert(code, Double.class, "doubleToRawLongBits", "(D)J");
    }
    if (type == WasmValueType.I32 || type == WasmValueType.F32) {
      code.visitInsn(Opcodes.I2L);
    }
  }

  private static void convert(MethodVisitor code, Class<?> type, String name, String descriptor) {
    code.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(type), name, descriptor, false);
  }
}
