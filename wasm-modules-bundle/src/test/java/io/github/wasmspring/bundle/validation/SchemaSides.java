package io.github.wasmspring.bundle.validation;

import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.bundle.BundledModules;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;
import java.time.Duration;
import java.util.List;

/** The module, in a session and so without any fallback, and the fallback. */
final class SchemaSides implements AutoCloseable {

  static final Validation JAVA = new Validation() {};

  private final WasmRuntime runtime = patient();
  private final WasmSession session = this.runtime.manager().open("validation");
  private final Validation wasm = this.session.bind(Validation.class);

  /**
   * Limits of the module itself are tested, not how far a busy machine gets before the deadline.
   */
  private static WasmRuntime patient() {
    WasmRuntime runtime = WasmRuntime.create();
    for (WasmModuleDescriptor module : new BundledModules().modules()) {
      runtime.register(
          module.toBuilder()
              .settings(
                  settings -> settings.limits(limits -> limits.timeout(Duration.ofMinutes(2))))
              .build());
    }
    return runtime;
  }

  Validation wasm() {
    return this.wasm;
  }

  WasmRuntime runtime() {
    return this.runtime;
  }

  WasmSession session() {
    return this.session;
  }

  /** The violations without their messages, each place once. */
  static List<String> places(SchemaReport report) {
    return report.violations().stream()
        .map(
            violation ->
                violation.instanceLocation()
                    + " "
                    + violation.keywordLocation()
                    + " "
                    + violation.keyword())
        .distinct()
        .sorted()
        .toList();
  }

  /** The code of the error that a call ends with, or the empty text. */
  static String code(Runnable call) {
    try {
      call.run();
      return "";
    } catch (WasmOperationException fault) {
      return fault.code();
    }
  }

  @Override
  public void close() {
    this.session.close();
    this.runtime.close();
  }
}
