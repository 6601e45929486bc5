package io.github.wasmspring.internal.split;

import io.github.wasmspring.split.BigFunction;
import java.util.List;

/**
 * What splitting has made of a module.
 *
 * @param bytes the module; the very bytes that were given if nothing was split
 * @param functions those that were too big, whether they still are or not
 */
public record SplitModule(byte[] bytes, List<BigFunction> functions) {

  public boolean isSplit() {
    return this.functions.stream().anyMatch(function -> function.pieces() > 0);
  }

  /** The functions that HotSpot will never compile. */
  public List<BigFunction> stillTooBig() {
    return this.functions.stream().filter(BigFunction::isTooBig).toList();
  }
}
