package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.client.WasmRuntime;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;

/** Lets the JVM load what calls need while Boot starts the application on another thread. */
final class WasmBackgroundPreinitializer implements BackgroundPreinitializer {

  @Override
  public void preinitialize() {
    WasmRuntime.warmUp();
  }
}
