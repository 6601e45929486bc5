package io.github.wasmspring.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A cell measured with the JVM of this process on another class path. */
public final class SingleCell {

  private SingleCell() {}

  /**
   * @param engine one that needs nothing but the class path
   * @return the 10th percentile, which other work on the machine disturbs less than the median
   * @throws IOException if it can't be measured
   */
  public static double measure(String classPath, String name, String engine, Effort effort)
      throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    try {
      return Figures.parse(
              Launcher.lastLine(
                  List.of(
                      java.toString(),
                      "-cp",
                      classPath,
                      Cell.class.getName(),
                      name,
                      engine,
                      effort.label())))
          .p10();
    } catch (IOException failure) {
      throw new IOException(
          "%s on %s can't be measured: %s".formatted(name, engine, failure.getMessage()), failure);
    }
  }
}
