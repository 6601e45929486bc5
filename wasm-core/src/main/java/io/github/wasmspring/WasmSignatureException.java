package io.github.wasmspring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Java method or operation and the export that it calls do not fit each other. */
public final class WasmSignatureException extends WasmException {

  private final String method;
  private final String export;
  private final @Nullable String expected;
  private final @Nullable String actual;
  private final transient List<String> exports;

  /**
   * @param detail what does not fit
   * @param method the Java method or operation
   * @param export the name of the export that it calls
   * @param expected the WebAssembly type that the method needs, {@code null} if there is none
   * @param actual the WebAssembly type that the export has, {@code null} if there is no such export
   * @param exports the functions that the module exports
   */
  public WasmSignatureException(
      String detail,
      String method,
      String export,
      @Nullable String expected,
      @Nullable String actual,
      List<String> exports) {
    super(WasmErrorCategory.SIGNATURE, detail, null);
    this.method = method;
    this.export = export;
    this.expected = expected;
    this.actual = actual;
    this.exports = List.copyOf(exports);
  }

  public String method() {
    return this.method;
  }

  public String export() {
    return this.export;
  }

  public @Nullable String expected() {
    return this.expected;
  }

  public @Nullable String actual() {
    return this.actual;
  }

  public List<String> exports() {
    return this.exports != null ? this.exports : List.of();
  }
}
