package io.github.wasmspring.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.code.CodeParseOptions.Goal;
import io.github.wasmspring.runtime.WasmRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What the suites of TC39 accept is accepted, and what they refuse is refused, but for what {@code
 * suite-differences.txt} lists with its reason: the parser tests that npm has, and where there is a
 * checkout of test262 itself ({@code -Dcode.test262=FOLDER}) all its files of the language.
 */
@Tag("once")
class CodeSuiteTest {

  private static final Path DIFFERENCES =
      Path.of("src", "test", "resources", "code", "suite-differences.txt");

  /** Proposals that no edition of the specification has. */
  private static final Pattern PROPOSALS =
      Pattern.compile("source-phase-imports|import-defer|import-text|import-bytes");

  private static final Pattern NEGATIVE = Pattern.compile("negative:\\s[^-]*phase:\\s*parse");
  private static final Pattern FLAGS = Pattern.compile("flags:\\s*\\[([^\\]]*)]");

  private static WasmRuntime runtime;
  private static CodeParser parser;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    parser = CodeParser.of(runtime.manager());
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  private static boolean accepts(String text, Goal goal) {
    return parser
        .parse(text, CodeLanguage.JAVASCRIPT, CodeParseOptions.DEFAULTS.withGoal(goal))
        .isValid();
  }

  private static List<String> listed() throws IOException {
    return Files.readAllLines(DIFFERENCES).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.substring(0, line.indexOf('\t')))
        .toList();
  }

  @Test
  void theParserTestsOfTc39() throws IOException {
    Path suite = CodeJudges.modules().resolve("test262-parser-tests");
    List<String> different = new ArrayList<>();
    int cases = 0;
    for (String folder : List.of("pass", "pass-explicit", "fail", "early")) {
      for (Path file : filesOf(suite.resolve(folder))) {
        cases++;
        Goal goal = file.toString().endsWith(".module.js") ? Goal.MODULE : Goal.SCRIPT;
        if (accepts(Files.readString(file), goal) != folder.startsWith("pass")) {
          different.add(folder + "/" + file.getFileName());
        }
      }
    }
    assertThat(cases).isGreaterThan(5_000);
    assertThat(different)
        .containsExactlyInAnyOrderElementsOf(
            listed().stream().filter(name -> !name.startsWith("test/")).toList());
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".js"))
          .filter(file -> !file.toString().contains("_FIXTURE"))
          .sorted()
          .toList();
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "code.test262", matches = ".+")
  void test262() throws IOException {
    Path home = Path.of(System.getProperty("code.test262"));
    List<String> different = new ArrayList<>();
    int cases = 0;
    for (String folder :
        List.of("test/language", "test/annexB/language", "test/built-ins/RegExp")) {
      for (Path file : filesOf(home.resolve(folder))) {
        String text = Files.readString(file);
        String head = text.substring(0, Math.max(0, text.indexOf("---*/")));
        if (PROPOSALS.matcher(head).find()) {
          continue;
        }
        boolean accepted = !NEGATIVE.matcher(head).find();
        for (String prefix : modes(head)) {
          cases++;
          Goal goal = prefix == null ? Goal.MODULE : Goal.SCRIPT;
          if (accepts((prefix == null ? "" : prefix) + text, goal) != accepted) {
            different.add(home.relativize(file).toString());
          }
        }
      }
    }
    System.out.printf("test262: %,d cases, %,d different%n", cases, different.size());
    assertThat(different).isSubsetOf(listed());
    assertThat(cases).isGreaterThan(40_000);
  }

  /** What to put before a file; one {@code null} for a module. */
  private static List<String> modes(String head) {
    Matcher flags = FLAGS.matcher(head);
    String found = flags.find() ? flags.group(1) : "";
    List<String> modes = new ArrayList<>();
    if (found.contains("module")) {
      modes.add(null);
    } else {
      if (!found.contains("onlyStrict")) {
        modes.add("");
      }
      if (!found.contains("noStrict") && !found.contains("raw")) {
        modes.add("\"use strict\";\n");
      }
    }
    return modes;
  }
}
