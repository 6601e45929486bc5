package io.github.wasmspring.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The bytes of the guests in {@code src/main/wat}. */
public final class Guests {

  private static final String SUFFIX = ".wasm";

  private Guests() {}

  public static byte[] bytes(String name) {
    try (InputStream stream = Guests.class.getResourceAsStream("/wasm/" + name + SUFFIX)) {
      return stream.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Of all guests, be they in a folder or in a jar. */
  public static List<String> names() throws IOException {
    URI one;
    try {
      one = Guests.class.getResource("/wasm/buffer" + SUFFIX).toURI();
    } catch (URISyntaxException impossible) {
      throw new IOException(impossible);
    }
    if (!one.getScheme().equals("jar")) {
      return names(Path.of(one).getParent());
    }
    try (FileSystem jar = FileSystems.newFileSystem(one, Map.of())) {
      return names(jar.getPath("/wasm"));
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(SUFFIX))
          .map(file -> file.substring(0, file.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }
}
