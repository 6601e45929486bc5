package io.github.wasmspring.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The source files of all modules of the build but the templates, which are to be copied. The tests
 * for engines stand in the packages of what they test, so that they count as tests.
 */
@Tag("once")
class NamesTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path TESTS = Path.of("src/test/java");
  private static final Path ENGINE_TESTS = ROOT.resolve("wasm-engine-tests");
  private static final Pattern TEST =
      Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|TestFactory|FuzzTest|ArchTest)\\b");

  private static List<Path> modules() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders.filter(folder -> Files.isRegularFile(folder.resolve("pom.xml"))).toList();
    }
  }

  /** The files below a folder of each module, by the module. */
  private static Map<Path, List<Path>> files(Path folder) throws IOException {
    Map<Path, List<Path>> files = new TreeMap<>();
    for (Path module : modules()) {
      Path root = module.resolve(folder);
      if (Files.isDirectory(root)) {
        try (Stream<Path> all = Files.walk(root)) {
          files.put(
              module,
              all.filter(file -> file.toString().endsWith(".java")).map(root::relativize).toList());
        }
      }
    }
    return files;
  }

  private static Map<Path, List<Path>> sources() throws IOException {
    Map<Path, List<Path>> sources = files(SOURCES);
    sources.remove(ENGINE_TESTS);
    assertThat(sources).hasSizeGreaterThan(6);
    return sources;
  }

  @Test
  void aPackageIsInOneModule() throws IOException {
    Map<Path, Set<Path>> modules = new TreeMap<>();
    sources()
        .forEach(
            (module, files) ->
                files.forEach(
                    file ->
                        modules
                            .computeIfAbsent(file.getParent(), folder -> new TreeSet<>())
                            .add(module)));
    assertThat(modules).hasSizeGreaterThan(20);
    assertThat(modules).allSatisfy((folder, those) -> assertThat(those).hasSize(1));
  }

  @Test
  void aNameIsThatOfOneClass() throws IOException {
    Map<String, List<Path>> classes =
        sources().values().stream()
            .flatMap(List::stream)
            .filter(file -> !file.endsWith("package-info.java"))
            .collect(Collectors.groupingBy(file -> file.getFileName().toString()));
    assertThat(classes).hasSizeGreaterThan(500);
    assertThat(classes).allSatisfy((name, files) -> assertThat(files).hasSize(1));
  }

  @Test
  void whatHasTestsEndsWithTest() throws IOException {
    Map<Path, List<Path>> tests = files(TESTS);
    tests.replaceAll((module, files) -> absolute(module.resolve(TESTS), files));
    tests.put(
        ENGINE_TESTS,
        absolute(
            ENGINE_TESTS.resolve(SOURCES), files(SOURCES).getOrDefault(ENGINE_TESTS, List.of())));
    int found = 0;
    for (Path file : tests.values().stream().flatMap(List::stream).toList()) {
      assertThat(file.toString()).doesNotEndWith("Tests.java");
      if (TEST.matcher(Files.readString(file)).find()) {
        assertThat(file.toString()).endsWith("Test.java");
        found++;
      }
    }
    assertThat(found).isGreaterThan(200);
  }

  private static List<Path> absolute(Path folder, List<Path> files) {
    return files.stream().map(folder::resolve).toList();
  }
}
