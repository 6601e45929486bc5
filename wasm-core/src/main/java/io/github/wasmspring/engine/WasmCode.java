package io.github.wasmspring.engine;

import io.github.wasmspring.WasmLinkException;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.module.WasmImportDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A module ready to be instantiated any number of times, by any number of threads. */
public interface WasmCode {

  /** What runs it, e.g. {@code chicory-compiled}; also the {@code engine} tag of the meters. */
  String engine();

  /** The exported functions by name. */
  Map<String, WasmExportedFunction> exports();

  List<WasmImportedItem> imports();

  /** Whether instances have a linear memory. */
  boolean hasMemory();

  /** How many bytes of memory an instance starts with. */
  long initialMemory();

  /** About how much heap the code takes, in bytes; what the cache weighs it by. */
  int weight();

  /**
   * Finds out whether {@link #instantiate} has a chance, without running anything.
   *
   * @throws WasmLinkException if an import is missing or has another type
   * @throws WasmLoadException {@code MEMORY_LIMIT} if the limit is below what the module starts
   *     with
   */
  void check(Collection<WasmImportDefinition> imports, long memoryLimit);

  /**
   * @param imports the host functions that the module may import
   * @param memoryLimit the most bytes that the linear memory may grow to
   * @param resettable whether {@link WasmInstance#reset()} will be called; costs a scan of the
   *     memory
   * @throws WasmLinkException if an import is missing or has another type
   * @throws WasmLoadException if the memory limit is below what the module starts with ({@code
   *     MEMORY_LIMIT}) or the start function fails ({@code INSTANTIATION})
   */
  WasmInstance instantiate(
      Collection<WasmImportDefinition> imports, long memoryLimit, boolean resettable);
}
