package io.github.wasmspring.benchmarks.compare;

import io.github.wasmspring.benchmarks.Jvm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What heap an instance takes for as long as it is there. */
final class InstanceHeap {

  private static final int INSTANCES = 50;
  private static final int ROUNDS = 5;
  private static final int COLLECTIONS = 3;

  private InstanceHeap() {}

  /**
   * @return bytes for each instance, the module itself left out
   */
  static Figures measure(Supplier<AutoCloseable> instances) throws Exception {
    double[] bytes = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      long before = Jvm.usedHeap(COLLECTIONS);
      List<AutoCloseable> kept = new ArrayList<>();
      for (int i = 0; i < INSTANCES; i++) {
        kept.add(instances.get());
      }
      double each = (double) (Jvm.usedHeap(COLLECTIONS) - before) / INSTANCES;
      for (AutoCloseable instance : kept) {
        instance.close();
      }
      if (round >= 0) {
        bytes[round] = each;
      }
    }
    return Figures.of(Figures.BYTES, bytes);
  }
}
