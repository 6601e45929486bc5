package io.github.wasmspring.internal.sandbox;

import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.internal.debug.VisibleName;
import io.github.wasmspring.internal.split.WasmSplitter;
import java.util.List;
import java.util.Map;

/** What the functions of a module are called, for people. */
public final class GuestFunctionNames {

  private static final String FUNCTION_KIND = "function";
  private static final int MAX_NAME = 200;

  private final WasmCode code;
  private final List<String> imports;
  private final Map<Integer, String> given;

  /**
   * @param given the names that the module gives them, by index
   */
  public GuestFunctionNames(WasmCode code, Map<Integer, String> given) {
    this.code = code;
    this.imports =
        code.imports().stream()
            .filter(item -> item.kind().equals(FUNCTION_KIND))
            .map(item -> item.module() + "." + item.name())
            .toList();
    this.given = given;
  }

  /** A name without anything that would be taken for something else in a line. */
  public String of(int function) {
    return clean(WasmSplitter.functionOf(raw(function)));
  }

  /** Whether a function is a part that was split off the one whose name it has. */
  public boolean isPiece(int function) {
    String name = raw(function);
    return !WasmSplitter.functionOf(name).equals(name);
  }

  private String raw(int function) {
    if (function == WasmCode.UNKNOWN_FUNCTION) {
      return "[interpreted]";
    }
    if (function < this.imports.size()) {
      return this.imports.get(function);
    }
    String name = this.given.get(function);
    if (name == null || name.isBlank()) {
      name = this.code.exportOf(function);
    }
    return name == null || name.isBlank() ? "func[" + function + "]" : name;
  }

  /** Names are the guest's own: what would be taken for something else in a line is replaced. */
  public static String clean(String name) {
    return VisibleName.of(name, MAX_NAME).replace(';', ':');
  }
}
