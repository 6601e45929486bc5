package io.github.wasmspring.internal.engine.jvm.module;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What the classes of a module are called, as the JVM writes names.
 *
 * @param prefix what all of them begin with, and no other class
 */
public record ClassNames(String prefix) {

  /** For modules that have a class loader of their own. */
  public static final ClassNames GENERATED = new ClassNames("wasm/module/");

  /** Hardly more than one function: those beside it would mostly be made for nothing. */
  private static final int GENERATED_BYTES = 512;

  /** To find a class in a jar takes longer than to load some functions more. */
  private static final int BUILT_BYTES = 8192;

  public static final String CONTEXT = "Context";
  public static final String VALUES = "Values";

  /** Followed by the number of the group. */
  public static final String FUNCTIONS = "Functions";

  /** Followed by the index of the function. */
  public static final String ENTRY = "Entry";

  /** Followed by the number of the signature: what the host calls functions in tables through. */
  public static final String ELEMENT = "Element";

  /** Likewise, for calls by index. */
  public static final String INDIRECT = "Indirect";

  /** Likewise, for tail calls. */
  public static final String TAIL = "Tail";

  /** Followed by the kind of lanes and which of them: has the constant for a shuffle. */
  public static final String SHUFFLE = "Shuffle";

  /** Followed by the number of the type of a tag. */
  public static final String THROW = "Throw";

  /**
   * @param main what {@code compiled-class} names
   */
  public static ClassNames ofBuilt(String main) {
    return new ClassNames(main.replace('.', '/') + "$");
  }

  /** Of the bodies of the functions that one class has; a bigger function has one for itself. */
  int groupBytes() {
    return equals(GENERATED) ? GENERATED_BYTES : BUILT_BYTES;
  }

  public String of(String kind) {
    return this.prefix + kind;
  }

  public String of(String kind, int number) {
    return this.prefix + kind + number;
  }

  /** The instance, with globals as fields. */
  public String context() {
    return of(CONTEXT);
  }

  /** Has values on their way from one function to another. */
  public String values() {
    return of(VALUES);
  }

  /** The field for a result on its way. */
  public Member result(int position, int type) {
    return value("r", position, type);
  }

  /** The field for an argument of a tail call on its way. */
  public Member argument(int position, int type) {
    return value("a", position, type);
  }

  private Member value(String kind, int position, int type) {
    return new Member(
        values(),
        kind + position + FunctionSignature.javaType(type),
        FunctionSignature.descriptor(type));
  }

  /** Takes what has the values of an instance that is an operand. */
  public void writeValues(MethodVisitor method) {
    Names.VALUES_FIELD.writeGet(method);
    method.visitTypeInsn(Opcodes.CHECKCAST, values());
  }
}
