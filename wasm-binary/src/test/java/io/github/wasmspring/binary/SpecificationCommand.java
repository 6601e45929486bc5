package io.github.wasmspring.binary;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A command of the specification's test suite about a binary module. The suite is not part of this
 * repository; the property {@code wasm.testsuite} says where it is, and where there is none its
 * tests are skipped.
 */
public record SpecificationCommand(
    String script, String type, int line, String text, byte[] module) {

  private static final Path SUITE =
      Path.of(System.getProperty("wasm.testsuite", "../../shared/spec/testsuite.zip"));

  /** Whether the module is one that has nothing wrong with it. */
  public boolean isToRun() {
    return !this.type.startsWith("assert_")
        || this.type.equals("assert_unlinkable")
        || this.type.equals("assert_uninstantiable");
  }

  @Override
  public String toString() {
    return this.script + ":" + this.line;
  }

  /** All commands with a module in the binary format. */
  public static List<SpecificationCommand> all() throws IOException {
    assumeThat(Files.isRegularFile(SUITE))
        .as("the specification's test suite is at %s", SUITE)
        .isTrue();
    List<SpecificationCommand> commands = new ArrayList<>();
    try (ZipFile zip = new ZipFile(SUITE.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (entry.getName().endsWith(".json")) {
          read(zip, entry, commands);
        }
      }
    }
    return commands;
  }

  private static void read(ZipFile zip, ZipEntry script, List<SpecificationCommand> into)
      throws IOException {
    String name = script.getName().substring(0, script.getName().length() - ".json".length());
    String folder = name.substring(0, name.lastIndexOf('/') + 1);
    byte[] json = zip.getInputStream(script).readAllBytes();
    JsonNode root = new JsonMapper().readTree(new String(json, StandardCharsets.UTF_8));
    for (JsonNode command : root.get("commands")) {
      JsonNode file = command.get("filename");
      if (file == null || !file.asString().endsWith(".wasm")) {
        continue;
      }
      ZipEntry module = zip.getEntry(folder + file.asString());
      if (module == null) {
        module = zip.getEntry(name + "/" + file.asString());
      }
      if (module != null) {
        into.add(
            new SpecificationCommand(
                name,
                command.get("type").asString(),
                command.path("line").asInt(),
                command.path("text").asString(""),
                zip.getInputStream(module).readAllBytes()));
      }
    }
  }
}
