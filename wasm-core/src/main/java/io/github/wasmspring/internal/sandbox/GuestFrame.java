package io.github.wasmspring.internal.sandbox;

import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.internal.debug.SourceLine;
import org.jspecify.annotations.Nullable;

/**
 * A function of a guest that had not returned, for people.
 *
 * @param function its name, without anything that would be taken for something else in a line
 * @param offset see {@link WasmCode#offsetAt}
 * @param source {@code null} if the module does not say
 */
public record GuestFrame(String function, int offset, @Nullable SourceLine source) {

  /** For a message, e.g. {@code parse at json.c:12} or {@code parse at 0x1a2b}. */
  public String describe() {
    if (this.source != null) {
      return this.function + " at " + this.source;
    }
    return this.offset == WasmCode.UNKNOWN_OFFSET ? this.function : this.function + " at " + hex();
  }

  /** For a stack trace, e.g. {@code wasm.json.parse(json.wasm:0x1a2b)}. */
  StackTraceElement element(String module) {
    String owner = "wasm." + module;
    if (this.source != null) {
      return new StackTraceElement(owner, this.function, this.source.file(), this.source.line());
    }
    String file = module + ".wasm";
    return new StackTraceElement(
        owner,
        this.function,
        this.offset == WasmCode.UNKNOWN_OFFSET ? file : file + ":" + hex(),
        -1);
  }

  private String hex() {
    return "0x" + Integer.toHexString(this.offset);
  }
}
