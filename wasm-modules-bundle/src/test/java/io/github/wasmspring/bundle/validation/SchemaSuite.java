package io.github.wasmspring.bundle.validation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tests of the JSON-Schema-Test-Suite, see its README in the test resources. */
final class SchemaSuite {

  /** A schema of the suite, and the documents to validate against it. */
  record Group(String file, String description, String schema, List<Case> cases) {

    @Override
    public String toString() {
      return file + ": " + description;
    }
  }

  record Case(String description, String document, boolean valid) {}

  private static final Path FOLDER = folder();
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private SchemaSuite() {}

  static List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    for (Path file : files(FOLDER.resolve("tests"))) {
      for (JsonNode group : MAPPER.readTree(file.toFile())) {
        List<Case> cases = new ArrayList<>();
        for (JsonNode test : group.path("tests")) {
          cases.add(
              new Case(
                  test.path("description").stringValue(),
                  test.path("data").toString(),
                  test.path("valid").booleanValue()));
        }
        groups.add(
            new Group(
                file.getFileName().toString(),
                group.path("description").stringValue(),
                group.path("schema").toString(),
                cases));
      }
    }
    return groups;
  }

  /** The schemas that the suite wants to be found at its own address. */
  static List<SchemaResource> remotes() {
    Path folder = FOLDER.resolve("remotes");
    return files(folder).stream()
        .map(
            file ->
                new SchemaResource(
                    "http://localhost:1234/"
                        + folder.relativize(file).toString().replace('\\', '/'),
                    read(file)))
        .toList();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Path folder() {
    URL folder = SchemaSuite.class.getResource("/json-schema-test-suite");
    if (folder == null) {
      throw new IllegalStateException("The test suite is missing");
    }
    try {
      return Path.of(folder.toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
