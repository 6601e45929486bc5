package io.github.wasmspring.internal.load;

import io.github.wasmspring.internal.module.ShownLocation;
import io.github.wasmspring.load.WasmLocationResolver;
import io.github.wasmspring.module.WasmLocation;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Opens {@code file:} URLs, absolute ({@code file:///…}) or relative ({@code file:modules/…}). */
public final class FileLocationResolver implements WasmLocationResolver {

  private static final String PREFIX = "file:";

  @Override
  public boolean supports(String location) {
    return new WasmLocation(location).isFile();
  }

  @Override
  public InputStream open(String location, ClassLoader classLoader) throws IOException {
    Path path = path(location);
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        throw new IOException("it is a directory");
      }
      if (!attributes.isRegularFile()) {
        throw new IOException("it is a device, a pipe or a socket, and only files are read");
      }
      return attributes.size() == 0 ? InputStream.nullInputStream() : new SteadyFile(path);
    } catch (AccessDeniedException denied) {
      throw new IOException("access is denied", denied);
    } catch (NoSuchFileException missing) {
      throw (IOException)
          new FileNotFoundException(
                  "there is no file " + ShownLocation.of(path.toAbsolutePath().toString()))
              .initCause(missing);
    }
  }

  /**
   * @throws IOException if it is no location of a file
   */
  public static Path path(String location) throws IOException {
    String rest = location.substring(PREFIX.length());
    try {
      URI uri = new URI(location);
      return uri.isOpaque() ? Path.of(rest) : Path.of(uri);
    } catch (URISyntaxException | IllegalArgumentException noUrl) {
      try {
        return Path.of(rest);
      } catch (InvalidPathException hopeless) {
        throw new IOException("it is not a file URL: " + hopeless.getReason());
      }
    }
  }
}
