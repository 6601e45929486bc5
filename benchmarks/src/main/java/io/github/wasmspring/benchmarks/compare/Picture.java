package io.github.wasmspring.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A JPEG of 320 × 240 pixels, which {@link DrawnPicture} has made, and what it decodes to. */
final class Picture {

  private Picture() {}

  static byte[] jpeg() {
    return resource("picture.jpg");
  }

  /**
   * The SHA-256 of what the crate {@code jpeg-decoder} makes of it, as {@link Answer} writes it.
   */
  static String decoded() {
    return new String(resource("picture.answer"), StandardCharsets.UTF_8).strip();
  }

  private static byte[] resource(String name) {
    try (InputStream stream = Picture.class.getResourceAsStream("/jpeg/" + name)) {
      if (stream == null) {
        throw new IOException("There is no jpeg/" + name + " on the class path");
      }
      return stream.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
