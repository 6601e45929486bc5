package io.github.wasmspring.internal.load;

import io.github.wasmspring.load.WasmLocationResolver;
import io.github.wasmspring.module.WasmLocation;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** Opens {@code classpath:} locations. */
public final class ClasspathLocationResolver implements WasmLocationResolver {

  @Override
  public boolean supports(String location) {
    return new WasmLocation(location).isOnClassPath();
  }

  @Override
  public InputStream open(String location, ClassLoader classLoader) throws IOException {
    InputStream stream = classLoader.getResourceAsStream(new WasmLocation(location).resourceName());
    if (stream == null) {
      throw new FileNotFoundException("there is no such resource on the class path");
    }
    return stream;
  }
}
