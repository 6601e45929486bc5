package io.github.wasmspring.benchmarks;

import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

/** What the kernels work on; {@code inputs.mjs} and {@code compute.c} make the same data. */
public final class Inputs {

  private static final int SEED = 20261121;

  /** What {@link #json} keeps to. */
  public static final String SCHEMA =
      """
      {"type": "array", "items": {"anyOf": [{"const": 0}, {"$ref": "#/$defs/person"}]},
       "$defs": {"person": {"type": "object", "required": ["id", "name", "scores"],
         "properties": {"id": {"type": "integer", "minimum": 0},
           "name": {"type": "string", "pattern": "^person [0-9]+$", "maxLength": 40},
           "scores": {"type": "array", "minItems": 1, "items": {"type": ["number", "boolean", "null"]}}},
         "additionalProperties": false}}}
      """;

  private Inputs() {}

  public static byte[] bytes(int length) {
    DoubleSupplier random = randomNumbers();
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (int) (random.getAsDouble() * 256);
    }
    return bytes;
  }

  public static float[] floats(int length) {
    DoubleSupplier random = randomNumbers();
    float[] floats = new float[length];
    for (int i = 0; i < length; i++) {
      floats[i] = (float) random.getAsDouble();
    }
    return floats;
  }

  public static double[] doubles(int length) {
    return DoubleStream.generate(randomNumbers()).limit(length).toArray();
  }

  /** Numbers below 1, from Marsaglia's xorshift with 32 bits. */
  private static DoubleSupplier randomNumbers() {
    int[] state = {SEED};
    return () -> {
      state[0] ^= state[0] << 13;
      state[0] ^= state[0] >>> 17;
      state[0] ^= state[0] << 5;
      return Integer.toUnsignedLong(state[0]) / 0x1p32;
    };
  }

  /** A JSON array of at least this many characters. */
  public static String json(int length) {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; json.length() < length; i++) {
      json.append(
          "{\"id\":%d,\"name\":\"person %d\",\"scores\":[%d.5,-1e3,true,null]},"
              .formatted(i, i, i));
    }
    return json.append("0]").toString();
  }
}
