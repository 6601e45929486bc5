package io.github.wasmspring.internal.flight;

import java.util.Objects;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.SettingDefinition;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name(ModuleJfrEvent.PREFIX + "InstanceDiscard")
@Label("Instance Discard")
@Description("An instance is thrown away, and with it the memory of its guest")
@Category("WebAssembly")
@Registered(true)
@StackTrace(false)
final class InstanceDiscardJfrEvent extends ModuleJfrEvent {

  @Label("Reason")
  @Description(
      "The category of the failure that broke it, or FRESH, GROWN, USED_UP, NOT_RESET, ALERT, SURPLUS, IDLE, EVICTED, RECLAIMED or CLOSED")
  @Nullable String reason;

  @Label("Size")
  @Description("Of its linear memory")
  @DataAmount
  long size;

  @SettingDefinition
  @Name("perSecond")
  @Label("Per Second")
  @Description("How many instances of a module are recorded in a second, for each reason")
  boolean perSecond(PerSecondControl control) {
    return control.admits(Objects.hash(this.module, this.reason));
  }
}
