package io.github.wasmspring.autoconfigure.memory.health;

import io.github.wasmspring.memory.AgentMemory;
import io.github.wasmspring.memory.AgentMemoryStats;
import io.github.wasmspring.memory.MemoryNamespaceSize;
import java.util.List;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Asks the database of an agent memory: {@code UP} with what it has, {@code DOWN} if it does not
 * answer. Nothing is written.
 */
public final class WasmAgentMemoryHealthIndicator extends AbstractHealthIndicator {

  private final AgentMemory memory;

  public WasmAgentMemoryHealthIndicator(AgentMemory memory) {
    super("The agent memory does not answer");
    this.memory = memory;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    List<MemoryNamespaceSize> sizes = this.memory.sizes();
    AgentMemoryStats stats = this.memory.stats();
    builder
        .up()
        .withDetail("namespaces", sizes.size())
        .withDetail("entries", sizes.stream().mapToLong(MemoryNamespaceSize::entries).sum())
        .withDetail("bytes", sizes.stream().mapToLong(MemoryNamespaceSize::bytes).sum());
    if (!stats.clockAhead().isZero()) {
      builder.withDetail("clockAheadMillis", stats.clockAhead().toMillis());
    }
  }
}
