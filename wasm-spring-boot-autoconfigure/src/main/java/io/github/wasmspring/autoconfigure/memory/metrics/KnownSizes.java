package io.github.wasmspring.autoconfigure.memory.metrics;

import io.github.wasmspring.memory.AgentMemory;
import io.github.wasmspring.memory.AgentMemoryException;
import io.github.wasmspring.memory.MemoryNamespaceSize;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Sizes of namespaces, asked for once for all gauges that are read together. */
final class KnownSizes {

  private static final long FRESH = Duration.ofSeconds(1).toNanos();

  private final AgentMemory memory;
  private @Nullable List<MemoryNamespaceSize> known;
  private long since;

  KnownSizes(AgentMemory memory) {
    this.memory = memory;
  }

  /** Of the namespaces that are meant; no number if the database does not answer. */
  double sum(Predicate<MemoryNamespaceSize> which, ToLongFunction<MemoryNamespaceSize> figure) {
    try {
      return sizes().stream().filter(which).mapToLong(figure).sum();
    } catch (AgentMemoryException | IllegalStateException noAnswer) {
      return Double.NaN;
    }
  }

  private synchronized List<MemoryNamespaceSize> sizes() {
    List<MemoryNamespaceSize> sizes = this.known;
    if (sizes == null || System.nanoTime() - this.since > FRESH) {
      sizes = this.memory.sizes();
      this.known = sizes;
      this.since = System.nanoTime();
    }
    return sizes;
  }
}
