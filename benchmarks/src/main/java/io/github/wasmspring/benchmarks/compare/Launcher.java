package io.github.wasmspring.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one measurement in a process of its own. */
final class Launcher {

  private static final long LIMIT_MINUTES = 6;
  private static final int SHOWN_LINES = 5;

  private Launcher() {}

  /**
   * @return the last line that the command has printed
   * @throws IOException if it fails or takes too long
   */
  static String lastLine(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("cell", ".out");
    Path errors = Files.createTempFile("cell", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(errors.toFile())
              .start();
      try {
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
          throw new IOException("no result after %d minutes".formatted(LIMIT_MINUTES));
        }
      } finally {
        process.destroyForcibly();
      }
      List<String> lines = Files.readAllLines(out);
      if (process.exitValue() != 0 || lines.isEmpty()) {
        throw new IOException(
            "exit code %d: %s".formatted(process.exitValue(), end(Files.readAllLines(errors))));
      }
      return lines.get(lines.size() - 1);
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(errors);
    }
  }

  /** A stack trace begins with what matters. */
  private static String end(List<String> lines) {
    return String.join(
        "\n  ",
        lines.stream()
            .filter(line -> !line.startsWith("SLF4J") && !line.startsWith("\tat "))
            .limit(SHOWN_LINES)
            .toList());
  }
}
