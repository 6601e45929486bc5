package io.github.wasmspring.internal.flight;

import io.github.wasmspring.WasmErrorCategory;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name(ModuleJfrEvent.PREFIX + "ModuleCompile")
@Label("Module Compilation")
@Description(
    "A module is compiled rather than found compiled; the engine 'jvm' compiles functions later, when they are first called")
@Category("WebAssembly")
@Registered(true)
@StackTrace(false)
final class ModuleCompileJfrEvent extends ModuleJfrEvent implements LoadFlight {

  @Label("Engine")
  @Nullable String engine;

  @Label("Background")
  @Description("Whether an interpreter answers meanwhile")
  boolean background;

  @Label("Outcome")
  @Description("SUCCESS, or the category of what failed")
  @Nullable String outcome;

  @Override
  public void ended(
      @Nullable String engine, @Nullable String digest, @Nullable WasmErrorCategory failure) {
    this.engine = engine;
    this.outcome = failure == null ? SUCCESS : failure.name();
    commit();
  }
}
