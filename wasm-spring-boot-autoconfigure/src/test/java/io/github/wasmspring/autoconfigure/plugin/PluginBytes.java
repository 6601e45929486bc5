package io.github.wasmspring.autoconfigure.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.springframework.core.io.ClassPathResource;

/** Bytes that tests install. */
public final class PluginBytes {

  private PluginBytes() {}

  /** A module that can add. */
  public static byte[] calc() {
    try {
      return new ClassPathResource("wasm/calc.wasm").getContentAsByteArray();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The same, but for a custom section. */
  public static byte[] calc(String section) {
    byte[] name = section.getBytes(StandardCharsets.US_ASCII);
    byte[] calc = calc();
    byte[] bytes = Arrays.copyOf(calc, calc.length + name.length + 3);
    bytes[calc.length + 1] = (byte) (name.length + 1);
    bytes[calc.length + 2] = (byte) name.length;
    System.arraycopy(name, 0, bytes, calc.length + 3, name.length);
    return bytes;
  }
}
