package io.github.wasmspring.code;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A package of the npm registry, unpacked below {@code target/npm-packages}. A test that can't have
 * it is aborted.
 *
 * @param name with its version
 * @param integrity SHA-512 of its archive, as npm writes it
 */
record PackageFiles(String name, String integrity) {

  /** The folder that has what is in it. */
  Path folder() throws IOException {
    Path home = Path.of("target", "npm-packages", this.name.replace('/', '+')).toAbsolutePath();
    Path unpacked = home.resolve("package");
    if (Files.isDirectory(unpacked)) {
      return unpacked;
    }
    Files.createDirectories(home);
    run(home, "npm", "pack", "--silent", "--ignore-scripts", this.name);
    Path archive;
    try (Stream<Path> files = Files.list(home)) {
      archive = files.filter(file -> file.toString().endsWith(".tgz")).findFirst().orElseThrow();
    }
    verify(archive);
    run(home, "tar", "-xzf", archive.toString());
    return unpacked;
  }

  private void verify(Path archive) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(archive));
      String found = "sha512-" + Base64.getEncoder().encodeToString(digest);
      if (!found.equals(this.integrity)) {
        Files.delete(archive);
        throw new IllegalStateException(this.name + " has the integrity " + found);
      }
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Its files that end so, in the order of their names. */
  List<Path> files(String pattern) throws IOException {
    try (Stream<Path> files = Files.walk(folder())) {
      return files.filter(file -> file.toString().matches(pattern)).sorted().toList();
    }
  }

  /** What a program says. */
  static String run(Path folder, String... command) {
    try {
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said;
      try (InputStream output = process.getInputStream()) {
        said = new String(output.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      }
      if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new TestAbortedException(String.join(" ", command) + " failed: " + said);
      }
      return said;
    } catch (IOException missing) {
      throw new TestAbortedException(command[0] + " can't be run", missing);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TestAbortedException("interrupted", interrupted);
    }
  }
}
