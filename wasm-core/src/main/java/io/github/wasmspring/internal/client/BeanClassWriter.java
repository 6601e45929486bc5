package io.github.wasmspring.internal.client;

import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * Writes the class of a bean: a field with a {@link BeanMethod} for each method, which calls it
 * with its arguments in an array, or with their bits if all of them are numbers.
 */
final class BeanClassWriter {

  private static final String DESCRIPTION = "description";
  private static final Type BEAN_METHOD = Type.getType(BeanMethod.class);
  private static final Type STRING = Type.getType(String.class);
  private static final Method CONSTRUCTOR =
      new Method("<init>", Type.VOID_TYPE, new Type[] {Type.getType(BeanMethod[].class), STRING});
  private static final Method INVOKE = Method.getMethod("Object invoke(Object[])");

  private BeanClassWriter() {}

  /**
   * @param suffix of its name, after that of the interface
   */
  static byte[] write(Class<?> type, String suffix, List<java.lang.reflect.Method> methods) {
    Type bean = Type.getObjectType(Type.getInternalName(type) + suffix);
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(
        Opcodes.V17,
        Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
        bean.getInternalName(),
        null,
        Type.getInternalName(Object.class),
        new String[] {Type.getInternalName(type)});
    int fields = Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;
    writer.visitField(fields, DESCRIPTION, STRING.getDescriptor(), null, null).visitEnd();
    for (int i = 0; i < methods.size(); i++) {
      writer.visitField(fields, field(i), BEAN_METHOD.getDescriptor(), null, null).visitEnd();
    }
    writeConstructor(writer, bean, methods.size());
    writeToString(writer, bean);
    for (int i = 0; i < methods.size(); i++) {
      write(writer, bean, field(i), methods.get(i));
    }
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static String field(int method) {
    return "method" + method;
  }

  private static GeneratorAdapter method(ClassWriter writer, Method signature) {
    GeneratorAdapter code =
        new GeneratorAdapter(
            Opcodes.ACC_PUBLIC,
            signature,
            writer.visitMethod(
                Opcodes.ACC_PUBLIC, signature.getName(), signature.getDescriptor(), null, null));
    code.visitCode();
    return code;
  }

  private static void writeConstructor(ClassWriter writer, Type bean, int methods) {
    GeneratorAdapter code = method(writer, CONSTRUCTOR);
    code.loadThis();
    code.invokeConstructor(Type.getType(Object.class), Method.getMethod("void <init>()"));
    for (int i = 0; i < methods; i++) {
      code.loadThis();
      code.loadArg(0);
      code.push(i);
      code.arrayLoad(BEAN_METHOD);
      code.putField(bean, field(i), BEAN_METHOD);
    }
    code.loadThis();
    code.loadArg(1);
    code.putField(bean, DESCRIPTION, STRING);
    code.returnValue();
    code.endMethod();
  }

  private static void writeToString(ClassWriter writer, Type bean) {
    GeneratorAdapter code = method(writer, new Method("toString", STRING, new Type[0]));
    code.loadThis();
    code.getField(bean, DESCRIPTION, STRING);
    code.returnValue();
    code.endMethod();
  }

  private static void write(
      ClassWriter writer, Type bean, String field, java.lang.reflect.Method method) {
    GeneratorAdapter code = method(writer, Method.getMethod(method));
    code.loadThis();
    code.getField(bean, field, BEAN_METHOD);
    if (NumberTypes.fit(method)) {
      callWithNumbers(code, method);
    } else {
      callWithObjects(code, method);
    }
    code.returnValue();
    code.endMethod();
  }

  private static void callWithObjects(GeneratorAdapter code, java.lang.reflect.Method method) {
    if (method.getParameterCount() == 0) {
      code.visitInsn(Opcodes.ACONST_NULL);
    } else {
      code.loadArgArray();
    }
    code.invokeVirtual(BEAN_METHOD, INVOKE);
    if (method.getReturnType() == void.class) {
      code.pop();
    } else {
      code.unbox(Type.getReturnType(method));
    }
  }

  private static void callWithNumbers(GeneratorAdapter code, java.lang.reflect.Method method) {
    Type[] parameters = Type.getArgumentTypes(method);
    for (int i = 0; i < parameters.length; i++) {
      code.loadArg(i);
      toBits(code, parameters[i]);
    }
    Type[] longs = new Type[parameters.length];
    Arrays.fill(longs, Type.LONG_TYPE);
    code.invokeVirtual(BEAN_METHOD, new Method("call", Type.LONG_TYPE, longs));
    fromBits(code, Type.getReturnType(method));
  }

  private static void toBits(GeneratorAdapter code, Type type) {
    switch (type.getSort()) {
      case Type.LONG -> {}
      case Type.DOUBLE ->
          code.invokeStatic(Type.getType(Double.class), method("long doubleToRawLongBits(double)"));
      case Type.FLOAT -> {
        code.invokeStatic(Type.getType(Float.class), method("int floatToRawIntBits(float)"));
        code.cast(Type.INT_TYPE, Type.LONG_TYPE);
      }
      default -> code.cast(Type.INT_TYPE, Type.LONG_TYPE);
    }
  }

  private static void fromBits(GeneratorAdapter code, Type type) {
    switch (type.getSort()) {
      case Type.LONG -> {}
      case Type.DOUBLE ->
          code.invokeStatic(Type.getType(Double.class), method("double longBitsToDouble(long)"));
      case Type.FLOAT -> {
        code.cast(Type.LONG_TYPE, Type.INT_TYPE);
        code.invokeStatic(Type.getType(Float.class), method("float intBitsToFloat(int)"));
      }
      case Type.BOOLEAN -> code.invokeStatic(BEAN_METHOD, method("boolean isTrue(long)"));
      default -> {
        code.cast(Type.LONG_TYPE, Type.INT_TYPE);
        code.cast(Type.INT_TYPE, type);
      }
    }
  }

  private static Method method(String declaration) {
    return Method.getMethod(declaration);
  }
}
