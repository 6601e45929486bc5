package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.internal.split.SplitLimits;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.split.BigFunction;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log which functions of a module are slow because of their size. */
final class BigFunctionReport {

  private static final Logger logger = LoggerFactory.getLogger(BigFunctionReport.class);

  /** Bytecode that no JVM takes, so that the engine has to interpret the function. */
  private static final int JVM = 65_535;

  private BigFunctionReport() {}

  static void write(WasmModuleDescriptor module, List<BigFunction> functions) {
    List<BigFunction> slow = functions.stream().filter(BigFunction::isTooBig).toList();
    if (!slow.isEmpty()) {
      logger.warn(
          "WebAssembly module {} has functions of more than {} bytes of JVM bytecode, which HotSpot does not compile: {}. {}",
          module,
          SplitLimits.HOTSPOT,
          slow.stream().map(BigFunction::describe).collect(Collectors.joining(", ")),
          advice(module, slow));
    } else if (!functions.isEmpty()) {
      logger.debug(
          "WebAssembly module {} had functions too big for HotSpot, which were split: {}",
          module,
          functions.stream().map(BigFunction::describe).collect(Collectors.joining(", ")));
    }
  }

  private static String advice(WasmModuleDescriptor module, List<BigFunction> slow) {
    if (!module.settings().splitBigFunctions()) {
      return "Let them be split (split-big-functions: true), or start the JVM with -XX:-DontCompileHugeMethods";
    }
    boolean flagHelps = slow.stream().anyMatch(function -> function.remainder() <= JVM);
    return flagHelps
        ? "They could not be split small enough; if calls are slow, start the JVM with -XX:-DontCompileHugeMethods"
        : "They could not be split and are too big for the JVM, so the engine interprets them; build the module with smaller functions";
  }
}
