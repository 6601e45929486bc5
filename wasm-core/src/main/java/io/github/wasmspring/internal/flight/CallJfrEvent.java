package io.github.wasmspring.internal.flight;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.event.WasmCallId;
import java.util.Objects;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.SettingDefinition;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name(ModuleJfrEvent.PREFIX + "Call")
@Label("Call")
@Description(
    "A call of an operation, from its arguments to its answer; sampled, and methods of numbers only once in 256 calls at most")
@Category("WebAssembly")
@Registered(true)
@StackTrace(false)
final class CallJfrEvent extends ModuleJfrEvent implements CallFlight {

  @Label("Operation")
  @Description("The export that is called")
  @Nullable String operation;

  @Label("Engine")
  @Nullable String engine;

  @Label("Source")
  @Description("Who answered: WASM, FALLBACK or JAVA")
  @Nullable String source;

  @Label("Outcome")
  @Description("SUCCESS, or the category of what was thrown to the caller")
  @Nullable String outcome;

  static CallFlight begun(WasmCallId id) {
    CallJfrEvent event = new CallJfrEvent();
    event.module = id.module();
    event.version = id.version();
    event.operation = id.export();
    event.begin();
    return event;
  }

  @Override
  public void ended(String engine, WasmSource source, @Nullable WasmException failure) {
    this.engine = engine;
    this.source = source.name();
    this.outcome = failure == null ? SUCCESS : failure.category().name();
    commit();
  }

  /** The recorder asks before it takes the event. */
  @SettingDefinition
  @Name("perSecond")
  @Label("Per Second")
  @Description("How many calls of an operation are recorded in a second, of each outcome")
  boolean perSecond(PerSecondControl control) {
    return control.admits(
        Objects.hash(this.module, this.version, this.operation, this.source, this.outcome));
  }
}
