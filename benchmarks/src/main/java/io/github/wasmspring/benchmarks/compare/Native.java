package io.github.wasmspring.benchmarks.compare;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plain C, in {@code compute.c}; libraries of the system are measured through Node. */
final class Native {

  private static final double NANOS = 1_000;

  private static final Map<String, String> PROGRAMS =
      Map.of(
          "kernel.matmul-128", "matmulF32",
          "kernel.fft-1024", "fft",
          "kernel.cosine-10000x384", "cosine");

  private Native() {}

  static boolean isProgram(String name) {
    return PROGRAMS.containsKey(name);
  }

  /** The kernel's name in the program. */
  static String program(String name) {
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
