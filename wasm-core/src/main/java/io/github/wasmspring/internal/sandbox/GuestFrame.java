package io.github.wasmspring.internal.sandbox;

import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.internal.debug.SourceLine;
import org.jspecify.annotations.Nullable;

/**
 * A function of a guest that had not returned, for people.
 *
 * @param module the id of its module
 * @param linked whether that is a module that the one that was called imports from
 * @param function its name, without anything that would be taken for something else in a line
 * @param offset see {@link WasmCode#offsetAt}
 * @param source {@code null} if the module does not say
 */
public record GuestFrame(
    String module, boolean linked, String function, int offset, @Nullable SourceLine source) {

  /**
   * For a message, e.g. {@code parse at json.c:12} or {@code parse at 0x1a2b}; of a linked module
   * {@code parse of json at 0x1a2b}.
   */
  public String describe() {
    String name = this.linked ? this.function + " of " + this.module : this.function;
    if (this.source != null) {
      return name + " at " + this.source;
    }
    return this.offset == WasmCode.UNKNOWN_OFFSET ? name : name + " at " + hex();
  }

  /** Its name, behind that of its module if that is a linked one, e.g. {@code json.parse}. */
  public String name() {
    return this.linked ? this.module + "." + this.function : this.function;
  }

  /** For a stack trace, e.g. {@code wasm.json.parse(json.wasm:0x1a2b)}. */
  StackTraceElement element() {
    String owner = "wasm." + this.module;
    if (this.source != null) {
      return new StackTraceElement(owner, this.function, this.source.file(), this.source.line());
    }
    String file = this.module + ".wasm";
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
