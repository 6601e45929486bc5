package io.github.wasmspring.internal.code;

import io.github.wasmspring.WasmMemory;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the module, and what crosses to them: values of QuickJS are handles, addresses
 * of boxes in the memory. Nothing is freed, as the instance is reset after each run.
 */
final class QuickJsInstance {

  /** Calls an export by its name. */
  interface Exports {
    long[] call(String export, long... arguments);
  }

  /** There is no room for a value. */
  static final class NoRoomException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoRoomException() {
      super("QuickJS has no memory left", null, false, false);
    }
  }

  private static final int POINTER = Integer.BYTES;

  private final Exports exports;
  private final Supplier<@Nullable WasmMemory> memory;

  QuickJsInstance(Exports exports, Supplier<@Nullable WasmMemory> memory) {
    this.exports = exports;
    this.memory = memory;
  }

  int call(String export, long... arguments) {
    long[] results = this.exports.call(export, arguments);
    return results.length == 0 ? 0 : (int) results[0];
  }

  double callForDouble(String export, long... arguments) {
    return Double.longBitsToDouble(this.exports.call(export, arguments)[0]);
  }

  /** Anew each time, as it moves when it grows. */
  WasmMemory memory() {
    return Objects.requireNonNull(this.memory.get());
  }

  boolean is(String predicate, int value) {
    return call(predicate, value) != 0;
  }

  boolean isException(int value) {
    return value == 0 || is("qjs_is_exception", value);
  }

  private int allocate(int bytes) {
    int address = call("wasm_malloc", bytes);
    if (address == 0) {
      throw new NoRoomException();
    }
    return address;
  }

  /** A block of numbers, whose address it gives. */
  int write(int... numbers) {
    int address = allocate(Math.max(1, numbers.length) * POINTER);
    WasmMemory memory = memory();
    for (int i = 0; i < numbers.length; i++) {
      memory.writeInt(address + i * POINTER, numbers[i]);
    }
    return address;
  }

  /** With a zero behind it. */
  int write(byte[] bytes) {
    if (bytes.length == Integer.MAX_VALUE) {
      throw new NoRoomException();
    }
    int address = allocate(bytes.length + 1);
    WasmMemory memory = memory();
    memory.write(address, bytes);
    memory.writeByte(address + bytes.length, (byte) 0);
    return address;
  }

  int write(String text) {
    return write(GuestText.encode(text));
  }

  /** A string of JavaScript. */
  int string(String text) {
    byte[] bytes = GuestText.encode(text);
    return value(call("qjs_new_string", write(bytes), bytes.length));
  }

  int arrayBuffer(byte[] bytes) {
    return value(call("qjs_new_array_buffer", write(bytes), bytes.length));
  }

  int uint8Array(byte[] bytes) {
    return value(call("qjs_new_uint8_array", write(bytes), bytes.length));
  }

  private int value(int handle) {
    if (isException(handle)) {
      throw new NoRoomException();
    }
    return handle;
  }

  /** Calls a function of JavaScript; the answer may be an exception. */
  int invoke(int function, int... arguments) {
    int undefined = call("qjs_get_undefined");
    return call("qjs_call", function, undefined, arguments.length, write(arguments));
  }

  int property(int object, String name) {
    return call("qjs_get_prop_string", object, write(name));
  }

  void set(int object, String name, int value) {
    call("qjs_set_prop_string", object, write(name), value);
  }

  /**
   * The text of a string.
   *
   * @param most bytes to be read of it
   */
  String text(int string, long most) {
    int length = write(0);
    int address = call("qjs_get_string_len", string, length);
    if (address == 0) {
      throw new NoRoomException();
    }
    int bytes = (int) Math.min(most, memory().readInt(length));
    return memory().readString(address, bytes);
  }

  /** How many bytes the text of a string has in UTF-8. */
  long length(int string) {
    int length = write(0);
    if (call("qjs_get_string_len", string, length) == 0) {
      throw new NoRoomException();
    }
    return Integer.toUnsignedLong(memory().readInt(length));
  }

  /** How many bytes an array buffer has. */
  long size(int arrayBuffer) {
    int length = write(0);
    return call("qjs_get_array_buffer", arrayBuffer, length) == 0
        ? 0
        : Integer.toUnsignedLong(memory().readInt(length));
  }

  /** {@code null} if there are more than {@code most}. */
  byte @Nullable [] bytes(int arrayBuffer, long most) {
    int length = write(0);
    int address = call("qjs_get_array_buffer", arrayBuffer, length);
    long bytes = address == 0 ? 0 : Integer.toUnsignedLong(memory().readInt(length));
    return bytes > most ? null : memory().read(address, (int) bytes);
  }

  /** Text up to a zero. */
  String cText(int address) {
    WasmMemory memory = memory();
    int end = address;
    while (memory.readByte(end) != 0) {
      end++;
    }
    return new String(memory.read(address, end - address), StandardCharsets.UTF_8);
  }
}
