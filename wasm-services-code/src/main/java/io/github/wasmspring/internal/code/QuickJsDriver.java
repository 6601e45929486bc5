package io.github.wasmspring.internal.code;

import io.github.wasmspring.WasmMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The functions of {@code driver.js}, as handles. Their table is behind the opaque pointer of the
 * context, where only the host finds it.
 */
record QuickJsDriver(int begin, int finish, int exported, int describe, int pause, int fire) {

  /** What frames of the driver are said to be in. */
  static final String FILE = "<wasm>";

  private static final int FUNCTIONS = 6;

  /** Evaluates it, in an instance that is prepared. */
  static void install(QuickJsInstance guest) {
    byte[] source = source();
    int maker = guest.call("qjs_eval", guest.write(source), source.length, guest.write(FILE), 0);
    byte[] name = "host".getBytes(StandardCharsets.UTF_8);
    int host = guest.call("qjs_new_host_function", guest.write(name), name.length, 0);
    int made = guest.invoke(maker, host);
    if (guest.isException(made)) {
      throw new IllegalStateException(
          "The driver of QuickJS can't be evaluated: "
              + guest.text(guest.call("qjs_get_exception"), Short.MAX_VALUE));
    }
    int[] functions = new int[FUNCTIONS];
    for (int i = 0; i < FUNCTIONS; i++) {
      functions[i] = guest.call("qjs_get_prop_uint32", made, i);
    }
    guest.call("JS_SetContextOpaque", guest.call("qjs_get_context_ptr"), guest.write(functions));
  }

  static QuickJsDriver of(QuickJsInstance guest) {
    int at = guest.call("JS_GetContextOpaque", guest.call("qjs_get_context_ptr"));
    WasmMemory memory = guest.memory();
    return new QuickJsDriver(
        memory.readInt(at),
        memory.readInt(at + 4),
        memory.readInt(at + 8),
        memory.readInt(at + 12),
        memory.readInt(at + 16),
        memory.readInt(at + 20));
  }

  private static byte[] source() {
    try (InputStream source = QuickJsDriver.class.getResourceAsStream("driver.js")) {
      if (source == null) {
        throw new IllegalStateException("The jar lacks the driver of QuickJS");
      }
      return source.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
