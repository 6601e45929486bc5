package io.github.wasmspring.internal.split;

import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleExport;
import io.github.wasmspring.binary.ModuleFacts;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What the functions of a module are called, for people. */
public final class DebugNames {

  private DebugNames() {}

  /** The names for debugging that some functions have, as far as there are any. */
  public static Map<Integer, String> read(
      byte[] module, ModuleFacts facts, Set<Integer> functions) {
    return FunctionNames.read(new ModuleBytes(module, facts), functions);
  }

  /**
   * The names by the index of the function, imported functions first: those for debugging, else
   * those that functions are exported by. Damaged names are left out.
   *
   * @param facts of {@code module}
   */
  public static Map<Integer, String> read(byte[] module, ModuleFacts facts) {
    Map<Integer, String> names = new HashMap<>();
    for (ModuleExport export : facts.exports()) {
      if (export.type() instanceof ExternalType.Function) {
        names.putIfAbsent(export.index(), export.name());
      }
    }
    names.putAll(FunctionNames.read(new ModuleBytes(module, facts), index -> true));
    return names;
  }
}
