package io.github.wasmspring.services;

import io.github.wasmspring.bundle.compute.Compute;
import io.github.wasmspring.data.DataProcessor;
import io.github.wasmspring.memory.AgentMemory;
import io.github.wasmspring.vector.VectorIndexes;
import java.util.List;

/** What the services are made of; closed in the opposite order. */
record ServiceParts(
    OnDemand<ServicePlatform> platform,
    OnDemand<Compute> compute,
    OnDemand<VectorIndexes> vectors,
    OnDemand<DataProcessor> data,
    OnDemand<AgentMemory> memory) {

  /** All of them, whatever happens with one. */
  void close() {
    RuntimeException failed = null;
    for (OnDemand<?> each :
        List.of(this.memory, this.data, this.vectors, this.compute, this.platform)) {
      try {
        each.close();
      } catch (RuntimeException failure) {
        if (failed == null) {
          failed = failure;
        } else {
          failed.addSuppressed(failure);
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
  }
}
