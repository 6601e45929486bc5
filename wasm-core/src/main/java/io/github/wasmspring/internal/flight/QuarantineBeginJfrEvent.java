package io.github.wasmspring.internal.flight;

import io.github.wasmspring.event.WasmEvent;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name(ModuleJfrEvent.PREFIX + "QuarantineBegin")
@Label("Quarantine Begin")
@Description("An operation has failed so often in a row that its module is left alone")
@Category("WebAssembly")
@Registered(true)
@StackTrace(false)
final class QuarantineBeginJfrEvent extends ModuleJfrEvent {

  @Label("Operation")
  @Description("The export that is called")
  @Nullable String operation;

  @Label("Category")
  @Description("Of the last failure")
  @Nullable String category;

  @Label("Failures")
  @Description("In a row")
  int failures;

  static void write(WasmEvent.OperationQuarantined quarantined) {
    QuarantineBeginJfrEvent event = new QuarantineBeginJfrEvent();
    event.module = quarantined.module();
    event.version = quarantined.version();
    event.operation = quarantined.operation();
    event.category = quarantined.category().name();
    event.failures = quarantined.failures();
    event.commit();
  }
}
