package io.github.wasmspring.autoconfigure.aot;

import io.github.wasmspring.WasmFallbackNeeds;
import java.lang.reflect.Method;
import org.springframework.aot.hint.RuntimeHints;

/** The class by which a native image sees that the library of a fallback is there. */
final class LibraryHints {

  private LibraryHints() {}

  static void register(Method fallback, RuntimeHints hints) {
    WasmFallbackNeeds needs = fallback.getAnnotation(WasmFallbackNeeds.class);
    if (needs != null) {
      hints
          .reflection()
          .registerTypeIfPresent(
              fallback.getDeclaringClass().getClassLoader(), needs.type(), type -> {});
    }
  }
}
