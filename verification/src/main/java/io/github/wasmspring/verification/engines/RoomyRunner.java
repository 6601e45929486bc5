package io.github.wasmspring.verification.engines;

import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.module.WasmEngineMode;

/** The engine jvm with memories that have room to grow. */
final class RoomyRunner extends JavaRunner {

  private final boolean inBetween;

  private RoomyRunner(RoomyEngine engine, boolean inBetween) {
    super(engine, WasmEngineMode.COMPILED);
    this.inBetween = inBetween;
  }

  /** With code that is made for it, for all calls. */
  static RoomyRunner fromBeginning() {
    return new RoomyRunner(new RoomyEngine(true), false);
  }

  /** The instance changes to it in the midst of the calls. */
  static RoomyRunner inBetween() {
    return new RoomyRunner(new RoomyEngine(false), true);
  }

  @Override
  void before(int call, int calls, WasmInstance instance) {
    if (this.inBetween && call == calls / 2) {
      RoomyEngine.makeRoom(instance);
    }
  }
}
