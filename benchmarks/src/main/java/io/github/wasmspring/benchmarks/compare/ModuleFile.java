package io.github.wasmspring.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * A module that is compared.
 *
 * @param name in the cases
 * @param bytes of the {@code .wasm} file
 */
public record ModuleFile(String name, byte[] bytes) {

  /** A file outside of the class path. */
  static final String FOLDER_PROPERTY = "compare.modules";

  private static final Set<String> BUNDLED =
      Set.of("compression", "compute", "crypto", "hash", "json");

  static boolean isBundled(String name) {
    return BUNDLED.contains(name);
  }

  /** A bundled one, one of the benchmarks' own, or a file that was fetched. */
  public static ModuleFile named(String name) {
    try {
      if (isBundled(name)) {
        return new ModuleFile(name, resource("META-INF/wasm/" + name + ".wasm"));
      }
      return Files.exists(fetched(name))
          ? new ModuleFile(name, Files.readAllBytes(fetched(name)))
          : new ModuleFile(name, resource("wasm/" + name + ".wasm"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Path fetched(String name) {
    return Path.of(System.getProperty(FOLDER_PROPERTY, "."), name + ".wasm");
  }

  private static byte[] resource(String path) throws IOException {
    try (InputStream stream = ModuleFile.class.getClassLoader().getResourceAsStream(path)) {
      if (stream == null) {
        throw new IOException("There is no " + path + " on the class path");
      }
      return stream.readAllBytes();
    }
  }

  /** A record of arrays would print their identity. */
  @Override
  public String toString() {
    return this.name;
  }
}
