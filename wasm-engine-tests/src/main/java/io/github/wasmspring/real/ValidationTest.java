package io.github.wasmspring.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.WasmBinaryException;
import io.github.wasmspring.binary.WasmBinaryException.Kind;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.NodeScript;
import io.github.wasmspring.validate.ModuleValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is valid to us is valid to others. */
class ValidationTest {

  private static final int MUTATIONS = Integer.getInteger("validation.mutations", 4_000);
  private static final long SEED = Long.getLong("validation.seed", 54);

  /** What a Node of today has without being told to. */
  private static final Set<WasmFeature> OF_NODE =
      EnumSet.of(
          WasmFeature.MUTABLE_GLOBALS,
          WasmFeature.SIGN_EXTENSION,
          WasmFeature.NONTRAPPING_FLOAT_TO_INT,
          WasmFeature.MULTI_VALUE,
          WasmFeature.BULK_MEMORY,
          WasmFeature.REFERENCE_TYPES,
          WasmFeature.EXTENDED_CONST,
          WasmFeature.SIMD,
          WasmFeature.THREADS);

  /** A rule of the threads proposal that Node 20 does not hold modules against. */
  private static final String ATOMIC_ALIGNMENT = "atomic accesses must have natural alignment";

  @Test
  void realModulesAreValid() {
    for (NpmPackage each : List.of(NpmPackage.QUICKJS, NpmPackage.SQLITE)) {
      byte[] module = each.bytes();
      assertThatCode(() -> ModuleValidator.validate(module, ModuleFacts.of(module)))
          .as(each.path())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void nodeSaysTheSameOfModulesThatWereChanged(@TempDir Path directory)
      throws IOException, InterruptedException {
    NodeScript.assumeNode();
    List<byte[]> guests = new ArrayList<>();
    List<String> names = new ArrayList<>(Guests.names());
    Collections.sort(names);
    for (String name : names) {
      byte[] guest = Guests.bytes(name);
      if (guest.length < 16_384 && isOfNode(guest)) {
        guests.add(guest);
      }
    }
    Random dice = new Random(SEED);
    StringBuilder ours = new StringBuilder();
    int written = 0;
    while (written < MUTATIONS) {
      byte[] module = guests.get(dice.nextInt(guests.size())).clone();
      for (int changes = 1 + dice.nextInt(3); changes > 0; changes--) {
        module[8 + dice.nextInt(module.length - 8)] = (byte) dice.nextInt();
      }
      Boolean valid = judge(module);
      if (valid != null) {
        Files.write(directory.resolve(written++ + ".wasm"), module);
        ours.append(valid ? '1' : '0');
      }
    }

    String theirs = NodeScript.run("/validation/run.mjs", directory);

    List<Integer> differences = new ArrayList<>();
    for (int i = 0; i < written; i++) {
      if (ours.charAt(i) != theirs.charAt(i)) {
        differences.add(i);
      }
    }
    for (int different : differences) {
      Files.copy(
          directory.resolve(different + ".wasm"),
          Path.of("target", "validation-%d-%d.wasm".formatted(SEED, different)),
          StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(differences).as("seed %d: kept in target", SEED).isEmpty();
    assertThat(ours.chars().filter(each -> each == '1').count()).isGreaterThan(written / 20);
  }

  /**
   * @return {@code null} where Node has another opinion for good reason: features it lacks, limits
   */
  private static @Nullable Boolean judge(byte[] module) {
    try {
      ModuleFacts facts = ModuleFacts.of(module);
      if (!OF_NODE.containsAll(facts.features().all())) {
        return null;
      }
      ModuleValidator.validate(module, facts);
      return true;
    } catch (WasmBinaryException refused) {
      boolean otherwise =
          refused.kind() == Kind.LIMIT
              || refused.kind() == Kind.UNSUPPORTED
              || refused.getMessage().contains(ATOMIC_ALIGNMENT);
      return otherwise ? null : false;
    }
  }

  private static boolean isOfNode(byte[] module) {
    return OF_NODE.containsAll(ModuleFacts.of(module).features().all());
  }
}
