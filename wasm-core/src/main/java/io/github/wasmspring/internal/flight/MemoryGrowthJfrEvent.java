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

@Name(ModuleJfrEvent.PREFIX + "MemoryGrowth")
@Label("Memory Growth")
@Description("A guest has let its linear memory grow")
@Category("WebAssembly")
@Registered(true)
@StackTrace(true)
final class MemoryGrowthJfrEvent extends ModuleJfrEvent {

  @Label("Size")
  @Description("Of the linear memory of the instance now")
  @DataAmount
  long size;

  @Label("Growth")
  @DataAmount
  long growth;

  @SettingDefinition
  @Name("perSecond")
  @Label("Per Second")
  @Description("How often a module is recorded to grow in a second")
  boolean perSecond(PerSecondControl control) {
    return control.admits(Objects.hash(this.module, this.version));
  }
}
