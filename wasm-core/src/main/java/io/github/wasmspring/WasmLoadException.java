package io.github.wasmspring;

import org.jspecify.annotations.Nullable;

/**
 * A module could not be made ready to run: it could not be read ({@code LOAD}), has another digest
 * ({@code INTEGRITY}), is no WebAssembly ({@code MALFORMED}), breaks its rules ({@code INVALID}),
 * or could not be instantiated ({@code INSTANTIATION}, {@code MEMORY_LIMIT}).
 */
public final class WasmLoadException extends WasmException {

  private final @Nullable String location;

  public WasmLoadException(WasmErrorCategory category, String detail, @Nullable Throwable cause) {
    this(category, null, detail, cause);
  }

  public WasmLoadException(
      WasmErrorCategory category,
      @Nullable String location,
      String detail,
      @Nullable Throwable cause) {
    super(category, detail, cause);
    this.location = location;
  }

  /** Where the module was to come from, if it got as far as a location. */
  public @Nullable String location() {
    return this.location;
  }
}
