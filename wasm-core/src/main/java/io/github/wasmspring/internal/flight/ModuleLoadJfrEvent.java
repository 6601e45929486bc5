package io.github.wasmspring.internal.flight;

import io.github.wasmspring.WasmErrorCategory;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name(ModuleJfrEvent.PREFIX + "ModuleLoad")
@Label("Module Load")
@Description("A module is read, verified, compiled or found compiled, and gets its first instances")
@Category("WebAssembly")
@Registered(true)
@StackTrace(true)
final class ModuleLoadJfrEvent extends ModuleJfrEvent implements LoadFlight {

  @Label("Engine")
  @Nullable String engine;

  @Label("Digest")
  @Description("Of the module's bytes")
  @Nullable String digest;

  @Label("Outcome")
  @Description("SUCCESS, or the category of what failed")
  @Nullable String outcome;

  @Override
  public void ended(
      @Nullable String engine, @Nullable String digest, @Nullable WasmErrorCategory failure) {
    this.engine = engine;
    this.digest = digest;
    this.outcome = failure == null ? SUCCESS : failure.name();
    commit();
  }
}
