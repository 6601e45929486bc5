package io.github.wasmspring.internal.flight;

import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmEvent;
import org.jspecify.annotations.Nullable;

/** Where the JVM has a flight recorder. Nothing else knows its types. */
final class JfrLog extends FlightLog {

  /** Are never committed: only asked whether others like them would be. */
  private final CallJfrEvent call = new CallJfrEvent();

  private final MemoryGrowthJfrEvent growth = new MemoryGrowthJfrEvent();

  @Override
  public boolean wantsCalls() {
    return this.call.isEnabled();
  }

  @Override
  public @Nullable CallFlight call(WasmCallId id) {
    return this.call.isEnabled() ? CallJfrEvent.begun(id) : null;
  }

  @Override
  public LoadFlight load(String module, String version) {
    ModuleLoadJfrEvent event = new ModuleLoadJfrEvent();
    event.module = module;
    event.version = version;
    event.begin();
    return event;
  }

  @Override
  public LoadFlight compile(String module, String version, boolean background) {
    ModuleCompileJfrEvent event = new ModuleCompileJfrEvent();
    event.module = module;
    event.version = version;
    event.background = background;
    event.begin();
    return event;
  }

  @Override
  public boolean wantsGrowth() {
    return this.growth.isEnabled();
  }

  @Override
  public void grown(String module, String version, long bytes, long more) {
    MemoryGrowthJfrEvent event = new MemoryGrowthJfrEvent();
    event.module = module;
    event.version = version;
    event.size = bytes;
    event.growth = more;
    event.commit();
  }

  @Override
  public void discarded(String module, String version, String reason, long bytes) {
    InstanceDiscardJfrEvent event = new InstanceDiscardJfrEvent();
    event.module = module;
    event.version = version;
    event.reason = reason;
    event.size = bytes;
    event.commit();
  }

  @Override
  public void onEvent(WasmEvent event) {
    if (event instanceof WasmEvent.CallFailed failed) {
      CallFailureJfrEvent.write(failed);
    } else if (event instanceof WasmEvent.OperationQuarantined quarantined) {
      QuarantineBeginJfrEvent.write(quarantined);
    } else if (event instanceof WasmEvent.OperationReleased released) {
      QuarantineEndJfrEvent.write(released);
    } else if (event instanceof WasmEvent.EngineSwapped swapped) {
      EngineSwapJfrEvent.write(swapped);
    } else if (event instanceof WasmEvent.MemoryAlert alert) {
      MemoryAlertJfrEvent.write(alert);
    }
  }
}
