package io.github.wasmspring.internal.flight;

import io.github.wasmspring.event.WasmEvent;
import java.util.Objects;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.SettingDefinition;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name(ModuleJfrEvent.PREFIX + "CallFailure")
@Label("Call Failure")
@Description("A module failed to answer a call")
@Category("WebAssembly")
@Registered(true)
@StackTrace(false)
final class CallFailureJfrEvent extends ModuleJfrEvent {

  private static final int LONGEST = 500;

  @Label("Operation")
  @Description("As its caller names it")
  @Nullable String operation;

  @Label("Category")
  @Nullable String category;

  @Label("Message")
  @Nullable String message;

  @Label("Answered by Java")
  boolean fallback;

  static void write(WasmEvent.CallFailed failed) {
    CallFailureJfrEvent event = new CallFailureJfrEvent();
    event.module = failed.module();
    event.version = failed.version();
    event.operation = failed.operation();
    event.category = failed.category().name();
    event.message = shortened(failed.message());
    event.fallback = failed.fallback();
    event.commit();
  }

  private static String shortened(String message) {
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
  }

  @SettingDefinition
  @Name("perSecond")
  @Label("Per Second")
  @Description("How many failures of an operation are recorded in a second, of each category")
  boolean perSecond(PerSecondControl control) {
    return control.admits(Objects.hash(this.module, this.version, this.operation, this.category));
  }
}
