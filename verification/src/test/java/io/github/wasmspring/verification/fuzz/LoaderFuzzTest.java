package io.github.wasmspring.verification.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Any bytes at all are a module that runs within its limits, or a classified failure. */
class LoaderFuzzTest {

  private static final String ID = "fuzzed";
  private static final String VERSION = "1.0.0";
  private static final int EXPORTS = 8;

  /** Compiling takes long, so that only modules of some lengths are. */
  private static final int COMPILED_LENGTHS = 32;

  private static final Set<WasmErrorCategory> REFUSED =
      EnumSet.of(
          WasmErrorCategory.MALFORMED,
          WasmErrorCategory.INVALID,
          WasmErrorCategory.LINK,
          WasmErrorCategory.INSTANTIATION,
          WasmErrorCategory.MEMORY_LIMIT,
          WasmErrorCategory.STACK_OVERFLOW,
          WasmErrorCategory.TIMEOUT);

  private static final Set<WasmErrorCategory> STOPPED =
      EnumSet.of(
          WasmErrorCategory.TRAP,
          WasmErrorCategory.TIMEOUT,
          WasmErrorCategory.STACK_OVERFLOW,
          WasmErrorCategory.MEMORY_LIMIT,
          WasmErrorCategory.OPERATION,
          WasmErrorCategory.SIGNATURE,
          WasmErrorCategory.INVALID_INPUT,
          WasmErrorCategory.NOT_FOUND,
          WasmErrorCategory.INSTANTIATION);

  private static FuzzedApplication application;

  @BeforeAll
  static void start() {
    application = new FuzzedApplication(Map.of("wasm.cache.max-weight", "1MB"));
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @FuzzTest
  void bytesAreAModuleOrAClassifiedFailure(byte[] module) {
    application.give(module);
    WasmModuleManager manager = application.manager();
    manager.registry().register(descriptor(module.length));
    try {
      if (Expected.failures(REFUSED, () -> manager.warmUp(ID))) {
        callAll(manager, module);
      }
    } finally {
      manager.registry().unregister(ID, VERSION);
    }
  }

  private static WasmModuleDescriptor descriptor(int length) {
    WasmEngineMode mode =
        length % COMPILED_LENGTHS == 0 ? WasmEngineMode.COMPILED : WasmEngineMode.INTERPRETER;
    return WasmModuleDescriptor.builder(ID)
        .version(VERSION)
        .location(FuzzedApplication.LOCATION)
        .settings(settings -> limited(settings).engineMode(mode))
        .build();
  }

  private static WasmModuleSettings.Builder limited(WasmModuleSettings.Builder settings) {
    return settings
        .quarantineFailures(0)
        .limits(
            limits ->
                limits
                    .memory(1 << 20)
                    .tableElements(1_000)
                    .output(1 << 16)
                    .timeout(Duration.ofMillis(50)))
        .pool(pool -> pool.min(1).max(1));
  }

  /** What the functions take is made of the bytes as well. */
  private static void callAll(WasmModuleManager manager, byte[] module) {
    WasmModuleStatus status = manager.status(ID).get(0);
    byte[] tail = Arrays.copyOfRange(module, Math.max(0, module.length - 8), module.length);
    status.exports().stream()
        .limit(EXPORTS)
        .map(export -> export.substring(0, Math.max(0, export.indexOf(' '))))
        .forEach(
            name -> {
              Expected.failures(STOPPED, () -> call(manager, name));
              Expected.failures(STOPPED, () -> call(manager, name, (Object) tail));
              Expected.failures(STOPPED, () -> call(manager, name, (int) tail[0], -1));
            });
  }

  private static void call(WasmModuleManager manager, String name, Object... arguments) {
    manager.module(ID).operation(name).arguments(arguments).retrieve(Object.class);
  }
}
