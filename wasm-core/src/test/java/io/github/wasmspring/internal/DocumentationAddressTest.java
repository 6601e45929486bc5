package io.github.wasmspring.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Users don't have the repository: what points to the documentation is a URL of a page there. */
class DocumentationAddressTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern PAGE =
      Pattern.compile("Documentation\\s*\\.page\\(\\s*\"([^\"]+)\"");

  @Test
  void aPageIsAUrl() {
    assertThat(Documentation.page("memory.md#figures"))
        .startsWith("https://")
        .endsWith("/docs/memory.md#figures");
  }

  @Test
  void everyPageThatIsPointedToExists() throws IOException {
    int pages = 0;
    for (Path source : sources()) {
      for (Matcher found = PAGE.matcher(Files.readString(source)); found.find(); pages++) {
        String[] page = found.group(1).split("#", 2);
        Path file = ROOT.resolve("docs").resolve(page[0]);
        assertThat(file).isRegularFile();
        if (page.length > 1) {
          assertThat(Files.readAllLines(file))
              .filteredOn(line -> line.startsWith("#"))
              .extracting(DocumentationAddressTest::anchor)
              .contains(page[1]);
        }
      }
    }
    assertThat(pages).isGreaterThan(5);
  }

  @Test
  void nothingPointsToAPathOfTheRepository() throws IOException {
    for (Path source : sources()) {
      assertThat(Files.readAllLines(source))
          .as(source.toString())
          .noneMatch(line -> line.contains("\"docs/") || line.contains(" docs/") && isText(line));
    }
  }

  private static boolean isText(String line) {
    return line.contains("\"") && !line.strip().startsWith("*") && !line.strip().startsWith("//");
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("wasm-core/src/main/java"));
        Stream<Path> more =
            Files.walk(ROOT.resolve("wasm-spring-boot-autoconfigure/src/main/java"))) {
      return Stream.concat(files, more).filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static String anchor(String heading) {
    return heading
        .replaceFirst("^#+ ", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9 _-]", "")
        .replace(' ', '-');
  }
}
