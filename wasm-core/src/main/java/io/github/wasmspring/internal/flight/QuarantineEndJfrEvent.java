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

@Name(ModuleJfrEvent.PREFIX + "QuarantineEnd")
@Label("Quarantine End")
@Description("A module is asked again for an operation that was in quarantine")
@Category("WebAssembly")
@Registered(true)
@StackTrace(false)
final class QuarantineEndJfrEvent extends ModuleJfrEvent {

  @Label("Operation")
  @Description("The export that is called")
  @Nullable String operation;

  @Label("Lasted")
  @Timespan
  long lasted;

  static void write(WasmEvent.OperationReleased released) {
    QuarantineEndJfrEvent event = new QuarantineEndJfrEvent();
    event.module = released.module();
    event.version = released.version();
    event.operation = released.operation();
    event.lasted = released.duration().toNanos();
    event.commit();
  }
}
