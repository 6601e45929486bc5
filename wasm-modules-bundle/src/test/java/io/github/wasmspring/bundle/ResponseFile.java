package io.github.wasmspring.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Test vectors in the form of NIST's Cryptographic Algorithm Validation Program: groups of {@code
 * Name = value}, parted by empty lines.
 */
public final class ResponseFile {

  /** One group. */
  public record Vector(Map<String, String> values) {

    public boolean has(String name) {
      return this.values.containsKey(name);
    }

    public int number(String name) {
      return Integer.parseInt(this.values.get(name));
    }

    public byte[] bytes(String name) {
      return HexFormat.of().parseHex(this.values.get(name));
    }
  }

  private ResponseFile() {}

  /** The groups that have a value of this name. */
  public static List<Vector> read(String file, String name) {
    List<Vector> vectors = new ArrayList<>();
    for (String group : text(file).split("\n\n")) {
      Vector vector = new Vector(values(group));
      if (vector.has(name)) {
        vectors.add(vector);
      }
    }
    return vectors;
  }

  private static Map<String, String> values(String group) {
    Map<String, String> values = new HashMap<>();
    for (String line : group.split("\n")) {
      String[] parts = line.split("=", 2);
      values.put(parts[0].strip(), parts.length == 2 ? parts[1].strip() : "");
    }
    return values;
  }

  private static String text(String file) {
    try (InputStream stream = ResponseFile.class.getResourceAsStream("/nist/" + file)) {
      if (stream == null) {
        throw new IllegalArgumentException("There are no vectors " + file);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
