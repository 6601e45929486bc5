package io.github.wasmspring.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;

/** What {@code -XX:MaxMetaspaceSize} says. */
final class MetaspaceLimit {

  private MetaspaceLimit() {}

  /** In bytes; {@link Long#MAX_VALUE} if there is none, or none that can be told. */
  static long find() {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getName().equals("Metaspace") && pool.getUsage().getMax() > 0) {
        return pool.getUsage().getMax();
      }
    }
    return Long.MAX_VALUE;
  }
}
