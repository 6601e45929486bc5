package io.github.wasmspring.internal.flight;

import io.github.wasmspring.event.WasmEvent;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;

@Name(ModuleJfrEvent.PREFIX + "MemoryAlert")
@Label("Memory Alert")
@Description(
    "Memory has reached the mark of an alert or is below its lower mark again; the module * stands for all together")
@Category("WebAssembly")
@Registered(true)
@StackTrace(false)
final class MemoryAlertJfrEvent extends ModuleJfrEvent {

  @Label("Raised")
  boolean raised;

  @Label("Threshold")
  @Description("In percent of the limit")
  int threshold;

  @Label("Size")
  @DataAmount
  long size;

  @Label("Limit")
  @DataAmount
  long limit;

  static void write(WasmEvent.MemoryAlert alert) {
    MemoryAlertJfrEvent event = new MemoryAlertJfrEvent();
    event.module = alert.module();
    event.version = alert.version();
    event.raised = alert.raised();
    event.threshold = alert.threshold();
    event.size = alert.bytes();
    event.limit = alert.limit();
    event.commit();
  }
}
