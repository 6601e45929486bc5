package io.github.wasmspring.module;

import java.util.List;

/**
 * How an operation is called for many inputs at once.
 *
 * @param element the operation as one of the calls sees it
 * @param each for each of its parameters whether every call gets an argument of its own, from a
 *     list
 * @param keepsErrors whether an error that the guest answers with stands in the place of its answer
 *     instead of failing the batch
 */
public record WasmBatchShape(WasmOperation element, List<Boolean> each, boolean keepsErrors) {

  public WasmBatchShape {
    each = List.copyOf(each);
  }
}
