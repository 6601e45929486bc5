package io.github.wasmspring.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/**
 * Analyses, stripped types and short code beside what other people's tools make of the sources of
 * npm packages. The module is run by Node here, beside the judges; packages are those of the lock
 * in {@code src/test/npm-judged}. Skipped without Node or the registry.
 */
@Tag("once")
class CodeJudgedTest {

  private static final Path SCRIPTS = Path.of("src", "test", "npm-judged").toAbsolutePath();
  private static final Path MODULE =
      Path.of("src", "main", "rust", "code", "dist", "code.wasm").toAbsolutePath();

  private static Path modules;

  @BeforeAll
  static void install() throws IOException {
    String lock = Files.readString(SCRIPTS.resolve("package-lock.json"));
    Path home =
        Path.of("target", "npm-judged-" + Integer.toHexString(lock.hashCode())).toAbsolutePath();
    modules = home.resolve("node_modules");
    Path done = home.resolve("done");
    if (!Files.exists(done)) {
      Files.createDirectories(home);
      for (String file : List.of("package.json", "package-lock.json")) {
        Files.copy(SCRIPTS.resolve(file), home.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      PackageFiles.run(
          home, "npm", "ci", "--silent", "--ignore-scripts", "--legacy-peer-deps", "--no-audit");
      Files.createFile(done);
    }
  }

  /** Nothing differs, and at least so much was compared. */
  private static void judge(int least, String script, String... packages) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "node",
                "--stack-size=4000",
                SCRIPTS.resolve(script).toString(),
                MODULE.toString(),
                modules.toString()));
    command.addAll(List.of(packages));
    List<String> said = run(command).lines().toList();
    String last = said.get(said.size() - 1);
    assertThat(said.subList(0, said.size() - 1)).isEmpty();
    assertThat(last).startsWith("compared ");
    assertThat(Integer.parseInt(last.substring("compared ".length()))).isGreaterThan(least);
  }

  /**
   * Node was there when the packages were installed: a judge that fails now has found something.
   */
  private static String run(List<String> command) {
    try {
      return PackageFiles.run(Path.of("").toAbsolutePath(), command.toArray(String[]::new));
    } catch (TestAbortedException failed) {
      throw new AssertionError(failed.getMessage(), failed);
    }
  }

  @Test
  void scopesAreThoseOfEslintScope() {
    judge(50_000, "scopes.mjs", "lodash", "acorn", "eslint-scope", "underscore", "preact");
  }

  @Test
  void scopesOfTypesAreThoseOfTypescriptEslint() {
    judge(100_000, "types.mjs", "rxjs", "zod", "immer");
  }

  @Test
  void problemsAreThoseOfEslintAndComplexitiesThoseOfSonar() {
    judge(10_000, "problems.mjs", "acorn", "underscore", "preact", "semver", "terser", "zod");
  }

  @Test
  void typesBecomeSpacesAsForSwc() {
    judge(500, "strip.mjs", "rxjs", "zod", "immer");
  }

  @Test
  void packagesMadeShortDoWhatTheyDid() {
    judge(
        200_000,
        "short.mjs",
        "lodash",
        "underscore",
        "acorn",
        "semver",
        "ajv",
        "rxjs",
        "terser",
        "preact",
        modules.resolveSibling("short").toString());
  }
}
