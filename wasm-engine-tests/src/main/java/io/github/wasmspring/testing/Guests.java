package io.github.wasmspring.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The bytes of the guests in {@code src/main/wat}. */
public final class Guests {

  private Guests() {}

  public static byte[] bytes(String name) {
    try (InputStream stream = Guests.class.getResourceAsStream("/wasm/" + name + ".wasm")) {
      return stream.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
