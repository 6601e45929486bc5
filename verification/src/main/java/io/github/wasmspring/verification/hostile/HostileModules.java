package io.github.wasmspring.verification.hostile;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmHostFunction;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.module.WasmModuleSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The guests {@code hostile-*} of wasm-core's tests, with small limits. */
public final class HostileModules implements WasmModuleProvider {

  static final String PREFIX = "hostile-";

  /** Guests that can be loaded, and do harm when they are called. */
  private static final List<String> NAMES =
      List.of("allocator", "host-calls", "loops", "recursion", "results", "storage", "wait");

  private static final long MEMORY = 4 << 20;
  private static final long OUTPUT = 1 << 20;
  private static final long TABLE_ELEMENTS = 10_000;

  private static final long[] NOTHING = {};

  private final Duration borrowTimeout;

  /**
   * @param borrowTimeout how long callers wait for an instance
   */
  public HostileModules(Duration borrowTimeout) {
    this.borrowTimeout = borrowTimeout;
  }

  @Override
  public Collection<WasmModuleDescriptor> modules() {
    return NAMES.stream().map(this::module).toList();
  }

  private WasmModuleDescriptor module(String name) {
    return WasmModuleDescriptor.builder(PREFIX + name)
        .location("classpath:wasm/" + PREFIX + name + ".wasm")
        .classLoader(HostileModules.class.getClassLoader())
        .settings(this::limited)
        .imports(
            host("nothing", 0, List.of(), (caller, arguments) -> NOTHING),
            host(
                "wait",
                0,
                List.of(),
                (caller, arguments) -> {
                  new CountDownLatch(1).await();
                  return NOTHING;
                }),
            host(
                "back",
                1,
                List.of(WasmValueType.I32),
                (caller, arguments) -> caller.call("reenter", arguments)),
            host(
                "read",
                2,
                List.of(),
                (caller, arguments) -> {
                  caller.memory().read((int) arguments[0], (int) arguments[1]);
                  return NOTHING;
                }),
            host(
                "write",
                2,
                List.of(),
                (caller, arguments) -> {
                  caller.memory().write((int) arguments[0], new byte[(int) arguments[1]]);
                  return NOTHING;
                }),
            host(
                "fail",
                0,
                List.of(),
                (caller, arguments) -> {
                  throw new IllegalStateException("no");
                }))
        .build();
  }

  /** What fails all the time is to reach the module each time. */
  private WasmModuleSettings.Builder limited(WasmModuleSettings.Builder settings) {
    return settings
        .quarantineFailures(0)
        .limits(
            limits ->
                limits
                    .memory(MEMORY)
                    .output(OUTPUT)
                    .tableElements(TABLE_ELEMENTS)
                    .timeout(Duration.ofSeconds(30)))
        .pool(pool -> pool.borrowTimeout(this.borrowTimeout));
  }

  private static WasmImportDefinition host(
      String name, int parameters, List<WasmValueType> results, WasmHostFunction function) {
    List<WasmValueType> types = Collections.nCopies(parameters, WasmValueType.I32);
    return new WasmImportDefinition("env", name, new WasmFunctionType(types, results), function);
  }
}
