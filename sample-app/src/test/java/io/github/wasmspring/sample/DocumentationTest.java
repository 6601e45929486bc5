package io.github.wasmspring.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.WasmProperties;
import io.github.wasmspring.client.WasmModuleHealth;
import io.github.wasmspring.client.WasmModuleManager;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the documentation shows exists, compiles and does what it says. */
@Tag("once")
@SpringBootTest
class DocumentationTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern EXCERPT =
      Pattern.compile("<!-- from (\\S+) -->\\n```\\w+\\n(.*?)```", Pattern.DOTALL);
  private static final Path DEPENDENCIES = ROOT.resolve("wasm-spring-boot-dependencies/pom.xml");
  private static final Pattern OWN_VERSION =
      Pattern.compile(
          "wasm-spring-boot-dependencies(?::|</artifactId>\\s*<version>)([\\w.-]+)",
          Pattern.DOTALL);
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```");
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)[^)]*\\)");

  @Autowired private WasmModuleManager manager;

  @Autowired private ReadmeExamples.Greetings greetings;

  @Autowired private Documents documents;

  @Test
  void everyExcerptStandsInTheFileThatItNames() throws IOException {
    List<String> missing = new ArrayList<>();
    int excerpts = 0;
    for (Path page : pages()) {
      Matcher matcher = EXCERPT.matcher(Files.readString(page));
      while (matcher.find()) {
        excerpts++;
        String source = unindented(Files.readString(ROOT.resolve(matcher.group(1))));
        if (!source.contains(unindented(matcher.group(2)))) {
          missing.add(page + ": " + matcher.group(2));
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(excerpts).isPositive();
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> dead = new ArrayList<>();
    for (Path page : pages()) {
      Matcher matcher = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""));
      while (matcher.find()) {
        if (!Files.exists(page.resolveSibling(matcher.group(1)))) {
          dead.add(page + " -> " + matcher.group(1));
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  @Test
  void everyPageIsInTheIndex() throws IOException {
    String index = Files.readString(ROOT.resolve("docs/README.md"));
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".md") && !name.equals("README.md"))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(index).contains("(" + name + ")"));
    }
  }

  @Test
  void everyPropertyIsInTheReference() throws IOException {
    String reference = Files.readString(ROOT.resolve("docs/reference.md"));
    List<String> missing = new ArrayList<>();
    JsonNode metadata = JsonMapper.shared().readTree(ownMetadata());
    for (JsonNode property : metadata.get("properties")) {
      String name = property.get("name").stringValue();
      String documented = name.replace("wasm.defaults.", "");
      if (!name.equals("wasm.modules") && !reference.contains("`" + documented + "`")) {
        missing.add(name);
      }
    }
    assertThat(metadata.get("properties")).isNotEmpty();
    assertThat(missing).isEmpty();
  }

  @Test
  void everyVersionOfOursIsThatOfTheBuild() throws IOException {
    Matcher version =
        Pattern.compile("<version>(.*?)</version>").matcher(Files.readString(DEPENDENCIES));
    assertThat(version.find()).isTrue();
    List<String> named = new ArrayList<>();
    for (Path page : pages()) {
      Matcher matcher = OWN_VERSION.matcher(Files.readString(page));
      while (matcher.find()) {
        named.add(matcher.group(1));
      }
    }
    assertThat(named).isNotEmpty().containsOnly(version.group(1));
  }

  @Test
  void whoImportsTheVersionsNeedsNoneForAnyArtifact() throws IOException {
    String dependencies = Files.readString(DEPENDENCIES);
    List<String> artifacts;
    try (Stream<Path> folders = Files.list(ROOT)) {
      artifacts =
          folders
              .filter(folder -> Files.exists(folder.resolve("pom.xml")))
              .map(folder -> folder.getFileName().toString())
              .filter(name -> name.startsWith("wasm-") && !name.endsWith("-dependencies"))
              .toList();
    }
    assertThat(artifacts)
        .contains("wasm-core", "wasm-spring-boot-starter")
        .allSatisfy(
            artifact ->
                assertThat(dependencies).contains("<artifactId>" + artifact + "</artifactId>"));
  }

  @Test
  void theInterfaceOfTheReadmeIsABean() {
    assertThat(this.greetings.greet("Ada", false)).isEqualTo("Hello, Ada! Nice to meet you.");
    assertThat(this.greetings.greet("Ada", true)).isEqualTo("Hello, Ada! Nice to meet you.");
  }

  @Test
  void theFluentCallOfTheReadmeWorks() {
    // Whether a cold JVM keeps the deadline of the example is not for a test to say.
    assertThat(ReadmeExamples.format(this.manager).value())
        .isEqualTo("{\n  \"b\": 1,\n  \"a\": []\n}");
  }

  @Test
  void theServiceOfGettingStartedWorks() {
    assertThat(this.documents.tidy("{\"b\":1,\"a\":2}")).isEqualTo("{\n  \"a\": 2,\n  \"b\": 1\n}");
  }

  @Test
  void theCallThatAnswersLaterOfGettingStartedWorks() {
    assertThat(GettingStartedExamples.formatLater(this.manager).join().value())
        .isEqualTo("{\"b\":1}");
  }

  @Test
  void theSessionOfGettingStartedWorks() {
    assertThat(GettingStartedExamples.hashInSession(this.manager)).isEqualTo(0x26c7827d889f6da3L);
  }

  @Test
  void theExamplesOfManagingModulesWork() {
    ManagementExamples.Seen seen = ManagementExamples.look(this.manager);
    assertThat(seen.found()).extracting("id").contains("json");
    assertThat(seen.health().state()).isEqualTo(WasmModuleHealth.State.UP);
    assertThat(seen.all().modules()).isPositive();
    assertThat(seen.freed().instances()).isPositive();
  }

  /** The metadata of the auto-configuration, among that of all jars. */
  private static String ownMetadata() throws IOException {
    for (URL url :
        Collections.list(
            WasmProperties.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
      try (InputStream stream = url.openStream()) {
        String metadata = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        if (metadata.contains(WasmProperties.class.getName())) {
          return metadata;
        }
      }
    }
    throw new IllegalStateException("The auto-configuration has no metadata");
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")),
              docs.filter(path -> path.toString().endsWith(".md")))
          .toList();
    }
  }

  private static String unindented(String text) {
    return text.lines().map(String::strip).reduce("", (all, line) -> all + line + "\n");
  }
}
