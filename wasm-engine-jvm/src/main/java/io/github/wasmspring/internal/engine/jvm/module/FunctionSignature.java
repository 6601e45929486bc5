package io.github.wasmspring.internal.engine.jvm.module;

import io.github.wasmspring.engine.WasmDirectFunction;

/**
 * The type of functions as compiled code has it; there is one for all types that are equal.
 *
 * @param id the index of the first of the types that are equal
 * @param parameters as the binary format writes types, one byte each; a vector is two, its lower
 *     half and {@link #UPPER_HALF}, and so it is in results
 * @param descriptor of the method, whose last parameter is the instance
 * @param slots what the parameters take of the JVM's local variables
 */
public record FunctionSignature(
    int id, int[] parameters, int[] results, String descriptor, int slots) {

  public static final int I32 = 0x7f;
  public static final int I64 = 0x7e;
  public static final int F32 = 0x7d;
  public static final int F64 = 0x7c;

  /** The lower half of a vector, and in a function's body all of it. */
  public static final int V128 = 0x7b;

  /** What stands behind the lower half of a vector; no type of the format. */
  public static final int UPPER_HALF = 0x7a;

  public static final int FUNCREF = 0x70;
  public static final int EXTERNREF = 0x6f;
  public static final int EXNREF = 0x69;

  /**
   * @param context the class of instances
   */
  static FunctionSignature of(int id, int[] parameters, int[] results, String context) {
    StringBuilder text = new StringBuilder("(");
    int slots = 0;
    for (int type : parameters) {
      text.append(descriptor(type));
      slots += slots(type);
    }
    text.append('L').append(context).append(";)");
    text.append(results.length == 0 ? "V" : descriptor(results[0]));
    return new FunctionSignature(id, parameters, results, text.toString(), slots);
  }

  /** Whether a function takes and returns few numbers, so that a call needs no arrays. */
  public boolean isDirect() {
    return this.parameters.length <= WasmDirectFunction.MOST_PARAMETERS
        && this.results.length <= 1
        && areNumbers(this.parameters)
        && areNumbers(this.results);
  }

  private static boolean areNumbers(int[] types) {
    for (int type : types) {
      if (type < F64) {
        return false;
      }
    }
    return true;
  }

  /** Of a method that takes the index of the function behind the parameters. */
  public String descriptorByIndex() {
    int end = 1;
    for (int type : this.parameters) {
      end += descriptor(type).length();
    }
    return this.descriptor.substring(0, end) + 'I' + this.descriptor.substring(end);
  }

  /**
   * Of a method that makes an exception of the parameters and a tag, for a type without results.
   */
  public String descriptorOfException() {
    return descriptorByIndex().replace(")V", ")L" + Names.EXCEPTION + ";");
  }

  /** Of a field or a variable. */
  public static String descriptor(int type) {
    return type == EXNREF ? "L" + Names.EXCEPTION + ";" : String.valueOf(javaType(type));
  }

  /**
   * References are numbers: the index of a function, or what the host gave; -1 is null. Only those
   * to exceptions are references of the JVM.
   */
  public static char javaType(int type) {
    return switch (type) {
      case I64, V128, UPPER_HALF -> 'J';
      case F32 -> 'F';
      case F64 -> 'D';
      case EXNREF -> 'L';
      default -> 'I';
    };
  }

  /** The JVM's instruction for a type of those that it has for each. */
  public static int variant(int opcodeOfInt, int type) {
    return switch (javaType(type)) {
      case 'J' -> opcodeOfInt + 1;
      case 'F' -> opcodeOfInt + 2;
      case 'D' -> opcodeOfInt + 3;
      case 'L' -> opcodeOfInt + 4;
      default -> opcodeOfInt;
    };
  }

  public static int slots(int type) {
    return switch (javaType(type)) {
      case 'J', 'D' -> 2;
      default -> 1;
    };
  }
}
