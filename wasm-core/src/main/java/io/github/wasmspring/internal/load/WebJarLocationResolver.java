package io.github.wasmspring.internal.load;

import io.github.wasmspring.load.WasmLocationResolver;
import io.github.wasmspring.module.WasmLocation;
import java.io.IOException;
import java.io.InputStream;

/** Opens {@code webjar:} locations, whatever version of the WebJar is there. */
public final class WebJarLocationResolver implements WasmLocationResolver {

  @Override
  public boolean supports(String location) {
    return new WasmLocation(location).isInWebJar();
  }

  @Override
  public InputStream open(String location, ClassLoader classLoader) throws IOException {
    return WebJarFile.of(new WasmLocation(location).webJarFile()).open(classLoader);
  }
}
