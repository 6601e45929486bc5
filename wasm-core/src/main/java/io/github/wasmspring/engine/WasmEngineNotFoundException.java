package io.github.wasmspring.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** There is no engine on the class path, or none of the name that was chosen. */
public final class WasmEngineNotFoundException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final @Nullable String name;
  private final List<String> available;

  public WasmEngineNotFoundException(@Nullable String name, List<String> available) {
    super(message(name, available));
    this.name = name;
    this.available = List.copyOf(available);
  }

  private static String message(@Nullable String name, List<String> available) {
    if (available.isEmpty()) {
      return "no engine for WebAssembly is on the class path; add io.github.wasmspring:wasm-engine-jvm";
    }
    return "no engine is called '%s'; on the class path are: %s"
        .formatted(name, String.join(", ", available));
  }

  /** The one that was chosen, {@code null} if any would have done. */
  public @Nullable String name() {
    return this.name;
  }

  /** The names of those that are there. */
  public List<String> available() {
    return this.available;
  }
}
