package io.github.wasmspring.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.runtime.WasmRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command of dprint, which runs modules in an engine that we did not write, formats what people
 * have published, and we come to the same.
 */
@Tag("once")
class DprintCommandTest {

  private static final PackageFiles COMMAND =
      new PackageFiles(
          "@dprint/linux-x64-glibc@0.57.4",
          "sha512-BYrSdjYo+nfUgXqgIbZZQnHvpM6UP7Dipfsuzxs0JmuHZRRkJIPjDdj/Qpbn/5Qv1gC4eV0cZsxRu8B634wkig==");

  private static final List<PackageFiles> PACKAGES =
      List.of(
          new PackageFiles(
              "preact@10.24.3",
              "sha512-Z2dPnBnMUfyQfSQ+GBdsGa16hz35YmLmtTLhM169uW944hYL6xzTYkJjC07j+Wosz733pMWx0fgON3JNw1jJQA=="),
          new PackageFiles(
              "rxjs@7.8.1",
              "sha512-AA3TVj+0A2iuIoQkWEK/tqFjBq2j+6PO6Y0zJcvzLAFhEFIO3HL0vls9hWLncZbAAbK0mar7oZ4V079I/qPMxg=="),
          new PackageFiles(
              "@reduxjs/toolkit@2.3.0",
              "sha512-WC7Yd6cNGfHx8zf+iu+Q1UPTfEcXhQ+ATi7CV1hlrSAaQBdlPzg7Ww/wJHNQem7qG9rxmWoFCDCPubSvFObGzA=="),
          new PackageFiles(
              "react@18.3.1",
              "sha512-wS+hAgJShR0KhEvPJArfuPVN1+Hz1t0Y6n5jLrGQbkb4urgPE/0Rve+1kMB1v/oWgHgm4WIcV+i7F2pTVj+2iQ=="),
          new PackageFiles(
              "marked@14.1.3",
              "sha512-ZibJqTULGlt9g5k4VMARAktMAjXoVnnr+Y3aCqW1oDftcV4BA3UmrBifzXoZyenHRk75csiPu9iwsTj4VNBT0g=="));

  /** What stands in src and at the top is written by people, the rest by tools. */
  private static final String WRITTEN =
      ".*/(package/[^/]+\\.(json|md)|package/(src|cjs)/.*\\.(js|jsx|ts|tsx|json|md))";

  private static final Path MODULES = Path.of("src", "main", "npm");

  @TempDir private Path folder;

  @Test
  void theSameComesOut() throws IOException {
    Assumptions.assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "the command of dprint is fetched for Linux on x86-64");
    Path command = COMMAND.folder().resolve("dprint");
    Map<Path, String> files = copies();
    assertThat(files).hasSizeGreaterThan(400);
    Map<Path, String> ours = new TreeMap<>();
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      CodeFormatter formatter = CodeFormatter.of(runtime.manager());
      files.forEach((file, text) -> ours.put(file, formatted(formatter, file, text)));
      assertThat(ours.entrySet().stream().filter(each -> !each.getValue().isEmpty()).limit(150))
          .allMatch(
              each -> formatted(formatter, each.getKey(), each.getValue()).equals(each.getValue()));
    }
    run(command);
    List<String> different = new ArrayList<>();
    int refused = 0;
    for (Map.Entry<Path, String> each : ours.entrySet()) {
      String theirs = Files.readString(each.getKey());
      if (each.getValue().isEmpty()) {
        refused++;
        assertThat(theirs).isEqualTo(files.get(each.getKey()));
      } else if (!theirs.equals(each.getValue())) {
        different.add(each.getKey().getFileName().toString());
      }
    }
    assertThat(different).isEmpty();
    assertThat(refused).isLessThan(5);
  }

  /** Empty where it has errors. */
  private static String formatted(CodeFormatter formatter, Path file, String text) {
    try {
      return formatter.format(text, CodeLanguage.of(file.toString()));
    } catch (CodeException refusal) {
      assertThat(refusal.reason()).isEqualTo(CodeException.Reason.SYNTAX);
      return "";
    }
  }

  /** Under names that mean nothing to dprint. */
  private Map<Path, String> copies() throws IOException {
    Map<Path, String> copies = new TreeMap<>();
    for (PackageFiles each : PACKAGES) {
      for (Path file : each.files(WRITTEN)) {
        Path copy = this.folder.resolve("f%d-%s".formatted(copies.size(), file.getFileName()));
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        copies.put(copy, Files.readString(copy));
      }
    }
    return copies;
  }

  private void run(Path command) throws IOException {
    CodeFormatSettings settings = CodeFormatSettings.DEFAULTS;
    Map<String, Object> configuration = new TreeMap<>();
    List<String> plugins = new ArrayList<>();
    for (DprintPlugin plugin : DprintPlugin.values()) {
      Parts parts =
          JsonMapper.shared().readValue(DprintConfiguration.of(settings, plugin), Parts.class);
      configuration.putAll(parts.global());
      configuration.put(plugin.key(), parts.plugin());
      String id = plugin.module();
      Path module =
          Files.copy(
              MODULES.resolve(id).resolve("dist").resolve(id + ".wasm"),
              Files.createDirectories(this.folder.resolve("plugins")).resolve(id + ".wasm"));
      plugins.add(module.toString());
    }
    configuration.put("plugins", plugins);
    Path file = this.folder.resolve("dprint.json");
    Files.writeString(file, JsonMapper.shared().writeValueAsString(configuration));
    Process process;
    try {
      ProcessBuilder builder =
          new ProcessBuilder(
                  command.toString(), "fmt", "--config", file.toString(), "--allow-no-files")
              .directory(this.folder.toFile())
              .redirectErrorStream(true);
      builder.environment().put("DPRINT_CACHE_DIR", this.folder.resolve("cache").toString());
      process = builder.start();
      process.getInputStream().transferTo(System.out);
      process.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** What a module gets. */
  record Parts(Map<String, Object> global, Map<String, Object> plugin) {}
}
