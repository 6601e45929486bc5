package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The engine jvm with its code for memories that grow often, which a guest gets otherwise once it
 * has made the engine copy hundreds of megabytes.
 */
public final class RoomyEngine implements WasmEngine {

  private static final Executor THREADS =
      work -> {
        Thread thread = new Thread(work, "generator");
        thread.setDaemon(true);
        thread.start();
      };

  private final JvmEngine engine = new JvmEngine(THREADS, Runnable::run);
  private final boolean fromBeginning;

  /**
   * @param fromBeginning whether all instances have it, or those that {@link #makeRoom} is called
   *     for
   */
  public RoomyEngine(boolean fromBeginning) {
    this.fromBeginning = fromBeginning;
  }

  /** The next call of an instance of such an engine changes to it. */
  public static void makeRoom(WasmInstance instance) {
    ((JvmInstance) instance).context().hasCopiedMuch = true;
  }

  @Override
  public String name() {
    return this.engine.name();
  }

  @Override
  public Set<WasmFeature> features(WasmEngineMode mode) {
    return this.engine.features(mode);
  }

  @Override
  public WasmCode compile(WasmBinary binary, WasmEngineMode mode) {
    WasmCode code = this.engine.compile(binary, mode);
    if (this.fromBeginning) {
      ((JvmCode) code).roomy.want();
    }
    return code;
  }

  @Override
  public WasmCode precompiled(String className, ClassLoader classLoader) {
    return this.engine.precompiled(className, classLoader);
  }
}
