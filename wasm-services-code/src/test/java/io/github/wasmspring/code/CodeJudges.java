package io.github.wasmspring.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Other people's packages, as the lock in {@code src/test/npm} pins them, installed below {@code
 * target}. A test that can't have them is aborted.
 */
final class CodeJudges {

  private static final Path SOURCES = Path.of("src", "test", "npm");

  private CodeJudges() {}

  /**
   * The folder {@code node_modules}. Other tests, of this JVM or another, wait until it is there.
   */
  static synchronized Path modules() throws IOException {
    Path lock = Files.createDirectories(Path.of("target")).resolve("judges.lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      return held.isValid() ? install() : lock;
    }
  }

  private static Path install() throws IOException {
    String lock = Files.readString(SOURCES.resolve("package-lock.json"));
    Path home =
        Path.of("target", "judges-" + Integer.toHexString(lock.hashCode())).toAbsolutePath();
    Path done = home.resolve("done");
    if (!Files.exists(done)) {
      Files.createDirectories(home);
      for (String file : List.of("package.json", "package-lock.json")) {
        Files.copy(SOURCES.resolve(file), home.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      PackageFiles.run(
          home,
          "npm",
          "ci",
          "--silent",
          "--ignore-scripts",
          "--legacy-peer-deps",
          "--omit=optional",
          "--no-audit",
          "--no-fund");
      Files.createFile(done);
    }
    return home.resolve("node_modules");
  }

  /** The files of a package whose names end so, without those of packages in it. */
  static List<Path> files(Path modules, String name, String pattern) {
    Path folder = modules.resolve(name);
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().matches(pattern))
          .filter(file -> !folder.relativize(file).toString().contains("node_modules"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What the judge says about the lines of a list: differences, and how many nodes it has seen. */
  static List<String> judge(Path modules, Path list) {
    return PackageFiles.run(
            Path.of("").toAbsolutePath(),
            "node",
            "--stack-size=16000",
            SOURCES.resolve("judge.mjs").toString(),
            modules.toString(),
            list.toString())
        .lines()
        .toList();
  }
}
