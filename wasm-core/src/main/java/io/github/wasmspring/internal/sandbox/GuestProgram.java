package io.github.wasmspring.internal.sandbox;

import io.github.wasmspring.engine.WasmCode;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What runs in a call, for those who look at it from outside.
 *
 * @param module its id
 * @param code what stack traces are read with
 * @param names reads the names that the module gives its functions, by index; may take as long as
 *     loading the module
 * @param namesAtHand the same if nobody else has to be asked for them, else none
 */
public record GuestProgram(
    String module,
    WasmCode code,
    Supplier<Map<Integer, String>> names,
    Supplier<Map<Integer, String>> namesAtHand) {

  private static final int MOST_FUNCTIONS = 64;

  /** Of one whose names take no time. */
  public GuestProgram(String module, WasmCode code, Supplier<Map<Integer, String>> names) {
    this(module, code, names, names);
  }

  /** The names of the functions that a failure came through, the innermost first. */
  public List<String> stackOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      List<Integer> functions = this.code.functionsOf(cause, MOST_FUNCTIONS);
      if (!functions.isEmpty()) {
        GuestFunctionNames names = new GuestFunctionNames(this.code, this.namesAtHand.get());
        return functions.stream().map(names::of).toList();
      }
    }
    return List.of();
  }
}
