package io.github.wasmspring.real;

import static io.github.wasmspring.real.SpecificationScript.NAN_BITS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.testing.TestEngines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The official test suite through the engine's interface, in each of its modes: what fails is what
 * the engine's module lists in {@code specification/known-failures-….txt}, no more and no less;
 * only bits of NaNs may also be right. {@code -Dwasm.testsuite=FILE} names another copy of the
 * suite; what failed is written to {@code target/specification-failures-….txt}.
 */
class SpecificationSuiteTest {

  private static final Path SUITE =
      Path.of(System.getProperty("wasm.testsuite", "../../shared/spec/testsuite.zip"));

  @ParameterizedTest
  @EnumSource(names = {"INTERPRETER", "COMPILED"})
  void failsNothingButWhatIsKnown(WasmEngineMode mode) throws IOException {
    assumeTrue(
        Files.exists(SUITE),
        "There is no test suite at " + SUITE + "; name it by -Dwasm.testsuite");
    Set<String> known = known(mode);
    assumeTrue(known != null, "The engine's module lists nothing for the mode " + name(mode));
    Set<String> failures = new TreeSet<>();
    int passed = 0;
    int failed = 0;
    int notApplicable = 0;
    try (ZipFile zip = new ZipFile(SUITE.toFile())) {
      List<String> scripts =
          zip.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".json")).toList();
      assertThat(scripts).isNotEmpty();
      for (String name : scripts) {
        String folder = name.substring(0, name.lastIndexOf('/') + 1);
        try (SpecificationScript script =
            new SpecificationScript(
                TestEngines.create(), mode, file -> bytes(zip, folder + file))) {
          script.run(JsonMapper.shared().readTree(bytes(zip, name)).get("commands"));
          passed += script.passed();
          notApplicable += script.notApplicable();
          failed += script.failures().values().stream().mapToInt(Integer::intValue).sum();
          script.failures().forEach((cause, count) -> failures.add(line(name, count, cause)));
        }
      }
    }
    System.out.printf(
        "Specification, %s: %d passed, %d failed, %d not applicable%n",
        mode, passed, failed, notApplicable);
    Files.write(Path.of("target", "specification-failures-%s.txt".formatted(name(mode))), failures);
    known.removeIf(line -> line.endsWith(NAN_BITS) && !failures.contains(line));
    assertThat(failures).isEqualTo(known);
  }

  private static String line(String script, int count, String cause) {
    return script + "\t" + (cause.equals(NAN_BITS) ? "some" : count) + "\t" + cause;
  }

  private static byte[] bytes(ZipFile zip, String name) throws IOException {
    try (InputStream stream = zip.getInputStream(zip.getEntry(name))) {
      return stream.readAllBytes();
    }
  }

  private static String name(WasmEngineMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Set<String> known(WasmEngineMode mode) throws IOException {
    try (InputStream stream =
        SpecificationSuiteTest.class.getResourceAsStream(
            "/specification/known-failures-%s.txt".formatted(name(mode)))) {
      return stream == null
          ? null
          : new TreeSet<>(new String(stream.readAllBytes(), UTF_8).lines().toList());
    }
  }
}
