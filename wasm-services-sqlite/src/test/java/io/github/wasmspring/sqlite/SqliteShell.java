package io.github.wasmspring.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** SQLite's command line tool, which is nobody's work here. */
final class SqliteShell {

  private static final String NAME = "sqlite3";

  private SqliteShell() {}

  static boolean isThere() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, NAME)));
  }

  /** What it prints. */
  static String ask(Path file, String sql) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder(NAME, "-batch", "-bail", file.toString(), sql)
            .redirectErrorStream(true)
            .start();
    try {
      shell.getOutputStream().close();
      String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(shell.exitValue()).as(said).isZero();
      return said.strip();
    } finally {
      shell.destroyForcibly();
    }
  }
}
