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
 * @param linked the programs whose functions it may call, each before those that call it
 */
public record GuestProgram(
    String module,
    WasmCode code,
    Supplier<Map<Integer, String>> names,
    GuestDebug debug,
    List<GuestProgram> linked) {

  /** Of one that calls nothing but the host. */
  public GuestProgram(
      String module, WasmCode code, Supplier<Map<Integer, String>> names, GuestDebug debug) {
    this(module, code, names, debug, List.of());
  }

  /** Of one whose names take no time. */
  public GuestProgram(String module, WasmCode code, Map<Integer, String> names) {
    this(module, code, () -> names, GuestDebug.ofNames(names));
  }

  /**
   * The program that a frame of a stack trace is of: this one, or one that is linked with it.
   *
   * @return {@code null} if it is none of them
   */
  public @Nullable GuestProgram at(StackTraceElement frame) {
    if (this.code.functionAt(frame) != WasmCode.NO_FUNCTION) {
      return this;
    }
    for (GuestProgram each : this.linked) {
      if (each.code.functionAt(frame) != WasmCode.NO_FUNCTION) {
        return each;
      }
    }
    return null;
  }

  /**
   * Where in the guest a failure arose. What it was caused by has the same in its traces from now
   * on.
   */
  public GuestFailure locate(Throwable failure) {
    LinkedPrograms programs = new LinkedPrograms(this);
    @Nullable Throwable origin = programs.origin(failure);
    if (origin == null) {
      return new GuestFailure(List.of(), failure.getStackTrace());
    }
    GuestStackTrace traces = new GuestStackTrace(programs);
    List<GuestFrame> functions = traces.functions(origin);
    StackTraceElement[] trace = traces.complete(origin, functions, failure.getStackTrace());
    traces.translateCauses(failure);
    return new GuestFailure(functions, trace);
  }
}
