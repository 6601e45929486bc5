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

  /**
   * The same for a location that is not of the application's own configuration, but was named by
   * somebody outside: nothing may be opened that only the application or its network can see.
   *
   * @throws IOException always, unless a resolver knows how to tell
   */
  default InputStream openFromOutside(String location, ClassLoader classLoader) throws IOException {
    throw new IOException(
        "somebody outside has named it, and of such locations only https: and oci: are read");
  }

  /**
   * Whether what is at a location may be other than it was when it was last opened, told with less
   * work than to open it takes.
   *
   * @param fromOutside whether it would be opened by {@link #openFromOutside}
   * @return {@code true} unless a resolver can tell
   * @throws IOException with a message for people, if nobody can be asked
   */
  default boolean mayHaveChanged(String location, ClassLoader classLoader, boolean fromOutside)
      throws IOException {
    return true;
  }
}
