package io.github.wasmspring.load;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** Opens {@code classpath:} locations. */
public final class ClasspathLocationResolver implements WasmLocationResolver {

  private static final String PREFIX = "classpath:";

  @Override
  public boolean supports(String location) {
    return location.startsWith(PREFIX);
  }

  @Override
  public InputStream open(String location, ClassLoader classLoader) throws IOException {
    String path = location.substring(PREFIX.length());
    InputStream stream =
        classLoader.getResourceAsStream(path.startsWith("/") ? path.substring(1) : path);
    if (stream == null) {
      throw new FileNotFoundException("there is no such resource on the class path");
    }
    return stream;
  }
}
