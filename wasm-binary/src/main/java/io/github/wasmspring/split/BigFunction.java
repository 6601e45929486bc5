package io.github.wasmspring.split;

import io.github.wasmspring.internal.split.SplitLimits;
import org.jspecify.annotations.Nullable;

/**
 * A function of more JVM bytecode than HotSpot compiles.
 *
 * @param index in the module, imported functions first
 * @param name from the module's debug names, {@code null} if it has none
 * @param size about how many bytes of JVM bytecode the engine makes of it
 * @param remainder about how many are left after splitting, {@code size} if it was left as it is
 * @param pieces how many functions were made of parts of it
 */
public record BigFunction(int index, @Nullable String name, int size, int remainder, int pieces) {

  /** Whether HotSpot still does not compile it. */
  public boolean isTooBig() {
    return this.remainder > SplitLimits.HOTSPOT;
  }

  /** For messages, e.g. {@code sqlite3VdbeExec (function 812, 53000 bytes)}. */
  public String describe() {
    String named = this.name != null ? this.name + " (function " : "function ";
    return named
        + this.index
        + (this.name != null ? ", " : " (")
        + this.remainder
        + " bytes"
        + (this.pieces > 0 ? ", " + this.size + " before splitting" : "")
        + ")";
  }
}
