package io.github.wasmspring.binary;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where features were met first. */
final class FeatureLog {

  private final Map<WasmFeature, FeatureUse> uses = new EnumMap<>(WasmFeature.class);
  private final BitSet tailCallers = new BitSet();
  private @Nullable FeatureUse firstException;
  private long seen;
  private int function = -1;
  private int offset;

  /**
   * @param inFunction the index of the function that comes next, -1 for none
   */
  void enter(int inFunction) {
    this.function = inFunction;
  }

  /** What is met from now on stands there. */
  void at(int position) {
    this.offset = position;
  }

  void met(WasmFeature feature) {
    if (feature == WasmFeature.TAIL_CALL && this.function >= 0) {
      this.tailCallers.set(this.function);
    }
    long bit = 1L << feature.ordinal();
    if ((this.seen & bit) == 0) {
      this.seen |= bit;
      this.uses.put(feature, new FeatureUse(this.function, this.offset));
    }
  }

  /** A bit for each feature, by {@link WasmFeature#ordinal()}, since this was asked last. */
  long forget() {
    long features = this.seen;
    this.seen = 0;
    return features;
  }

  /** Tags and {@code throw} belong to both kinds of exception handling. */
  void metException() {
    if (this.firstException == null) {
      this.firstException = new FeatureUse(this.function, this.offset);
    }
  }

  /** The functions that have tail calls. */
  BitSet tailCallers() {
    return this.tailCallers;
  }

  Map<WasmFeature, FeatureUse> uses() {
    if (this.firstException != null
        && !this.uses.containsKey(WasmFeature.LEGACY_EXCEPTION_HANDLING)) {
      this.uses.put(WasmFeature.EXCEPTION_HANDLING, this.firstException);
    }
    return this.uses;
  }
}
