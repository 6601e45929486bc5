package io.github.wasmspring.autoconfigure.aot;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;

/** The example of docs/aot.md. */
@Configuration(proxyBeanMethods = false)
@RegisterReflectionForBinding(Price.class)
@ImportRuntimeHints(OwnHints.Modules.class)
class OwnHints {

  static class Modules implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
      hints.resources().registerPattern("plugins/*.wasm");
    }
  }
}
