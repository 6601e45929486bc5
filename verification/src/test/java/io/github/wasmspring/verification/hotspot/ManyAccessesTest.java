package io.github.wasmspring.verification.hotspot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * C1 compiles functions with many accesses to memory. If it gave up, which it says as {@code
 * COMPILE SKIPPED: out of virtual registers}, they would be interpreted until C2 comes.
 */
class ManyAccessesTest {

  private static final String ACCESSES = "300";

  @TempDir private Path folder;

  @Test
  void areCompiledWithProfiles() throws IOException, InterruptedException {
    List<String> function = run().stream().filter(line -> line.contains("::f0 (")).toList();
    assertThat(function).isNotEmpty().noneMatch(line -> line.contains("SKIPPED"));
  }

  private List<String> run() throws IOException, InterruptedException {
    Path output = this.folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=3",
                "-XX:+PrintCompilation",
                "-cp",
                System.getProperty("java.class.path"),
                ManyAccesses.class.getName(),
                ACCESSES,
                this.folder.resolve("accesses.wasm").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).as(() -> read(output)).isZero();
    return Files.readAllLines(output);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }
}
