package io.github.wasmspring.internal.engine.jvm.classes;

import io.github.wasmspring.internal.split.DebugNames;
import io.github.wasmspring.internal.split.SplitLimits;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.split.BigFunction;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The functions of a module that HotSpot would not compile, be it that they were split: as far as
 * they were called, for before nobody looks at them.
 */
final class KnownBigFunctions {

  private static final Logger logger = LoggerFactory.getLogger(KnownBigFunctions.class);

  private final WasmBinary binary;
  private final boolean split;
  private final Map<Integer, BigFunction> found = new ConcurrentSkipListMap<>();
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * @param split whether they are split
   */
  KnownBigFunctions(WasmBinary binary, boolean split) {
    this.binary = binary;
    this.split = split;
  }

  void add(BigFunction function) {
    this.found.put(function.index(), function);
  }

  /**
   * Adds one, and says in the log what will be slow, the first time that there is such a function.
   */
  void found(BigFunction function) {
    add(function);
    if (function.isTooBig() && this.warned.compareAndSet(false, true)) {
      logger.warn(
          "The WebAssembly module from {} calls a function of more than {} bytes of JVM bytecode, which HotSpot does not compile: {}. {}",
          this.binary.location(),
          SplitLimits.HOTSPOT,
          named(function, names()).describe(),
          advice());
    }
  }

  private String advice() {
    return this.split
        ? "It could not be split small enough; if calls are slow, start the JVM with -XX:-DontCompileHugeMethods"
        : "Let it be split (split-big-functions: true), or start the JVM with -XX:-DontCompileHugeMethods";
  }

  /** In the order of the module. */
  List<BigFunction> all() {
    if (this.found.isEmpty()) {
      return List.of();
    }
    Map<Integer, String> names = names();
    return this.found.values().stream().map(function -> named(function, names)).toList();
  }

  private Map<Integer, String> names() {
    return DebugNames.read(this.binary.bytes(), this.binary.facts(), this.found.keySet());
  }

  private static BigFunction named(BigFunction function, Map<Integer, String> names) {
    return new BigFunction(
        function.index(),
        names.get(function.index()),
        function.size(),
        function.remainder(),
        function.pieces());
  }
}
