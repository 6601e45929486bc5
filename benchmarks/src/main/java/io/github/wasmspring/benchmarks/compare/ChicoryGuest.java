package io.github.wasmspring.benchmarks.compare;

import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;

/** An instance of Chicory, used by hand. */
record ChicoryGuest(Instance instance) implements RawGuest {

  @Override
  public RawFunction function(String export) {
    ExportFunction function = this.instance.export(export);
    return arguments -> first(function.apply(arguments));
  }

  private static long first(long[] results) {
    return results == null || results.length == 0 ? 0 : results[0];
  }

  @Override
  public void write(int address, byte[] bytes) {
    this.instance.memory().write(address, bytes);
  }

  @Override
  public byte[] read(int address, int length) {
    return this.instance.memory().readBytes(address, length);
  }
}
