package io.github.wasmspring.load;

import java.io.IOException;
import java.io.InputStream;

/** Opens locations of one kind. */
public interface WasmLocationResolver {

  boolean supports(String location);

  /**
   * @param classLoader to see {@code classpath:} locations with
   * @throws java.io.FileNotFoundException if nothing is there
   * @throws IOException with a message for people, if it can't be opened
   */
  InputStream open(String location, ClassLoader classLoader) throws IOException;
}
