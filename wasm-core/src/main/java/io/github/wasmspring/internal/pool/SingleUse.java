package io.github.wasmspring.internal.pool;

import io.github.wasmspring.WasmException;
import java.util.function.Function;

/** An instance that is made for one piece of work. */
public final class SingleUse {

  private SingleUse() {}

  /**
   * @param timeoutTicks how long the work may take
   * @throws WasmException if there is no instance, or whatever the work throws
   */
  public static <T> T of(InstanceMaker maker, long timeoutTicks, Function<PooledInstance, T> work) {
    PooledInstance instance = maker.make();
    try {
      return instance.run(timeoutTicks, null, work);
    } finally {
      maker.discard(instance, "PREPARED");
    }
  }
}
