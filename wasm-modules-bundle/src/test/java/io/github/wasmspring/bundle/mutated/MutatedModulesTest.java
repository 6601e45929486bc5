package io.github.wasmspring.bundle.mutated;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.bundle.json.Json;
import io.github.wasmspring.bundle.strings.Strings;
import io.github.wasmspring.bundle.validation.Validation;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real modules, damaged: each is refused in its category, or runs within its limits. {@code
 * -Dwasm.mutations=20000} makes more of them, always the same.
 */
class MutatedModulesTest {

  private static final int MUTATIONS = Integer.getInteger("wasm.mutations", 2_000);

  private static final long MEMORY = 8 << 20;
  private static final Duration TIMEOUT = Duration.ofMillis(20);
  private static final Duration TOO_LONG = Duration.ofSeconds(20);
  private static final int EXPORTS = 4;

  /** Compiling takes long, and the interpreter runs the same code. */
  private static final int SMALL = 2_000;

  private static final int COMPILED_ONE_IN = 64;

  private static final Set<WasmErrorCategory> WHEN_LOADED =
      EnumSet.of(
          WasmErrorCategory.MALFORMED,
          WasmErrorCategory.INVALID,
          WasmErrorCategory.LINK,
          WasmErrorCategory.INSTANTIATION,
          WasmErrorCategory.MEMORY_LIMIT,
          WasmErrorCategory.STACK_OVERFLOW,
          WasmErrorCategory.TIMEOUT);

  private static final Set<WasmErrorCategory> WHEN_CALLED =
      EnumSet.of(
          WasmErrorCategory.INSTANTIATION,
          WasmErrorCategory.SIGNATURE,
          WasmErrorCategory.NOT_FOUND,
          WasmErrorCategory.OPERATION,
          WasmErrorCategory.TRAP,
          WasmErrorCategory.STACK_OVERFLOW,
          WasmErrorCategory.MEMORY_LIMIT,
          WasmErrorCategory.TIMEOUT);

  /** The sources; those that take long to parse have their turn less often. */
  private static final List<String> MODULES =
      List.of(
          "wasm/buffer",
          "META-INF/wasm/strings",
          "wasm/trouble",
          "META-INF/wasm/memory",
          "wasm/state",
          "META-INF/wasm/strings",
          "wasm/scalar",
          "META-INF/wasm/json",
          "wasm/wasi-command",
          "META-INF/wasm/crypto",
          "wasm/hostile-storage",
          "META-INF/wasm/memory",
          "wasm/reactor",
          "META-INF/wasm/strings",
          "wasm/hostile-results",
          "META-INF/wasm/hash");

  private static final String LARGE = "META-INF/wasm/validation";
  private static final int LARGE_ONE_IN = 200;

  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final List<String> surprises = new ArrayList<>();
  private final WasmRuntime runtime = WasmRuntime.builder().memoryBudget(256 << 20).build();
  private Duration slowest = Duration.ZERO;

  @TempDir private Path folder;

