package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmMemory;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arrays of numbers, little-endian. */
final class ArrayCodec implements ValueCodec.Buffer {

  private interface Copy {
    void between(ByteBuffer buffer, Object array);
  }

  private static final Map<Class<?>, ArrayCodec> BY_TYPE =
      Map.of(
          short[].class,
              new ArrayCodec(
                  short.class,
                  Short.BYTES,
                  (buffer, array) -> buffer.asShortBuffer().put((short[]) array),
                  (buffer, array) -> buffer.asShortBuffer().get((short[]) array)),
          int[].class,
              new ArrayCodec(
                  int.class,
                  Integer.BYTES,
                  (buffer, array) -> buffer.asIntBuffer().put((int[]) array),
                  (buffer, array) -> buffer.asIntBuffer().get((int[]) array)),
          long[].class,
              new ArrayCodec(
                  long.class,
                  Long.BYTES,
                  (buffer, array) -> buffer.asLongBuffer().put((long[]) array),
                  (buffer, array) -> buffer.asLongBuffer().get((long[]) array)),
          float[].class,
              new ArrayCodec(
                  float.class,
                  Float.BYTES,
                  (buffer, array) -> buffer.asFloatBuffer().put((float[]) array),
                  (buffer, array) -> buffer.asFloatBuffer().get((float[]) array)),
          double[].class,
              new ArrayCodec(
                  double.class,
                  Double.BYTES,
                  (buffer, array) -> buffer.asDoubleBuffer().put((double[]) array),
                  (buffer, array) -> buffer.asDoubleBuffer().get((double[]) array)));

  private final Class<?> element;
  private final int elementSize;
  private final Copy put;
  private final Copy get;

  private ArrayCodec(Class<?> element, int elementSize, Copy put, Copy get) {
    this.element = element;
    this.elementSize = elementSize;
    this.put = put;
    this.get = get;
  }

  static @Nullable ArrayCodec of(Class<?> type) {
    return BY_TYPE.get(type);
  }

  @Override
  public Object prepare(Object value, long most) {
    long bytes = (long) Array.getLength(value) * this.elementSize;
    if (bytes > Integer.MAX_VALUE) {
      throw new WasmInvalidInputException("an array of " + bytes + " bytes is too large");
    }
    return value;
  }

  @Override
  public int length(Object prepared) {
    return Array.getLength(prepared) * this.elementSize;
  }

  @Override
  public void write(Object prepared, WasmMemory memory, int address) {
    this.put.between(memory.window(address, length(prepared)), prepared);
  }

  @Override
  public void copyBack(Object value, WasmMemory memory, int address) {
    this.get.between(memory.window(address, length(value)), value);
  }

  @Override
  public Object read(WasmMemory memory, int address, int length, AnswerRoom room) {
    if (length % this.elementSize != 0) {
      throw new WasmExecutionException(
          WasmErrorCategory.TRAP,
          "the module answered with %d bytes, which is no array of %s"
              .formatted(length, this.element),
          null);
    }
    Object array = Array.newInstance(this.element, length / this.elementSize);
    this.get.between(memory.window(address, length), array);
    return array;
  }
}
