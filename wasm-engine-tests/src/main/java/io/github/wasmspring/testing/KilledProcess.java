package io.github.wasmspring.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process that tells what it does, line by line, until it is killed. */
public final class KilledProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;
  private final List<String> lines = new ArrayList<>();

  private KilledProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts a JVM with the class path and the engine of this one.
   *
   * @param options of the JVM
   * @param arguments what its {@code main} method is given
   */
  public static KilledProcess start(
      Class<?> program, Path workingDirectory, List<String> options, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-D" + TestEngines.CHOSEN + "=" + TestEngines.NAME);
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    Collections.addAll(command, arguments);
    return new KilledProcess(
        new ProcessBuilder(command)
            .directory(workingDirectory.toFile())
            .redirectErrorStream(true)
            .start());
  }

  /** The next line, {@code null} if it has ended. */
  public @Nullable String readLine() throws IOException {
    String line = this.output.readLine();
    if (line != null) {
      this.lines.add(line);
    }
    return line;
  }

  /** Reads until it says that, and fails with all that it said if it never does. */
  public void awaitLine(String expected) throws IOException {
    for (String line = readLine(); !expected.equals(line); line = readLine()) {
      if (line == null) {
        throw new IOException("The process has ended and said: " + this.lines);
      }
    }
  }

  /**
   * As {@code kill -9} does.
   *
   * @return what it has said
   */
  public List<String> kill() throws IOException, InterruptedException {
    // Not that of the process, which closes what is still to be read.
    this.process.toHandle().destroyForcibly();
    String line = readLine();
    while (line != null) {
      line = readLine();
    }
    if (!this.process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IOException("The process does not end");
    }
    return List.copyOf(this.lines);
  }

  @Override
  public void close() throws IOException {
    this.process.destroyForcibly();
    this.output.close();
  }
}
