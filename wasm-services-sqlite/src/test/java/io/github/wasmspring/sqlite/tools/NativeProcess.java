package io.github.wasmspring.sqlite.tools;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another process that runs statements by the native driver, one line each. */
final class NativeProcess implements AutoCloseable {

  private final Process process;
  private final BufferedWriter in;
  private final BufferedReader out;

  NativeProcess(Path file) throws IOException {
    this.process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Other.class.getName(),
                    "jdbc:sqlite:" + file))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    this.in = this.process.outputWriter(StandardCharsets.UTF_8);
    this.out = this.process.inputReader(StandardCharsets.UTF_8);
  }

  /** Runs a statement there; when this returns it is committed. */
  void execute(String sql) throws IOException {
    this.in.write(sql);
    this.in.newLine();
    this.in.flush();
    String answer = this.out.readLine();
    if (!"done".equals(answer)) {
      throw new IOException("The other process says " + answer + " to " + sql);
    }
  }

  @Override
  public void close() throws IOException {
    this.in.close();
    try {
      if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IOException("The other process does not end");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      this.process.destroyForcibly();
    }
  }

  /** What runs in the other process. */
  static final class Other {

    private Other() {}

    public static void main(String[] arguments) throws SQLException, IOException {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      try (Connection connection = DriverManager.getConnection(arguments[0]);
          Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA busy_timeout=5000");
        String sql = lines.readLine();
        while (sql != null) {
          statement.execute(sql);
          System.out.println("done");
          sql = lines.readLine();
        }
      }
    }
  }
}
