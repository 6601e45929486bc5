package io.github.wasmspring.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is started by {@code benchmarks/run} and {@code verification/run}. */
@Tag("once")
class ScriptsTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Path STUDIES = ROOT.resolve("benchmarks/studies");
  private static final Path CHECKS = ROOT.resolve("verification/checks");

  private static final Pattern CLASS =
      Pattern.compile("io\\.github\\.wasmspring\\.(benchmarks|verification)[a-z.]*\\.[A-Z]\\w*");
  private static final Pattern COMMAND =
      Pattern.compile("\\b(benchmarks|verification)/run ([a-z][a-z-]*)");
  private static final Pattern FILE =
      Pattern.compile("(?<![\\w/.-])(?:benchmarks|verification)/(?!target)[a-z-]+");

  static Stream<Path> scripts() throws IOException {
    return Stream.concat(files(STUDIES, 1), files(CHECKS, 1));
  }

  static Stream<Path> pages() throws IOException {
    return Stream.concat(
        files(ROOT, 1).filter(file -> file.toString().endsWith(".md")),
        files(ROOT.resolve("docs"), 3).filter(file -> file.toString().endsWith(".md")));
  }

  private static Stream<Path> files(Path folder, int depth) throws IOException {
    BiPredicate<Path, BasicFileAttributes> isFile =
        (path, attributes) -> attributes.isRegularFile();
    try (Stream<Path> files = Files.find(folder, depth, isFile)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void aScriptSaysInOneLineWhatItIsAndInTheNextHowItIsUsed(Path script) throws IOException {
    List<String> lines = Files.readAllLines(script);
    assertThat(lines.get(1)).matches("# [A-Z].*[.]");
    assertThat(lines.stream().filter(line -> line.startsWith("#   ")))
        .anyMatch(line -> line.contains("/run " + script.getFileName()));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void whatAScriptStartsIsThere(Path script) throws IOException {
    assertThat(CLASS.matcher(Files.readString(script)).results().map(MatchResult::group))
        .allSatisfy(
            type ->
                assertThat(
                        ROOT.resolve(type.split("\\.")[3] + "/src/main/java")
                            .resolve(type.replace('.', '/') + ".java"))
                    .exists());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void aCommandOfTheDocumentationCanBeStarted(Path page) throws IOException {
    assertThat(COMMAND.matcher(Files.readString(page)).results())
        .allSatisfy(
            command ->
                assertThat(
                        (command.group(1).equals("benchmarks") ? STUDIES : CHECKS)
                            .resolve(command.group(2)))
                    .isExecutable());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void aFileThatTheDocumentationNamesIsThere(Path page) throws IOException {
    assertThat(FILE.matcher(Files.readString(page)).results().map(MatchResult::group))
        .allSatisfy(name -> assertThat(ROOT.resolve(name)).exists());
  }

  @ParameterizedTest
  @ValueSource(strings = {"benchmarks", "verification"})
  @DisabledOnOs(OS.WINDOWS)
  void withoutArgumentsItSaysWhatThereIs(String folder) throws Exception {
    Process process =
        new ProcessBuilder(ROOT.resolve(folder + "/run").toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(scripts().filter(script -> script.startsWith(ROOT.resolve(folder))))
        .isNotEmpty()
        .allSatisfy(script -> assertThat(printed).contains("  " + script.getFileName() + " "));
  }
}
