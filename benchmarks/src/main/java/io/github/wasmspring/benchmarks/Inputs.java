package io.github.wasmspring.benchmarks;

import java.util.SplittableRandom;

/** What the kernels work on; {@code inputs.mjs} makes data of the same kind for their peers. */
final class Inputs {

  private static final long SEED = 20261121;

  /** What {@link #json} keeps to. */
  static final String SCHEMA =
      """
      {"type": "array", "items": {"anyOf": [{"const": 0}, {"$ref": "#/$defs/person"}]},
       "$defs": {"person": {"type": "object", "required": ["id", "name", "scores"],
         "properties": {"id": {"type": "integer", "minimum": 0},
           "name": {"type": "string", "pattern": "^person [0-9]+$", "maxLength": 40},
           "scores": {"type": "array", "minItems": 1, "items": {"type": ["number", "boolean", "null"]}}},
         "additionalProperties": false}}}
      """;

  private Inputs() {}

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(SEED).nextBytes(bytes);
    return bytes;
  }

  static float[] floats(int length) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] floats = new float[length];
    for (int i = 0; i < length; i++) {
      floats[i] = (float) random.nextDouble();
    }
    return floats;
  }

  static double[] doubles(int length) {
    return new SplittableRandom(SEED).doubles(length).toArray();
  }

  /** A JSON array of at least this many characters. */
  static String json(int length) {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; json.length() < length; i++) {
      json.append(
          "{\"id\":%d,\"name\":\"person %d\",\"scores\":[%d.5,-1e3,true,null]},"
              .formatted(i, i, i));
    }
    return json.append("0]").toString();
  }
}
