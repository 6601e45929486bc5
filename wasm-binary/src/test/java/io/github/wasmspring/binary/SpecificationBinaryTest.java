package io.github.wasmspring.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.wasmspring.binary.WasmBinaryException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The specification's test suite as a judge of what is a module. The suite is not part of this
 * repository; the property {@code wasm.testsuite} says where it is, and where there is none the
 * test is skipped.
 */
class SpecificationBinaryTest {

  private static final Path SUITE =
      Path.of(System.getProperty("wasm.testsuite", "../../shared/spec/testsuite.zip"));

  /** Written before memory64, since when the size of a memory is a number of 64 bits. */
  private static final Set<String> OLDER_THAN_MEMORY64 =
      Set.of("threads/memory:83", "threads/memory:87", "threads/memory:91");

  private record Command(String script, String type, int line, byte[] module) {

    @Override
    public String toString() {
      return this.script + ":" + this.line;
    }
  }

  @Test
  void everyModuleThatRunsIsRead() throws IOException {
    List<String> wrong = new ArrayList<>();
    int read = 0;
    for (Command command : commands()) {
      if (!command.type().startsWith("assert_") || isAboutRunning(command.type())) {
        try {
          ModuleFacts.of(command.module());
          read++;
        } catch (WasmBinaryException refused) {
          wrong.add(command + " " + refused.getMessage());
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(read).isGreaterThan(2_000);
  }

  /** Damage in custom sections is no reason to refuse a module here, but it is noticed. */
  @Test
  void everyMalformedModuleIsRefusedAsMalformed() throws IOException {
    List<String> wrong = new ArrayList<>();
    int refused = 0;
    for (Command command : commands()) {
      if (command.type().equals("assert_malformed")) {
        try {
          ModuleFacts facts = ModuleFacts.of(command.module());
          if (facts.customSections().stream().noneMatch(CustomSection::isDamaged)
              && !OLDER_THAN_MEMORY64.contains(command.toString())) {
            wrong.add(command + " is read");
          }
        } catch (WasmBinaryException expected) {
          if (expected.kind() == Kind.MALFORMED) {
            refused++;
          } else {
            wrong.add(command + " " + expected.kind() + " " + expected.getMessage());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(refused).isGreaterThan(500);
  }

  /** Most invalid modules are for the validation of an engine, but none is malformed. */
  @Test
  void noInvalidModuleIsCalledMalformed() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Command command : commands()) {
      if (command.type().equals("assert_invalid")) {
        try {
          ModuleFacts.of(command.module());
        } catch (WasmBinaryException expected) {
          if (expected.kind() != Kind.INVALID) {
            wrong.add(command + " " + expected.kind() + " " + expected.getMessage());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static boolean isAboutRunning(String type) {
    return type.equals("assert_unlinkable") || type.equals("assert_uninstantiable");
  }

  private static List<Command> commands() throws IOException {
    assumeThat(Files.isRegularFile(SUITE))
        .as("the specification's test suite is at %s", SUITE)
        .isTrue();
    List<Command> commands = new ArrayList<>();
    try (ZipFile zip = new ZipFile(SUITE.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (entry.getName().endsWith(".json")) {
          read(zip, entry, commands);
        }
      }
    }
    return commands;
  }

  private static void read(ZipFile zip, ZipEntry script, List<Command> into) throws IOException {
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
            new Command(
                name,
                command.get("type").asString(),
                command.path("line").asInt(),
                zip.getInputStream(module).readAllBytes()));
      }
    }
  }
}
