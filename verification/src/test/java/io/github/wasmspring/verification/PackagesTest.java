package io.github.wasmspring.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The source files of all modules of the build but the templates, which are to be copied, and the
 * tests for engines, which stand in the packages of what they test.
 */
class PackagesTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final String SOURCES = "src/main/java";

  private final Map<String, Set<String>> modulesByPackage = new TreeMap<>();
  private final Map<String, Set<String>> typesByName = new TreeMap<>();

  PackagesTest() throws IOException {
    try (Stream<Path> folders = Files.find(ROOT, 2, (path, attributes) -> isModule(path))) {
      for (Path module : folders.toList()) {
        collect(module);
      }
    }
  }

  private static boolean isModule(Path folder) {
    return Files.isRegularFile(folder.resolve("pom.xml"))
        && Files.isDirectory(folder.resolve(SOURCES))
        && !folder.startsWith(ROOT.resolve("templates"))
        && !folder.equals(ROOT.resolve("wasm-engine-tests"));
  }

  private void collect(Path module) throws IOException {
    Path sources = module.resolve(SOURCES);
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String folder = sources.relativize(file.getParent()).toString();
        String name = file.getFileName().toString();
        this.modulesByPackage
            .computeIfAbsent(folder, key -> new TreeSet<>())
            .add(ROOT.relativize(module).toString());
        if (!name.equals("package-info.java")) {
          this.typesByName.computeIfAbsent(name, key -> new TreeSet<>()).add(folder);
        }
      }
    }
  }

  @Test
  void aPackageIsInOneModule() {
    assertThat(this.modulesByPackage).hasSizeGreaterThan(20);
    assertThat(this.modulesByPackage)
        .allSatisfy((name, modules) -> assertThat(modules).as(name).hasSize(1));
  }

  @Test
  void noTypeOfBenchmarksAndVerificationHasTheNameOfAnother() {
    assertThat(this.typesByName)
        .allSatisfy(
            (name, folders) -> {
              if (folders.stream().anyMatch(PackagesTest::isOurs)) {
                assertThat(folders).as(name).hasSize(1);
              }
            });
  }

  private static boolean isOurs(String folder) {
    return folder.contains("wasmspring/benchmarks") || folder.contains("wasmspring/verification");
  }
}
