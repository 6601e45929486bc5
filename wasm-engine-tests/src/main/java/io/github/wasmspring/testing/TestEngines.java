package io.github.wasmspring.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmCodeKind;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.internal.engine.WasmEngines;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.List;
import java.util.Set;

/**
 * The engine that is tested: the one that is on the class path, or, where there are several, that
 * the system property {@code wasm.test.engine} names.
 */
public final class TestEngines {

  /** For tests that start a process, too. */
  public static final String CHOSEN = "wasm.test.engine";

  public static final String NAME = create().name();

  /** What it calls itself where it has compiled a module. */
  public static final String COMPILED = NAME + "-compiled";

  /** What it calls itself where it interprets one. */
  public static final String INTERPRETER = NAME + "-interpreter";

  private static final byte[] EMPTY_MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0};

  private TestEngines() {}

  public static WasmEngine create() {
    return WasmEngines.of(TestEngines.class.getClassLoader())
        .find(System.getProperty(CHOSEN))
        .create(null);
  }

  public static WasmRuntime.Builder runtime() {
    return WasmRuntime.builder().engine(NAME);
  }

  /** Skips a test with engines that compile everything. */
  public static void assumeInterpreter() {
    WasmBinary empty = new WasmBinary(EMPTY_MODULE, "empty", "a test");
    WasmCode code = create().compile(empty, WasmEngineMode.INTERPRETER);
    assumeThat(code.kind())
        .as("The engine %s has no interpreter", NAME)
        .isEqualTo(WasmCodeKind.INTERPRETED);
  }

  /** Skips a test with engines that do not have what the module needs, and so refuse it. */
  public static void assumeRuns(byte[] module) {
    Set<WasmFeature> features = create().features(WasmEngineMode.COMPILED);
    assumeThat(features)
        .as("The engine %s has what the module needs", NAME)
        .containsAll(ModuleFacts.of(module).features().all());
  }

  /** Whether the engine says of traps where in the module they arose. */
  public static boolean tellsOffsets() {
    byte[] trapping =
        new ModuleMaker().type("60 00 00").function(0, "00 00 0b").export("f", 0, 0).bytes();
    WasmCode code =
        create().compile(new WasmBinary(trapping, "trapping", "a test"), WasmEngineMode.COMPILED);
    WasmInstance instance = code.instantiate(List.of(), Limits.DEFAULTS, MemoryCharge.NONE, false);
    try {
      instance.call(0);
      throw new IllegalStateException("It did not trap");
    } catch (WasmException trap) {
      return code.framesOf(trap.getCause(), 1).stream()
          .anyMatch(frame -> frame.offset() != WasmCode.UNKNOWN_OFFSET);
    }
  }
}
