package io.github.wasmspring.feature;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmGlobalType;
import io.github.wasmspring.feature.ModuleCursor.Lost;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a module says of itself before its code: what it wants, what it starts with and what it
 * offers. Told from its bytes, without parsing the rest.
 *
 * @param imports in the order of the module
 * @param memories those that it imports, then its own, in bytes
 * @param tables those that it imports, then its own, in elements
 * @param exportedFunctions their types by name
 * @param exportFault what is wrong with the exports, {@code null} if nothing is
 */
public record ModuleFacts(
    List<Import> imports,
    List<Size> memories,
    List<Size> tables,
    Map<String, WasmFunctionType> exportedFunctions,
    @Nullable String exportFault) {

  /**
   * Something that a module imports.
   *
   * @param kind {@code function}, {@code table}, {@code memory}, {@code global} or {@code tag}
   * @param type of a function or a tag, else {@code null}
   * @param global of a global, else {@code null}
   */
  public record Import(
      String module,
      String name,
      String kind,
      @Nullable WasmFunctionType type,
      @Nullable WasmGlobalType global) {}

  /**
   * How large a memory or a table is.
   *
   * @param minimum from the start; {@link Long#MAX_VALUE} stands for that and more
   * @param shared whether threads may share it
   */
  public record Size(long minimum, boolean shared) {}

  /**
   * @param module any bytes
   * @return {@code null} if they are damaged or have what is not known here
   */
  public static @Nullable ModuleFacts of(byte[] module) {
    try {
      return new FactsReader(new ModuleCursor(module)).read();
    } catch (Lost damaged) {
      return null;
    }
  }
}
