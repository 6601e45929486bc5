package io.github.wasmspring.benchmarks.compare;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Programs in C: plain C in {@code compute.c}, libjpeg in {@code jpeg.c}; other libraries are
 * measured through Node.
 */
final class Native {

  private static final double NANOS = 1_000;

  /**
   * What measures a case.
   *
   * @param tool the key of the program in {@link Tools}
   * @param kernel its name in the program
   */
  record Program(String tool, String kernel) {}

  private static final Map<String, Program> PROGRAMS =
      Map.of(
          "kernel.matmul-128", new Program("compute", "matmulF32"),
          "kernel.fft-1024", new Program("compute", "fft"),
          "kernel.cosine-10000x384", new Program("compute", "cosine"),
          "kernel.jpeg-320x240", new Program("jpeg", "decode"));

  private Native() {}

  /** {@code null} where Node measures it. */
  static @Nullable Program program(String name) {
    return PROGRAMS.get(name);
  }

  /** What the program prints, as the line of the other engines. */
  static String line(String json) {
    JsonNode result = JsonMapper.shared().readTree(json);
    Figures figures =
        new Figures(
            result.get("micros").doubleValue() * NANOS,
            result.get("p10").doubleValue() * NANOS,
            result.get("p90").doubleValue() * NANOS,
            Figures.NANOSECONDS);
    return figures.line() + " " + result.get("answer").stringValue();
  }
}
