package io.github.wasmspring.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Runs a script of the tests in Node, another implementation of WebAssembly. */
public final class NodeScript {

  private NodeScript() {}

  /** Skips the test where there is no Node. */
  public static void assumeNode() throws InterruptedException {
    assumeTrue(hasNode(), "there is no node here");
  }

  private static boolean hasNode() throws InterruptedException {
    try {
      Process node = new ProcessBuilder("node", "--version").start();
      return node.waitFor(10, TimeUnit.SECONDS) && node.exitValue() == 0;
    } catch (IOException none) {
      return false;
    }
  }

  /**
   * @param resource the script, e.g. {@code /split/run.mjs}
   * @param directory where it runs, its first argument
   * @return what it writes
   */
  public static String run(String resource, Path directory)
      throws IOException, InterruptedException {
    Path script = directory.resolve("run.mjs");
    try (InputStream source =
        Objects.requireNonNull(NodeScript.class.getResourceAsStream(resource), resource)) {
      Files.copy(source, script);
    }
    Process node =
        new ProcessBuilder("node", script.toString(), directory.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor()).as(output).isZero();
    return output;
  }
}
