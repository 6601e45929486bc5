package io.github.wasmspring.internal.flight;

import io.github.wasmspring.event.WasmEvent;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

@Name(ModuleJfrEvent.PREFIX + "EngineSwap")
@Label("Engine Swap")
@Description("Calls of a module run on other code from now on")
@Category("WebAssembly")
@Registered(true)
@StackTrace(false)
final class EngineSwapJfrEvent extends ModuleJfrEvent {

  @Label("From")
  @Nullable String from;

  @Label("To")
  @Nullable String to;

  @Label("After")
  @Description("How long the module was ready before")
  @Timespan
  long after;

  static void write(WasmEvent.EngineSwapped swapped) {
    EngineSwapJfrEvent event = new EngineSwapJfrEvent();
    event.module = swapped.module();
    event.version = swapped.version();
    event.from = swapped.from();
    event.to = swapped.to();
    event.after = swapped.after().toNanos();
    event.commit();
  }
}
