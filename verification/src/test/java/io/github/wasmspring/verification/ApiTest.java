package io.github.wasmspring.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users may use is listed, and who plays a user uses nothing else. */
class ApiTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final List<String> LIBRARIES =
      List.of(
          "wasm-actors",
          "wasm-binary",
          "wasm-core",
          "wasm-engine-chicory",
          "wasm-engine-jvm",
          "wasm-services",
          "wasm-services-code",
          "wasm-services-data",
          "wasm-services-memory",
          "wasm-services-monitor",
          "wasm-services-sqlite",
          "wasm-services-vector");
  private static final List<String> USERS =
      List.of("sample-app/src", "templates", "wasm-modules-bundle/src/main", "docs", "README.md");
  private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| .+ \\|$");
  private static final Pattern PUBLIC =
      Pattern.compile("^public [a-z@ -]*\\b(class|interface|record|enum) \\w+", Pattern.MULTILINE);
  private static final Pattern INTERNAL =
      Pattern.compile("import (static )?io\\.github\\.wasmspring\\.internal\\b");

  @Test
  void theListIsWhatIsPublic() throws IOException {
    Set<String> listed =
        Files.readAllLines(ROOT.resolve("docs/api.md")).stream()
            .map(ROW::matcher)
            .filter(row -> row.matches())
            .map(row -> row.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> open = new TreeSet<>();
    for (String library : LIBRARIES) {
      for (Path file : files(library + "/src/main/java")) {
        if (!file.toString().contains("/internal/")
            && PUBLIC.matcher(Files.readString(file)).find()) {
          open.add(file.getFileName().toString().replace(".java", ""));
        }
      }
    }
    assertThat(listed).hasSizeGreaterThan(100).isEqualTo(open);
  }

  @Test
  void nobodyWhoPlaysAUserImportsWhatIsInternal() throws IOException {
    List<Path> wrong = new ArrayList<>();
    int looked = 0;
    for (String user : USERS) {
      for (Path file : files(user)) {
        looked++;
        if (!file.endsWith("docs/api.md")
            && !file.startsWith(ROOT.resolve("docs/decisions"))
            && INTERNAL.matcher(Files.readString(file)).find()) {
          wrong.add(file);
        }
      }
    }
    assertThat(looked).isGreaterThan(100);
    assertThat(wrong).isEmpty();
  }

  private static List<Path> files(String folder) throws IOException {
    try (Stream<Path> all = Files.walk(ROOT.resolve(folder))) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.toString().matches(".*\\.(java|md|xml|yml|yaml|properties|imports)"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    }
  }
}
