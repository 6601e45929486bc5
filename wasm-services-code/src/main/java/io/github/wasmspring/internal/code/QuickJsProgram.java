package io.github.wasmspring.internal.code;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What one run is given.
 *
 * @param file what the source is called in stacks
 * @param isModule whether it is an ES module, or else a script
 * @param values an object in JSON, whose properties become globals
 * @param bytes become globals
 * @param functions become global functions
 * @param modules the source of a module by its name, {@code null} for none
 * @param limits what it may use
 * @param clock what it takes for now, {@code null} for the time that it is
 * @param seed of its random numbers
 * @param zone of its dates
 */
public record QuickJsProgram(
    String source,
    String file,
    boolean isModule,
    String values,
    Map<String, byte[]> bytes,
    Map<String, QuickJsFunction> functions,
    UnaryOperator<@Nullable String> modules,
    Limits limits,
    @Nullable Instant clock,
    long seed,
    ZoneId zone) {

  /**
   * @param nanos until it is interrupted
   * @param memory bytes that it may allocate beyond what the instance begins with
   * @param stack bytes of the guest's stack
   * @param output bytes of the result, and of the arguments of each call of a function
   * @param console characters of all lines together
   */
  public record Limits(long nanos, long memory, int stack, long output, long console) {}

  List<String> functionNames() {
    return List.copyOf(this.functions.keySet());
  }
}