  @Test
  void aMutatedModuleIsRefusedOrRunsWithinItsLimits() throws IOException {
    try (this.runtime) {
      for (int round = 0; round < MUTATIONS; round++) {
        String source =
            round % LARGE_ONE_IN == LARGE_ONE_IN - 1 ? LARGE : MODULES.get(round % MODULES.size());
        Random random = new Random(round);
        Mutation mutation = Mutation.values()[random.nextInt(Mutation.values().length)];
        byte[] mutated = mutation.apply(read(source), random);
        String name = "round %d, %s, %s".formatted(round, source, mutation);
        tryOut(runtime.manager(), name, source, mutated, random);
      }
    }
    System.out.printf(
        "%d mutations, the slowest took %d ms: %s%n",
        MUTATIONS, this.slowest.toMillis(), this.outcomes);
    assertThat(this.surprises).isEmpty();
    assertThat(this.outcomes.values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(MUTATIONS);
  }

  private static byte[] read(String source) throws IOException {
    try (InputStream stream =
        MutatedModulesTest.class.getClassLoader().getResourceAsStream(source + ".wasm")) {
      return stream.readAllBytes();
    }
  }

  private void tryOut(
      WasmModuleManager manager, String name, String source, byte[] mutated, Random random)
      throws IOException {
    Path file = this.folder.resolve("mutated.wasm");
    Files.write(file, mutated);
    String id = source.substring(source.lastIndexOf('/') + 1);
    manager.registry().register(descriptor(id, file, mutated.length, random));
    long start = System.nanoTime();
    String outcome;
    try {
      manager.warmUp(id);
      outcome = run(manager, name, id, random);
    } catch (Throwable failure) {
      outcome = "refused: " + category(name, failure, WHEN_LOADED);
    } finally {
      manager.registry().unregister(id, "1.0.0");
    }
    this.outcomes.merge(outcome, 1, Integer::sum);
    check(name, Duration.ofNanos(System.nanoTime() - start));
  }

  private static WasmModuleDescriptor descriptor(String id, Path file, int size, Random random) {
    boolean compiled = size < SMALL ? random.nextBoolean() : random.nextInt(COMPILED_ONE_IN) == 0;
    WasmModuleDescriptor.Builder builder =
        WasmModuleDescriptor.builder(id)
            .version("1.0.0")
            .location(file.toUri().toString())
            .settings(
                settings ->
                    settings
                        .engineMode(compiled ? WasmEngineMode.COMPILED : WasmEngineMode.INTERPRETER)
                        .limits(
                            limits ->
                                limits
                                    .memory(MEMORY)
                                    .tableElements(10_000)
                                    .output(1 << 20)
                                    .timeout(TIMEOUT))
                        .pool(pool -> pool.min(1).max(2)));
    Class<?> type =
        Map.<String, Class<?>>of(
                "json", Json.class, "strings", Strings.class, "validation", Validation.class)
            .get(id);
    return (type != null ? builder.type(type) : builder).build();
  }

  private String run(WasmModuleManager manager, String name, String id, Random random) {
    Map<WasmErrorCategory, Integer> failures = new EnumMap<>(WasmErrorCategory.class);
    List<Runnable> calls = new ArrayList<>();
    List<String> exports = new ArrayList<>(manager.status(id).get(0).exports());
    // A session refuses to pass vectors, which is no failure of the module.
    exports.removeIf(export -> export.contains("v128"));
    for (int i = 0; i < EXPORTS && !exports.isEmpty(); i++) {
      String export = exports.remove(random.nextInt(exports.size()));
      calls.add(() -> callRaw(manager, id, export, random));
    }
    calls.addAll(operations(manager, id));
    for (Runnable call : calls) {
      try {
        call.run();
      } catch (Throwable failure) {
        failures.merge(category(name, failure, WHEN_CALLED), 1, Integer::sum);
      }
    }
    if (this.runtime.usedMemory() > 2 * (2 * MEMORY + (1 << 20))) {
      this.surprises.add(name + " took " + this.runtime.usedMemory() + " bytes");
    }
    return failures.isEmpty() ? "ran" : "stopped: " + failures.keySet();
  }

  /** Exports are described as {@code name (i32, i64) -> i32}. */
  private static void callRaw(WasmModuleManager manager, String id, String export, Random random) {
    String name = export.replaceFirst(" \\([^)]*\\) -> .*", "");
    String parameters = export.substring(name.length()).replaceFirst(" -> .*", "");
    long[] arguments =
        parameters.equals(" ()") ? new long[0] : new long[parameters.split(",").length];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = random.nextBoolean() ? random.nextInt(70_000) : random.nextInt();
    }
    try (WasmSession session = manager.open(id)) {
      session.call(name, arguments);
    }
  }

  /** As users call them, so that what the mutated module answers is read as well. */
  private static List<Runnable> operations(WasmModuleManager manager, String id) {
    return switch (id) {
      case "json" ->
          List.of(
              () -> manager.bind(Json.class),
              () -> call(manager, id, "format", "{\"a\":[1,2,{\"b\":null}]}"),
              () -> call(manager, id, "validate", "[1,2"),
              () -> call(manager, id, "parse", "{\"a\":1}"));
      case "strings" -> List.of(() -> call(manager, id, "hash", "some text"));
      case "validation" ->
          List.of(
              () -> call(manager, id, "email", "a@example.org"),
              () -> call(manager, id, "uuid", "no"));
      case "buffer" -> List.of(() -> read(manager, id, "echo", String.class));
      default -> List.of();
    };
  }

  private static void call(WasmModuleManager manager, String id, String operation, String input) {
    manager
        .module(id)
        .operation(operation)
        .input(input)
        .mode(WasmExecutionMode.WASM)
        .retrieve(Object.class);
  }

  private static void read(WasmModuleManager manager, String id, String operation, Class<?> type) {
    manager.module(id).operation(operation).arguments("hello").retrieve(type);
  }

  private WasmErrorCategory category(
      String name, Throwable thrown, Set<WasmErrorCategory> expected) {
    WasmErrorCategory category =
        thrown instanceof WasmException failure ? failure.category() : WasmErrorCategory.ENGINE;
    if (!expected.contains(category)) {
      this.surprises.add(name + ": " + thrown);
    }
    return category;
  }

  private void check(String name, Duration took) {
    this.slowest = took.compareTo(this.slowest) > 0 ? took : this.slowest;
    if (took.compareTo(TOO_LONG) > 0) {
      this.surprises.add(name + " took " + took);
    }
    if (Thread.interrupted()) {
      this.surprises.add(name + " left the interrupt flag behind");
    }
    if (this.runtime.usedMemory() != 0) {
      this.surprises.add(name + " left " + this.runtime.usedMemory() + " bytes behind");
    }
  }
}
