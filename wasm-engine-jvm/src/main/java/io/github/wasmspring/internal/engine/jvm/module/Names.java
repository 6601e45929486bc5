package io.github.wasmspring.internal.engine.jvm.module;

import io.github.wasmspring.internal.engine.jvm.run.Arithmetic;
import io.github.wasmspring.internal.engine.jvm.run.AtomicInstructions;
import io.github.wasmspring.internal.engine.jvm.run.DoubleLanes;
import io.github.wasmspring.internal.engine.jvm.run.FloatLanes;
import io.github.wasmspring.internal.engine.jvm.run.GuestContext;
import io.github.wasmspring.internal.engine.jvm.run.GuestException;
import io.github.wasmspring.internal.engine.jvm.run.GuestStop;
import io.github.wasmspring.internal.engine.jvm.run.IntegerLanes;
import io.github.wasmspring.internal.engine.jvm.run.LaneProducts;
import io.github.wasmspring.internal.engine.jvm.run.LaneShapes;
import io.github.wasmspring.internal.engine.jvm.run.LinearMemory;
import io.github.wasmspring.internal.engine.jvm.run.LinkedGlobalInstructions;
import io.github.wasmspring.internal.engine.jvm.run.MemoryAccesses;
import io.github.wasmspring.internal.engine.jvm.run.MemoryInstructions;
import io.github.wasmspring.internal.engine.jvm.run.ReferenceInstructions;
import io.github.wasmspring.internal.engine.jvm.run.SharedInstructions;
import io.github.wasmspring.internal.engine.jvm.run.Table64Instructions;
import io.github.wasmspring.internal.engine.jvm.run.TableInstructions;
import io.github.wasmspring.internal.engine.jvm.run.VectorClasses;
import org.objectweb.asm.Type;

/** What the methods of a module's classes are called, and the classes of ours that they use. */
public final class Names {

  public static final String EXCEPTION = Type.getInternalName(GuestException.class);
  public static final String CONTEXT_BASE = Type.getInternalName(GuestContext.class);
  public static final String STOP = Type.getInternalName(GuestStop.class);
  public static final String ARITHMETIC = Type.getInternalName(Arithmetic.class);
  public static final String ACCESSES = Type.getInternalName(MemoryAccesses.class);
  public static final String MEMORIES = Type.getInternalName(MemoryInstructions.class);
  public static final String SHARED = Type.getInternalName(SharedInstructions.class);
  public static final String ATOMICS = Type.getInternalName(AtomicInstructions.class);
  public static final String REFERENCES = Type.getInternalName(ReferenceInstructions.class);
  public static final String TABLES_64 = Type.getInternalName(Table64Instructions.class);
  public static final String LINKED_GLOBALS = Type.getInternalName(LinkedGlobalInstructions.class);
  public static final String TABLES = Type.getInternalName(TableInstructions.class);

  public static final String INTEGER_LANES = Type.getInternalName(IntegerLanes.class);
  public static final String LANE_PRODUCTS = Type.getInternalName(LaneProducts.class);
  public static final String LANE_SHAPES = Type.getInternalName(LaneShapes.class);
  public static final String FLOAT_LANES = Type.getInternalName(FloatLanes.class);
  public static final String DOUBLE_LANES = Type.getInternalName(DoubleLanes.class);

  public static final String VECTOR_CLASSES = Type.getInternalName(VectorClasses.class);

  private static final String LINEAR_MEMORY = Type.getInternalName(LinearMemory.class);

  static final Member VALUES_FIELD = new Member(CONTEXT_BASE, "values", "Ljava/lang/Object;");
  public static final Member MEMORY_FIELD =
      new Member(CONTEXT_BASE, "memory", "L" + LINEAR_MEMORY + ";");
  public static final Member MEMORIES_FIELD =
      new Member(CONTEXT_BASE, "memories", "[L" + LINEAR_MEMORY + ";");
  public static final Member BYTES_FIELD = new Member(LINEAR_MEMORY, "bytes", "[B");
  public static final Member SIZE_FIELD = new Member(LINEAR_MEMORY, "size", "I");

  private static final int MOST_DIGITS = 9;

  /** Of the method that a function becomes. */
  private static final String FUNCTION = "f";

  /** Of the method that calls an imported function. */
  private static final String IMPORT = "host";

  /** Between the index of a function and the number of a piece. */
  private static final char PIECE = 'p';

  private Names() {}

  static String method(int function, boolean imported) {
    return (imported ? IMPORT : FUNCTION) + function;
  }

  /** What calls a function that has tail calls, and then what it leaves. */
  static String loop(int function) {
    return "loop" + function;
  }

  /** The piece of a function that was split. */
  public static String piece(int function, int piece) {
    return FUNCTION + function + PIECE + piece;
  }

  static boolean isPiece(String method) {
    return functionOf(method) >= 0 && method.indexOf(PIECE) > 0;
  }

  /** The function that a method was made of, -1 if it was made of none. */
  static int functionOf(String method) {
    if (method.startsWith(IMPORT)) {
      return number(method, IMPORT.length(), method.length());
    }
    if (!method.startsWith(FUNCTION)) {
      return -1;
    }
    int piece = method.indexOf(PIECE);
    return piece >= 0 && number(method, piece + 1, method.length()) < 0
        ? -1
        : number(method, FUNCTION.length(), piece >= 0 ? piece : method.length());
  }

  private static int number(String method, int start, int end) {
    if (end <= start || end > start + MOST_DIGITS) {
      return -1;
    }
    int number = 0;
    for (int i = start; i < end; i++) {
      int digit = method.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  public static String global(int index) {
    return "g" + index;
  }

  /** Of a vector whose lower half is the global of the index. */
  public static String upperHalf(int global) {
    return global(global) + "u";
  }
}
