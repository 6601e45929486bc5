package io.github.wasmspring.internal.sandbox;

import io.github.wasmspring.engine.WasmCode;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What runs in a call, for those who look at it from outside.
 *
 * @param module its id
 * @param code what stack traces are read with
 * @param names reads the names that the module gives its functions, by index; may take as long as
 *     loading the module
 * @param debug the same and more if nobody else has to be asked for them, else nothing
 */
public record GuestProgram(
    String module, WasmCode code, Supplier<Map<Integer, String>> names, GuestDebug debug) {

  /** Of one whose names take no time. */
  public GuestProgram(String module, WasmCode code, Map<Integer, String> names) {
    this(module, code, () -> names, GuestDebug.ofNames(names));
  }

  /**
   * Where in the guest a failure arose. What it was caused by has the same in its traces from now
   * on.
   */
  public GuestFailure locate(Throwable failure) {
    @Nullable Throwable origin = GuestStackTrace.origin(this.code, failure);
    if (origin == null) {
      return new GuestFailure(List.of(), failure.getStackTrace());
    }
    GuestStackTrace traces = new GuestStackTrace(this.module, this.code, this.debug);
    List<GuestFrame> functions = traces.functions(origin);
    StackTraceElement[] trace = traces.complete(origin, functions, failure.getStackTrace());
    traces.translateCauses(failure);
    return new GuestFailure(functions, trace);
  }
}
