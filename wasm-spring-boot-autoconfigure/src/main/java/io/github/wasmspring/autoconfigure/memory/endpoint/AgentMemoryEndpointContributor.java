package io.github.wasmspring.autoconfigure.memory.endpoint;

import io.github.wasmspring.autoconfigure.endpoint.WasmEndpointContributor;
import io.github.wasmspring.memory.AgentMemory;
import io.github.wasmspring.memory.AgentMemoryException;
import io.github.wasmspring.memory.AgentMemoryStats;
import io.github.wasmspring.memory.MemoryNamespaceSettings;
import io.github.wasmspring.memory.MemoryNamespaceSize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows what an agent memory has and does. Never what is in an entry. */
final class AgentMemoryEndpointContributor implements WasmEndpointContributor {

  /** Names may come from outside, and there may be many. */
  private static final int SHOWN = 100;

  private final AgentMemory memory;

  AgentMemoryEndpointContributor(AgentMemory memory) {
    this.memory = memory;
  }

  @Override
  public String name() {
    return "agentMemory";
  }

  @Override
  public AgentMemoryDescriptor contribute() {
    try {
      return descriptor(this.memory.sizes(), null);
    } catch (AgentMemoryException | IllegalStateException noAnswer) {
      return descriptor(List.of(), noAnswer.getMessage());
    }
  }

  private AgentMemoryDescriptor descriptor(
      List<MemoryNamespaceSize> sizes, @Nullable String error) {
    AgentMemoryStats stats = this.memory.stats();
    return new AgentMemoryDescriptor(
        sizes.size(),
        sizes.stream().mapToLong(MemoryNamespaceSize::entries).sum(),
        sizes.stream().mapToLong(MemoryNamespaceSize::bytes).sum(),
        stats.reads(),
        stats.writes(),
        stats.commits(),
        stats.purged(),
        stats.refused(),
        stats.conflicts(),
        stats.clockAhead().toMillis(),
        sizes.stream().limit(SHOWN).map(this::namespace).toList(),
        error);
  }

  private NamespaceDescriptor namespace(MemoryNamespaceSize size) {
    MemoryNamespaceSettings settings = this.memory.namespace(size.name()).settings();
    return new NamespaceDescriptor(
        size.name(), size.entries(), size.bytes(), settings.maxEntries(), settings.maxBytes());
  }

  /**
   * The memory.
   *
   * @param namespaces how many there are, of which up to a hundred are listed
   * @param entries of all namespaces
   * @param bytes of all namespaces
   * @param expired versions that were deleted because they had expired
   * @param refused writes that a quota had no room for
   * @param conflicts writes that found another version than they expected
   * @param error why the database does not answer, {@code null} if it does
   */
  record AgentMemoryDescriptor(
      int namespaces,
      long entries,
      long bytes,
      long reads,
      long writes,
      long commits,
      long expired,
      long refused,
      long conflicts,
      long clockAheadMillis,
      List<NamespaceDescriptor> list,
      @Nullable String error) {}

  /**
   * A namespace.
   *
   * @param maxEntries 0 for no quota
   * @param maxBytes 0 for no quota
   */
  record NamespaceDescriptor(
      String name, long entries, long bytes, long maxEntries, long maxBytes) {}
}
