package io.github.wasmspring.load;

import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.internal.signature.MinisignSignature;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.List;

/** Reads modules from where they are. */
@FunctionalInterface
public interface WasmModuleLoader {

  /**
   * @return bytes that begin as a WebAssembly module does and have the digest that the descriptor
   *     pins
   * @throws WasmLoadException if they can't be read ({@code LOAD}), are too many ({@code LOAD}),
   *     have another digest ({@code INTEGRITY}) or are something else ({@code MALFORMED})
   */
  WasmBinary load(WasmModuleDescriptor module);

  /**
   * Whether a module may have another digest by now, told with less work than to load it takes.
   *
   * @param digest that it had, as {@link WasmBinary#digest()} says it
   * @return {@code true} unless a loader can tell
   * @throws WasmLoadException if nobody can be asked
   */
  default boolean mayHaveChanged(WasmModuleDescriptor module, String digest) {
    return true;
  }

  /**
   * What files of signatures may be called behind the name of the module, in the order in which
   * they are looked for.
   *
   * @return {@code .minisig} unless a loader takes other forms
   */
  default List<String> signatureSuffixes() {
    return List.of(MinisignSignature.SUFFIX);
  }

  /** How many bytes a signature may have at most. */
  default int maxSignatureSize() {
    return MinisignSignature.MOST_BYTES;
  }
}
