package io.github.wasmspring.benchmarks.compare;

import io.github.wasmspring.benchmarks.compare.Kernel.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The buffer convention, written by hand as one would without this runtime. */
final class BufferCalls {

  private final RawGuest guest;
  private final RawFunction alloc;
  private final RawFunction free;

  BufferCalls(RawGuest guest) {
    this.guest = guest;
    this.alloc = guest.function("wasm_alloc");
    this.free = guest.function("wasm_free");
  }

  /** A call of a kernel. */
  Object call(RawFunction function, List<Object> arguments, Kind kind) {
    long[] flat = new long[2 * arguments.size()];
    long[] buffers = new long[2 * arguments.size()];
    int count = 0;
    int taken = 0;
    for (Object argument : arguments) {
      if (argument instanceof Number number) {
        flat[count++] = number.longValue();
      } else {
        byte[] bytes = bytes(argument);
        long address = write(bytes);
        flat[count++] = address;
        flat[count++] = bytes.length;
        buffers[taken++] = address;
        buffers[taken++] = bytes.length;
      }
    }
    long result = function.call(Arrays.copyOf(flat, count));
    Object answer = answer(result, kind);
    for (int i = 0; i < taken; i += 2) {
      this.free.call(buffers[i], buffers[i + 1]);
    }
    return answer;
  }

  private Object answer(long result, Kind kind) {
    return switch (kind) {
      case I32 -> (int) result;
      case I64 -> result;
      case BYTES -> take(result);
      case TEXT -> new String(take(result), StandardCharsets.UTF_8);
      case FLOATS -> floats(take(result));
      case DOUBLES -> doubles(take(result));
    };
  }

  /** Text there and back, with no step more than it takes. */
  String text(RawFunction function, String text) {
    return new String(
        bytes(function, text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  /** Bytes there and back, with no step more than it takes. */
  byte[] bytes(RawFunction function, byte[] bytes) {
    long address = write(bytes);
    byte[] answer = take(function.call(address, bytes.length));
    this.free.call(address, bytes.length);
    return answer;
  }

  private long write(byte[] bytes) {
    long address = this.alloc.call(bytes.length);
    this.guest.write((int) address, bytes);
    return address;
  }

  private byte[] take(long packed) {
    int address = (int) (packed >>> 32);
    int length = (int) packed;
    byte[] bytes = this.guest.read(address & Integer.MAX_VALUE, length);
    this.free.call(address & Integer.MAX_VALUE, length);
    if (packed < 0) {
      throw new IllegalStateException(new String(bytes, StandardCharsets.UTF_8));
    }
    return bytes;
  }

  private static byte[] bytes(Object argument) {
    if (argument instanceof byte[] bytes) {
      return bytes;
    }
    if (argument instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    if (argument instanceof float[] numbers) {
      ByteBuffer buffer = buffer(numbers.length * Float.BYTES);
      buffer.asFloatBuffer().put(numbers);
      return buffer.array();
    }
    double[] numbers = (double[]) argument;
    ByteBuffer buffer = buffer(numbers.length * Double.BYTES);
    buffer.asDoubleBuffer().put(numbers);
    return buffer.array();
  }

  private static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static float[] floats(byte[] bytes) {
    float[] numbers = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
    return numbers;
  }

  private static double[] doubles(byte[] bytes) {
    double[] numbers = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(numbers);
    return numbers;
  }
}
