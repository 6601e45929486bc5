package io.github.wasmspring.load;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Opens {@code file:} URLs, absolute ({@code file:///…}) or relative ({@code file:modules/…}). */
public final class FileLocationResolver implements WasmLocationResolver {

  private static final String PREFIX = "file:";

  @Override
  public boolean supports(String location) {
    return location.startsWith(PREFIX);
  }

  @Override
  public InputStream open(String location, ClassLoader classLoader) throws IOException {
    Path path = path(location);
    if (Files.isDirectory(path)) {
      throw new IOException("it is a directory");
    }
    try {
      return Files.newInputStream(path);
    } catch (AccessDeniedException denied) {
      throw new IOException("access is denied", denied);
    } catch (NoSuchFileException missing) {
      throw (IOException)
          new FileNotFoundException("there is no file " + path.toAbsolutePath()).initCause(missing);
    }
  }

  private static Path path(String location) throws IOException {
    try {
      URI uri = URI.create(location);
      return uri.isOpaque() ? Path.of(location.substring(PREFIX.length())) : Path.of(uri);
    } catch (IllegalArgumentException unreadable) {
      try {
        return Path.of(location.substring(PREFIX.length()));
      } catch (IllegalArgumentException hopeless) {
        throw new IOException("it is not a file URL: " + unreadable.getMessage(), hopeless);
      }
    }
  }
}
