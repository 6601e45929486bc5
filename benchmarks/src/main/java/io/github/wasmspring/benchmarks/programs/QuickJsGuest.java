package io.github.wasmspring.benchmarks.programs;

import java.nio.charset.StandardCharsets;

/** The JavaScript interpreter of the npm package {@code quickjs-wasi}. */
public final class QuickJsGuest {

  private final Guest guest;

  public QuickJsGuest(Guest guest) {
    this.guest = guest;
    if (guest instanceof Guest.OnChicory) {
      guest.call("_initialize");
    }
    guest.call("qjs_init");
  }

  /** What a program comes to, as text. */
  public String evaluate(String program) {
    byte[] code = (program + "\0").getBytes(StandardCharsets.UTF_8);
    int source = this.guest.call("wasm_malloc", code.length);
    this.guest.write(source, code);
    int result = this.guest.call("qjs_eval", source, code.length - 1, source + code.length - 1, 0);
    this.guest.call("wasm_free", source);
    int string = this.guest.call("qjs_get_string", result);
    String shown = this.guest.readText(string);
    this.guest.call("qjs_free_cstring", string);
    this.guest.call("qjs_free_value", result);
    return shown;
  }
}
