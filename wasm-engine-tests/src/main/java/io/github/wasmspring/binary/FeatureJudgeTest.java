package io.github.wasmspring.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.wasmspring.testing.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A module has a feature if wabt's validator accepts the module with all features, and no more
 * without that one; if there is a {@code wasm-validate} here.
 */
class FeatureJudgeTest {

  /** What the validator has to be told to have it, or not to have it. */
  private static final List<String> SWITCHED_ON =
      List.of(
          "exceptions",
          "threads",
          "tail-call",
          "function-references",
          "gc",
          "memory64",
          "multi-memory",
          "extended-const",
          "relaxed-simd");

  /** By the option of the validator: the features that go with it. */
  private static final Map<String, Set<WasmFeature>> OPTIONS = new LinkedHashMap<>();

  static {
    OPTIONS.put("saturating-float-to-int", EnumSet.of(WasmFeature.NONTRAPPING_FLOAT_TO_INT));
    OPTIONS.put("sign-extension", EnumSet.of(WasmFeature.SIGN_EXTENSION));
    OPTIONS.put("multi-value", EnumSet.of(WasmFeature.MULTI_VALUE));
    OPTIONS.put("simd", EnumSet.of(WasmFeature.SIMD, WasmFeature.RELAXED_SIMD));
    OPTIONS.put("threads", EnumSet.of(WasmFeature.THREADS));
    OPTIONS.put("tail-call", EnumSet.of(WasmFeature.TAIL_CALL));
    OPTIONS.put("memory64", EnumSet.of(WasmFeature.MEMORY64));
    OPTIONS.put("multi-memory", EnumSet.of(WasmFeature.MULTI_MEMORY));
    OPTIONS.put("extended-const", EnumSet.of(WasmFeature.EXTENDED_CONST));
    OPTIONS.put("relaxed-simd", EnumSet.of(WasmFeature.RELAXED_SIMD));
    OPTIONS.put(
        "exceptions",
        EnumSet.of(WasmFeature.EXCEPTION_HANDLING, WasmFeature.LEGACY_EXCEPTION_HANDLING));
  }

  private static boolean accepts(Path module, String without)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("wasm-validate"));
    for (String option : SWITCHED_ON) {
      boolean needsMore = option.equals("relaxed-simd") && without.equals("simd");
      if (!option.equals(without) && !needsMore) {
        command.add("--enable-" + option);
      }
    }
    if (!without.isEmpty() && !SWITCHED_ON.contains(without)) {
      command.add("--disable-" + without);
    }
    command.add(module.toString());
    Process validator =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return validator.waitFor() == 0;
  }

  private static List<Path> modules(Path directory) throws IOException {
    List<Path> modules = new ArrayList<>();
    for (String guest : Guests.names()) {
      modules.add(Files.write(directory.resolve(guest + ".wasm"), Guests.bytes(guest)));
    }
    for (FeatureProbe probe : FeatureProbe.values()) {
      modules.add(Files.write(directory.resolve(probe + ".wasm"), probe.bytes()));
    }
    return modules;
  }

  @Test
  void theValidatorFindsTheSameFeatures(@TempDir Path directory)
      throws IOException, InterruptedException {
    assumeTrue(isInstalled(), "there is no wasm-validate here");
    List<String> differences = new ArrayList<>();
    Set<String> seen = new java.util.TreeSet<>();
    for (Path module : modules(directory)) {
      if (!accepts(module, "")) {
        continue;
      }
      Set<WasmFeature> ours = ModuleFeatures.of(Files.readAllBytes(module)).all();
      for (Map.Entry<String, Set<WasmFeature>> option : OPTIONS.entrySet()) {
        boolean has = ours.stream().anyMatch(option.getValue()::contains);
        if (has) {
          seen.add(option.getKey());
        }
        if (has == accepts(module, option.getKey())) {
          differences.add(
              "%s: %s, we say %s".formatted(module.getFileName(), option.getKey(), has));
        }
      }
    }
    assertThat(differences).isEmpty();
    assertThat(seen).containsExactlyInAnyOrderElementsOf(OPTIONS.keySet());
  }

  private static boolean isInstalled() throws InterruptedException {
    try {
      return new ProcessBuilder("wasm-validate", "--version").start().waitFor() == 0;
    } catch (IOException none) {
      return false;
    }
  }
}
