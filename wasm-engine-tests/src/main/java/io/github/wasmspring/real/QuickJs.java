package io.github.wasmspring.real;

import static io.github.wasmspring.real.HostFunctions.call;
import static io.github.wasmspring.real.HostFunctions.text;

import io.github.wasmspring.client.WasmSession;
import java.nio.charset.StandardCharsets;

/** The JavaScript interpreter of the package {@code quickjs-wasi}, in one instance. */
final class QuickJs {

  private final WasmSession session;

  QuickJs(WasmSession session) {
    this.session = session;
    if (call(session, "qjs_init") != 0) {
      throw new IllegalStateException("QuickJS does not start");
    }
  }

  /** What a program comes to, as text; what it throws with an exclamation mark before it. */
  String evaluate(String program) {
    byte[] code = program.getBytes(StandardCharsets.UTF_8);
    int source = write(code);
    int file = write("test.js".getBytes(StandardCharsets.UTF_8));
    int result = call(this.session, "qjs_eval", source, code.length, file, 0);
    this.session.call("wasm_free", source);
    this.session.call("wasm_free", file);
    if (call(this.session, "qjs_is_exception", result) != 0) {
      return "!" + show(call(this.session, "qjs_get_exception"));
    }
    return show(result);
  }

  private int write(byte[] text) {
    int address = call(this.session, "wasm_malloc", text.length + 1);
    this.session.memory().write(address, text);
    this.session.memory().writeByte(address + text.length, (byte) 0);
    return address;
  }

  private String show(int value) {
    int string = call(this.session, "qjs_get_string", value);
    String shown = text(this.session.memory(), string);
    this.session.call("qjs_free_cstring", string);
    this.session.call("qjs_free_value", value);
    return shown;
  }
}
